import { Schema } from "effect"
import { expect, test } from "vitest"
import { kernelOf } from "./kernel.ts"
import { reachedOf } from "./model/reached.ts"
import { BenchResult, refusal, resultFileName } from "./result.ts"

const check = { compared: 1, length: 1, relativeError: 0, worstElement: 0, isRight: true }
const result = (name: string, isSoftware: boolean, isRight: boolean): unknown => ({
  format: 1,
  date: "2026-11-28",
  codeVersion: "0",
  runner: "cuda",
  host: "native",
  size: "ci",
  device: { name, isSoftware, driver: "1" },
  kernels: [
    {
      kernel: "launch",
      variant: "own",
      size: kernelOf("launch").sizes.ci,
      smallCheck: check,
      smallDigest: "0123456789abcdef",
      check,
      digestBefore: "0123456789abcdef",
      digestAfter: "0123456789abcdef",
      isRight,
      timer: "cudaEvent",
      regimes: [{ kind: "burst", samplesMs: [1, 2], runsPerSample: 1, medianMs: 1.5, p10Ms: 1.1, p90Ms: 1.9, figure: 1 }],
    },
  ],
  absent: [],
})
const read = Schema.decodeUnknownSync(BenchResult)

test("a file is named by its date, device and runner", () => {
  expect(resultFileName(read(result("NVIDIA H100 80GB HBM3", false, true)))).toBe("2026-11-28-nvidia-h100-80gb-hbm3-cuda.json")
})

test("a software device and a wrong answer calibrate nothing", () => {
  expect(refusal(read(result("NVIDIA H200", false, true)))).toBeUndefined()
  expect(refusal(read(result("SwiftShader driver 5.0.0", true, true)))).toMatch("software device")
  expect(refusal(read(result("NVIDIA H200", false, false)))).toBe("wrong answers of launch (own)")
})

test("a file with a digest that is none, or without a runner, is refused", () => {
  const right = result("NVIDIA H200", false, true) as { readonly kernels: ReadonlyArray<object> }
  expect(() => read({ ...right, kernels: [{ ...right.kernels[0], digestAfter: "0" }] })).toThrow(/Expected/)
  expect(() => read({ ...right, runner: "opencl" })).toThrow(/Expected/)
})

test("what a card reached is read from kernels that ran for seconds, in operations and bytes a second", () => {
  const of = (kernel: string, variant: string, medianMs: number) => ({
    ...(result("NVIDIA H200", false, true) as { readonly kernels: ReadonlyArray<object> }).kernels[0],
    kernel,
    variant,
    size: kernelOf(kernel).sizes.full,
    regimes: [
      { kind: "burst", samplesMs: [1], runsPerSample: 1, medianMs: 1, p10Ms: 1, p90Ms: 1, figure: 1 },
      { kind: "sustained", samplesMs: [medianMs], runsPerSample: 1, medianMs, p10Ms: medianMs, p90Ms: medianMs, figure: 1 },
    ],
  })
  const measured = read({
    ...(result("NVIDIA H200", false, true) as object),
    kernels: [of("launch", "own", 3), of("triad", "own", 1), of("gemmBf16", "own", 9), of("gemmBf16", "cublas", 1.5)],
  })
  const { n } = kernelOf("triad").sizes.full
  expect(reachedOf(measured)).toEqual({
    secondsPerLaunch: expect.closeTo(3e-6, 12),
    bytesPerSecond: expect.closeTo(12_000 * n!, 0),
    bf16OpsPerSecond: expect.closeTo((2 * 8192 ** 3) / 1.5e-3, -3),
  })
})
