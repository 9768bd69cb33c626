import { demandOf, kernelOf } from "../kernel.ts"
import type { BenchResult, KernelResult, Regime } from "../result.ts"
import type { Reached } from "./card.ts"

/** What a card was measured to reach in kernels that ran for seconds; matrix products by the vendor's library, which applications use. */
export const reachedOf = ({ kernels }: BenchResult): Reached => {
  const sustained = (id: string, variant: KernelResult["variant"] = "own") => {
    const found = kernels.find((one) => one.kernel === id && one.variant === variant)
    const regime = found?.regimes.find(({ kind }) => kind === "sustained")
    return regime && { regime, size: found!.size, demand: demandOf(kernelOf(id), found!.size) }
  }
  const perSecond = (run: ReturnType<typeof sustained>, amount: "flop" | "bytes"): number | undefined =>
    run && run.demand[amount] / (run.regime.medianMs / 1_000)
  const launch = sustained("launch")
  const bound = { bf16: sustained("gemmBf16", "cublas"), fp32: sustained("fma"), int32: sustained("hash"), memory: sustained("triad") }
  const watts = Object.entries(bound).flatMap(([held, run]) => {
    const drawn = run && wattsOf(run.regime)
    return drawn === undefined ? [] : [[held, drawn] as const]
  })
  return {
    ...given("bf16OpsPerSecond", perSecond(bound.bf16, "flop")),
    ...given("fp32OpsPerSecond", perSecond(bound.fp32, "flop")),
    ...given("int32OpsPerSecond", perSecond(bound.int32, "flop")),
    ...given("bytesPerSecond", perSecond(bound.memory, "bytes")),
    ...given("secondsPerLaunch", launch && launch.regime.medianMs / 1_000 / launch.size["launches"]!),
    ...given("watts", watts.length > 0 ? Object.fromEntries(watts) : undefined),
  }
}

/** Of the whole card; a counter that rose no faster than at rest counts nothing. */
const wattsOf = ({ energy }: Regime): number | undefined =>
  energy !== undefined && energy.joules > energy.idleWatts * energy.seconds ? energy.joules / energy.seconds : undefined

const given = <K extends keyof Reached>(key: K, value: Reached[K] | undefined): Pick<Reached, K> | {} =>
  value === undefined ? {} : { [key]: value }
