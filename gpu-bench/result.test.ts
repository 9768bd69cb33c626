import { expect, test } from "vitest"
import { kernelOf } from "./kernel.ts"
import { reachedOf } from "./model/reached.ts"
import { kernelFixture, readResult, resultFixture } from "./result.fixture.ts"
import { refusal, resultFileName } from "./result.ts"

const launch = kernelFixture("launch", 3)

test("a file is named by its date, device and runner", () => {
  expect(resultFileName(resultFixture("NVIDIA H100 80GB HBM3", [launch]))).toBe("2026-11-28-nvidia-h100-80gb-hbm3-cuda.json")
})

test("a software device, a size that only checks, and a wrong answer calibrate nothing", () => {
  const of = (name: string, changes: object = {}) => refusal(readResult(resultFixture(name, [launch], changes)))
  expect(of("NVIDIA H200")).toBeUndefined()
  expect(of("SwiftShader", { device: { name: "SwiftShader driver 5.0.0", isSoftware: true, driver: "1" } })).toMatch("software device")
  expect(of("NVIDIA H200", { size: "ci" })).toMatch("size ci")
  expect(of("NVIDIA H200", { kernels: [{ ...launch, isRight: false }] })).toBe("wrong answers of launch (own)")
})

test("a file with a digest that is none, or without a runner, is refused", () => {
  const right = resultFixture("NVIDIA H200", [launch])
  expect(() => readResult({ ...right, kernels: [{ ...launch, digestAfter: "0" }] })).toThrow(/Expected/)
  expect(() => readResult({ ...right, runner: "opencl" })).toThrow(/Expected/)
})

test("what a card reached is read from kernels that ran for seconds, in operations and bytes a second", () => {
  const short = { ...kernelFixture("hash", 1), regimes: kernelFixture("hash", 1).regimes.slice(0, 1) }
  const measured = [
    launch,
    kernelFixture("triad", 1),
    kernelFixture("gemmBf16", 9),
    kernelFixture("gemmBf16", 1.5, { variant: "cublas" }),
    short,
  ]
  const { n } = kernelOf("triad").sizes.full
  expect(reachedOf(resultFixture("NVIDIA H200", measured))).toEqual({
    secondsPerLaunch: expect.closeTo(3e-6, 12),
    bytesPerSecond: expect.closeTo(12_000 * n!, 0),
    bf16OpsPerSecond: expect.closeTo((2 * 8192 ** 3) / 1.5e-3, -3),
  })
})

test("what it drew is read from NVML's counter, unless that rose no faster than at rest", () => {
  const of = (watts: number) =>
    reachedOf(resultFixture("NVIDIA H200", [kernelFixture("triad", 1, { watts }), kernelFixture("fma", 1, { watts: 600, idleWatts: 75 })]))
      .watts
  expect(of(520)).toEqual({ memory: expect.closeTo(520, 9), fp32: expect.closeTo(600, 9) })
  expect(of(70)).toEqual({ fp32: expect.closeTo(600, 9) })
})
