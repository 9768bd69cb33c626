import { Schema } from "effect"
import { describe, expect, it } from "vitest"
import { calm } from "../../faults/ports.ts"
import type { Profile } from "../../profile.ts"
import type { JobsInput } from "../jobs.ts"
import { roundTripIn } from "../roundTrip.ts"
import { plan, play, request } from "../stage.fixture.ts"
import { type JobKind, JobSchema, type JobTerms } from "./index.ts"

const figure = (value: number) => ({ value, provenance: "assumed" as const, source: "test" })
const device: Profile = {
  id: "slow",
  label: "device",
  date: "2026",
  workHoursPerGpuHour: { coverage: figure(0.5), storage: figure(1), metering: figure(1) },
  loadWatts: figure(1),
  idleWatts: figure(1),
}
const common: Partial<JobsInput> = {
  gpus: new Map([["slow", device]]),
  roundTripMs: roundTripIn({ id: "none", regions: [] }),
}
const of = (kind: JobKind, changes: object = {}, terms: object = {}) =>
  request("job", { kind, terms: Schema.decodeUnknownSync(JobSchema)({ kind, ...terms }) as JobTerms, ...changes })
const outage = (site: string, afterHours: number): Partial<JobsInput> => ({
  ports: { ...calm, breakdowns: (provider) => (provider === site ? [{ afterHours, repairHours: 1e6 }] : []) },
})
const hotspots = { here: plan(3, 1, "slow", "cell-1"), also: plan(4, 1, "slow", "cell-1"), there: plan(1, 1, "slow", "cell-2") }
const started = (plans: Parameters<typeof play>[0], given: Partial<JobsInput>) =>
  play(plans, [{ ...common, ...given }])[0]!.outcome.started.map(({ provider, startHours, workHoursPerGpu, endHours }) => [
    provider,
    startHours,
    workHoursPerGpu,
    endHours,
  ])

describe("coverage", () => {
  it("is given in the users' own cell, though it is cheaper elsewhere, or not at all", () => {
    expect(started(hotspots, { requests: [of("coverage", { region: "cell-1" })] })).toEqual([["here", 0, 1, 2]])
    expect(started(hotspots, { requests: [of("coverage", { region: "cell-3" })] })).toEqual([])
  })

  it("goes over to another hotspot of the cell, and what was carried is carried", () => {
    expect(started(hotspots, { requests: [of("coverage", { region: "cell-1", workHoursPerGpu: 2 })], ...outage("here", 1) })).toEqual([
      ["here", 0, 2, 4],
      ["also", 1, 1.5, 4],
    ])
    const given = { requests: [of("coverage", { region: "cell-1" }, { handoversMax: 0 })], ...outage("here", 1) }
    expect(started(hotspots, given).length).toBe(1)
  })
})

describe("storage and metering", () => {
  const nodes = { a: plan(1), b: plan(2) }

  it("take the time that they take; data are copied to another node before they are kept on", () => {
    const job = of("storage", { workHoursPerGpu: 4 }, { copyHours: 0.5 })
    expect(started(nodes, { requests: [job], ...outage("a", 1) })).toEqual([
      ["a", 0, 4, 4],
      ["b", 1, 3, 4.5],
    ])
    expect(started(nodes, { requests: [of("storage", {}, { copiesMax: 0 })], ...outage("a", 0.5) }).length).toBe(1)
  })

  it("of meters go on with others after a gap", () => {
    expect(started(nodes, { requests: [of("metering", { workHoursPerGpu: 4 })], ...outage("a", 1) })).toEqual([
      ["a", 0, 4, 4],
      ["b", 1, 3, 4],
    ])
  })
})
