import { Effect } from "effect"
import { expect, it } from "vitest"
import { catalogueOf, readCatalogue } from "./catalogue.ts"
import { execute } from "./execution/execute.ts"
import { readScenario } from "./scenarioFile.ts"

const { scenario: whole } = readScenario("scenarios/job-kinds.yaml")
const scenario = { ...whole, calendar: { ...whole.calendar, days: 3 } }
const at = (gpuFigures: typeof scenario.gpuFigures) => catalogueOf({ ...scenario, gpuFigures }, readCatalogue())

it("takes rates whose error is known at the end of their spread that a scenario names, and leaves the others", () => {
  const rates = (["low", "value", "high"] as const).map((figure) => at(figure).gpus.get("rtx-4090")!.workHoursPerGpuHour)
  const [low, value, high] = rates.map(({ science }) => science!.value)
  expect(low).toBeLessThan(value!)
  expect(value).toBeLessThan(high!)
  expect(new Set(rates.map(({ inference }) => inference!.value)).size).toBe(1)
  expect(new Set(rates.map(({ gaming }) => gaming!.value)).size).toBe(1)
})

it("a low rate takes the energy at the high end, and what was not spread stays", () => {
  const [low, value, high] = (["low", "value", "high"] as const).map((figure) => at(figure).gpus.get("rtx-4090")!.joulesPerWorkHour!)
  expect([low!.science!.value, high!.science!.value]).toEqual([value!.science!.high, value!.science!.low])
  expect([low!.inference!.value, high!.inference!.value]).toEqual([value!.inference!.value, value!.inference!.value])
})

it("and what GPUs do in a run follows from it", async () => {
  const digest = (figure: typeof scenario.gpuFigures) =>
    Effect.runPromise(execute({ scenario: { ...scenario, gpuFigures: figure }, catalogue: at(figure), seed: "1" }, {})).then(
      (run) => run.digest,
    )
  const digests = [await digest("low"), await digest("value"), await digest("high")]
  expect(new Set(digests).size).toBe(3)
})
