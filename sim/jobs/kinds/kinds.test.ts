import { Schema } from "effect"
import { describe, expect, it } from "vitest"
import { calm } from "../../faults/ports.ts"
import { conservation } from "../conservation.ts"
import type { JobsInput } from "../jobs.ts"
import { plan, play, request } from "../stage.fixture.ts"
import { type JobKind, JobSchema, type JobTerms } from "./index.ts"

const terms = (kind: JobKind, changes: object = {}) => Schema.decodeUnknownSync(JobSchema)({ kind, ...changes }) as JobTerms
const line = { terms: { matching: { kind: "bestPrice" }, queue: { kind: "firstInFirstOut", backfill: 20 } } } satisfies Partial<JobsInput>
/** A site that is out from an hour of a tick on. */
const outage = (site: string, afterHours: number, repairHours = 1e6): Partial<JobsInput> => ({
  ports: { ...calm, breakdowns: (provider) => (provider === site ? [{ afterHours, repairHours }] : []) },
})

describe("a failure", () => {
  it("costs training the work since its last checkpoint, and a restart elsewhere", () => {
    const job = request("job", { workHoursPerGpu: 5, terms: terms("training", { checkpointMinutes: 0, restartHours: 0.5 }) })
    const [first, second] = play({ a: plan(1), b: plan(2) }, [{ requests: [job], ...outage("a", 2.75) }, {}])
    const [before, after] = first!.outcome.started
    expect([before!.provider, after!.provider, after!.startHours, after!.workHoursPerGpu, after!.endHours]).toEqual([
      "a",
      "b",
      2.75,
      3,
      6.25,
    ])
    expect([first!.outcome.failed.length, first!.outcome.died.length, second!.outcome.done.length]).toEqual([1, 0, 1])
    // Two of five hours are safe, and paid for.
    expect(first!.jobs.toSettle).toEqual([{ job: before, outcome: "failed", keptMicros: 2_000_000n }])
    expect(second!.jobs.toSettle[0]).toMatchObject({ keptMicros: 0n, job: { releasedMicros: 2_000_000n } })
  })

  it("makes training that never writes a checkpoint begin anew, and checkpoints cost time", () => {
    const job = (changes: object) => request("job", { workHoursPerGpu: 5, terms: terms("training", changes) })
    const lost = play({ a: plan(1), b: plan(2) }, [{ requests: [job({ checkpointHours: 100, checkpointMinutes: 0 })], ...outage("a", 3) }])
    expect(lost[0]!.outcome.started[1]!.workHoursPerGpu).toBe(5)
    const paused = play({ a: plan(1) }, [{ requests: [job({ checkpointHours: 1, checkpointMinutes: 6 })] }])
    expect(paused[0]!.outcome.started[0]!.endHours).toBeCloseTo(5.5, 12)
  })

  it("moves a stream of inference, and loses nothing that was answered", () => {
    const job = request("job", { kind: "inference", workHoursPerGpu: 4, terms: terms("inference", { restartHours: 0.25 }) })
    const [tick] = play({ a: plan(1), b: plan(2) }, [{ requests: [job], ...outage("a", 1.5) }])
    expect(tick!.outcome.started[1]).toMatchObject({ provider: "b", workHoursPerGpu: 2.5, endHours: 4.25 })
  })

  it("ends a game, and a plain job", () => {
    for (const changes of [{ kind: "gaming" as const, terms: terms("gaming") }, {}]) {
      const [tick] = play({ a: plan(1), b: plan(2) }, [{ requests: [request("job", changes)], ...outage("a", 0.5) }])
      expect([tick!.outcome.died.length, tick!.outcome.started.length]).toEqual([1, 1])
    }
  })

  it("is waited for by science, as long as it has patience", () => {
    const science = request("job", { kind: "science", workHoursPerGpu: 3, patienceHours: 8, terms: terms("science") })
    const repaired = play({ a: plan(1) }, [{ requests: [science], ...outage("a", 1, 4) }, {}], line)
    expect(repaired[0]!.outcome.started.map(({ startHours, waitedHours }) => [startHours, waitedHours])).toEqual([
      [0, 0],
      [5, 4],
    ])
    const broken = play({ a: plan(1) }, [{ requests: [science], ...outage("a", 1, 100) }, {}], line)
    expect(broken[1]!.outcome.cloud.map(({ id }) => id)).toEqual(["job"])
  })
})

it("a job too small for the smallest coin costs one, and holds up nobody in the line", () => {
  const tiny = request("b", { workHoursPerGpu: 1e-8, arrivalHours: 0.5, patienceHours: 100 })
  const jobs = [request("a"), tiny, request("c", { arrivalHours: 0.6, patienceHours: 100 })]
  const [tick] = play({ a: plan(1) }, [{ requests: jobs }], {
    terms: { matching: { kind: "bestPrice" }, queue: { kind: "firstInFirstOut", backfill: 0 } },
  })
  expect(tick!.outcome.started.map(({ request: { id }, amountMicros }) => [id, amountMicros])).toEqual([
    ["a", 1_000_000n],
    ["b", 1n],
    ["c", 1_000_000n],
  ])
})

describe("rendering", () => {
  const parts = [1, 1, 1, 2]
  const film = request("film", {
    kind: "rendering",
    workHoursPerGpu: 5,
    parts,
    terms: terms("rendering", { frames: 4 }),
    patienceHours: 10,
  })

  it("is done when the last of its frames is, each at a place of its own", () => {
    const [tick] = play({ a: plan(1), b: plan(2), c: plan(3), d: plan(4) }, [{ requests: [film] }], line)
    expect(tick!.outcome.started.map(({ provider, part }) => `${provider}${part}`)).toEqual(["a0", "b1", "c2", "d3"])
    expect(tick!.outcome.done).toMatchObject([{ endHours: 2, part: 3 }])
    expect(tick!.outcome.tails).toEqual([1])
  })

  it("renders a lost frame again", () => {
    const [tick] = play({ a: plan(1), b: plan(2), c: plan(3), d: plan(4) }, [{ requests: [film], ...outage("d", 1.5) }], line)
    expect(tick!.outcome.started[4]).toMatchObject({ part: 3, startHours: 1.5, workHoursPerGpu: 2, restarts: 1 })
    expect(tick!.outcome.done).toMatchObject([{ endHours: 3.5 }])
  })

  it("is given up as a whole when a frame finds no place in time, and what runs is paid for as far as it came", () => {
    const hurried = { ...film, patienceHours: 0.5 }
    const [tick] = play({ a: plan(1), b: plan(2) }, [{ requests: [hurried] }], line)
    expect([tick!.outcome.cloud.length, tick!.outcome.done.length, tick!.jobs.split.size]).toEqual([1, 0, 0])
    expect(tick!.jobs.toSettle.map(({ outcome, keptMicros }) => [outcome, keptMicros])).toEqual([
      ["failed", 500_000n],
      ["failed", 1_000_000n],
    ])
    expect(conservation(tick!.jobs, 6)).toBeUndefined()
  })
})

describe("distance and hardware", () => {
  const roundTripMs = (from?: string, to?: string) => (from === to ? 10 : 200)
  const near = { near: plan(3, 1, "slow", "here"), far: plan(1, 1, "slow", "there"), fast: plan(1, 1, "fast", "here") }
  const startOf = (changes: Parameters<typeof request>[1]) =>
    play(near, [{ requests: [request("job", { region: "here", ...changes })] }], { roundTripMs })[0]!.outcome.started[0]

  it("keep a game near its player, on hardware that can play", () => {
    expect(startOf({ kind: "gaming", terms: terms("gaming") })?.provider).toBe("near")
    expect(startOf({ kind: "gaming", terms: terms("gaming", { rateMin: 0.6 }) })).toBeUndefined()
    expect(startOf({ kind: "gaming" })?.provider).toBe("far")
  })

  it("make answers late by the law of a queue of one server", () => {
    const stream = (changes: object) => ({ kind: "inference" as const, terms: terms("inference", changes) })
    const fast = startOf(stream({ latencyMsMax: 210, requestMs: 100, loadShare: 0.5, lateShareMax: 0.1 }))
    expect([fast?.provider, fast?.lateShare]).toEqual(["fast", Math.exp(-3)])
    expect(startOf(stream({ latencyMsMax: 9, requestMs: 1, loadShare: 0.5 }))).toBeUndefined()
  })
})
