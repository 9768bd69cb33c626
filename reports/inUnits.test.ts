import { expect, it } from "vitest"
import { inUnits } from "./inUnits.ts"
import { reportFixture } from "./report.fixture.ts"
import { openReport } from "./report.ts"
import type { ReportData } from "./reportData.ts"

/** The fixture's report, had its providers had units of other names. */
const withUnits = (unitOf: (index: number) => string | undefined) => {
  const data = reportFixture({ seeds: 1, days: 1 })
  const gpus = [...new Set(data.agents.flatMap(({ gpu }) => (gpu === undefined ? [] : [gpu])))]
  const recorded = Object.keys(data.series).flatMap((name) =>
    name.startsWith("providersActive.") ? [name.slice("providersActive.".length)] : [],
  )
  const profiles = [...new Set([...gpus, ...recorded])].map((id, index): ReportData["provenance"]["profiles"][number] => {
    const unit = unitOf(index)
    return {
      id,
      label: id,
      figure: "load power",
      provenance: "public",
      source: "test",
      date: "2026",
      ...(unit === undefined ? {} : { unit }),
    }
  })
  return openReport({ ...data, provenance: { ...data.provenance, profiles } })
}
const chart = { title: "How many GPUs are on?", lines: [{ label: "for each GPU-day", metric: "gpusOn", values: [1, NaN] }], draw: Math.max }

it("leaves a report about GPUs as it is", () => {
  const say = inUnits(withUnits(() => undefined))
  expect(say(chart)).toBe(chart)
})

it("calls devices by their name, in every text and nowhere else", () => {
  expect(inUnits(withUnits(() => "hotspot"))(chart)).toEqual({
    title: "How many hotspots are on?",
    lines: [{ label: "for each hotspot-day", metric: "gpusOn", values: [1, NaN] }],
    draw: Math.max,
  })
})

it("says devices where providers have several things", () => {
  expect(inUnits(withUnits((index) => (index === 0 ? "node" : undefined)))("GPU hours of all GPUs")).toBe("device hours of all devices")
})
