import { demandOf, kernelOf } from "../kernel.ts"
import type { BenchResult, KernelResult, Regime } from "../result.ts"
import type { Reached } from "./card.ts"

/** What a card was measured to reach in kernels that ran for seconds; matrix products by the vendor's library, which applications use. */
export const reachedOf = ({ kernels }: BenchResult): Reached => {
  const perSecond = (id: string, variant: KernelResult["variant"], amount: "flop" | "bytes"): number | undefined => {
    const found = kernels.find((one) => one.kernel === id && one.variant === variant)
    return found && demandOf(kernelOf(id), found.size)[amount] / (sustainedOf(found).medianMs / 1_000)
  }
  const launch = kernels.find(({ kernel, variant }) => kernel === "launch" && variant === "own")
  return {
    ...given("bf16OpsPerSecond", perSecond("gemmBf16", "cublas", "flop")),
    ...given("fp32OpsPerSecond", perSecond("fma", "own", "flop")),
    ...given("int32OpsPerSecond", perSecond("hash", "own", "flop")),
    ...given("bytesPerSecond", perSecond("triad", "own", "bytes")),
    ...given("secondsPerLaunch", launch && sustainedOf(launch).medianMs / 1_000 / launch.size["launches"]!),
  }
}

const sustainedOf = ({ regimes }: KernelResult): Regime => regimes.find(({ kind }) => kind === "sustained") ?? regimes[0]!

const given = <K extends keyof Reached>(key: K, value: number | undefined): Pick<Reached, K> | {} =>
  value === undefined ? {} : { [key]: value }
