import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { afterAll, expect, it } from "vitest"
import { kernelFixture, resultFixture } from "../gpu-bench/result.fixture.ts"
import { type BenchResult, resultFileName } from "../gpu-bench/result.ts"
import { readBenchResults } from "./benchResults.ts"
import { foregroundFlags } from "./foregroundFlags.ts"

const folder = mkdtempSync(join(tmpdir(), "depinlab-results-"))
afterAll(() => rmSync(folder, { recursive: true }))

const write = (result: BenchResult): string => {
  const name = resultFileName(result)
  writeFileSync(join(folder, name), JSON.stringify(result))
  return name
}

const [h200, triad] = ["NVIDIA H200", kernelFixture("triad", 1.5, { watts: 500 })]
const refused = [
  write(resultFixture(h200, [triad], { date: "2026-11-26", size: "ci" })),
  write(resultFixture(h200, [{ ...triad, isRight: false }], { date: "2026-11-27" })),
  write(resultFixture(h200, [triad], { date: "2026-11-29", runner: "wgsl" })),
  write(resultFixture("NVIDIA Nothing", [triad], { date: "2026-11-30" })),
  // A processor that plays a card calibrates nothing, whatever name it gives itself.
  write(resultFixture(h200, [triad], { date: "2026-12-01", device: { name: h200, isSoftware: true, driver: "SwiftShader" } })),
]
write(resultFixture(h200, [kernelFixture("triad", 2, { watts: 400 })], { date: "2026-11-25" }))
write(resultFixture(h200, [triad, kernelFixture("gemmBf16", 1.5, { variant: "cublas", watts: 690 })]))

it("of a class the newest result counts, and what cannot calibrate says why", () => {
  const results = readBenchResults(folder)
  expect([...results.reached.keys()]).toEqual(["h200"])
  expect(results.reached.get("h200")!.watts).toEqual({ memory: expect.closeTo(500, 9), bf16: expect.closeTo(690, 9) })
  expect(results.refused.map(({ file }) => file)).toEqual(refused)
  expect(results.refused.map(({ why }) => why)).toEqual([
    "size ci checks kernels and measures nothing",
    "wrong answers of triad (own)",
    "WGSL has no tensor cores",
    "no datasheet of NVIDIA Nothing",
    "NVIDIA H200 is a software device: it checks kernels and measures nothing",
  ])
  expect(readBenchResults(join(folder, "nowhere"))).toEqual({ reached: new Map(), refused: [] })
})

it("the command takes the energy of a work hour from what NVML counted, and says of which kinds", () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...foregroundFlags, resolve("dist/lab.js"), "calibrate", "gpu", "--results", folder, "--json"],
    { encoding: "utf8", maxBuffer: 1e8 },
  )
  expect(status).toBe(0)
  for (const file of refused) expect(stderr).toContain(`${file} calibrates nothing: `)
  const found = JSON.parse(stdout).profiles.profiles.find(({ id }: { readonly id: string }) => id === "h200")
  const { inference, training, science } = found.joulesPerWorkHour
  // 843 W at the wall with a card of 700 W: 143 W of host.
  expect(inference).toMatchObject({
    provenance: "measured",
    source: expect.stringMatching(/bound by memory: 500 W of the card, and 143 W of host/),
  })
  expect(inference.value / ((643 * 3600) / found.workHoursPerGpuHour.inference.value)).toBeCloseTo(1, 2)
  expect(training.value / ((833 * 3600) / found.workHoursPerGpuHour.training.value)).toBeCloseTo(1, 2)
  expect(science).toMatchObject({ provenance: "scaled", source: expect.stringMatching(/^no energy was measured: 843 W at load/) })
})
