import { describe, expect, test } from "vitest"
import { moment } from "../clock.ts"
import type { Action } from "../ledger.ts"
import { type Feed, toAnswer } from "../protocols/feeds.ts"
import { noUptime } from "../protocols/uptime.ts"
import { isCorrupted, runFeeds } from "./rounds.ts"
import type { PriceSighting, Told } from "./sighting.ts"

const now = moment({ start: "2026-01-01", days: 30, ticksPerDay: 4, epochDays: 1 }, 9)
const nodes = ["a", "b", "c", "d", "e", "f", "g"]
const feedOf = (kind: Feed["kind"], changes: Partial<Feed> = {}): Feed => ({
  kind,
  id: "usd",
  decimals: 8,
  faulty: 2,
  heartbeatHours: 24,
  deviationShare: 0.05,
  ...changes,
})
const tell = (node: string, usd: number, isColluding = false): Told<PriceSighting> => ({
  node,
  sighting: { kind: "price", feed: "usd", usd, isColluding },
})
const round = (
  feed: Feed,
  told: ReadonlyArray<Told<PriceSighting>>,
  last: { readonly usd: number; readonly ageHours: number; readonly roundId?: number } = { usd: 0, ageHours: 0, roundId: 0 },
) =>
  runFeeds(
    [{ feed, nodes }],
    told,
    {
      uptime: noUptime,
      feeds: new Map([
        [
          "usd",
          {
            decimals: 8,
            answer: toAnswer(last.usd, 8),
            roundId: last.roundId ?? 3,
            observedSeconds: 0,
            updatedAtSeconds: now.timestampSeconds - last.ageHours * 3600,
          },
        ],
      ]),
    },
    now,
  )
const only = (actions: ReadonlyArray<{ readonly action: Action }>) => actions.map(({ action }) => action)[0]

describe("a report goes out", () => {
  const told = nodes.map((node) => tell(node, 1))
  test.each([
    ["first", { usd: 0, ageHours: 0, roundId: 0 }, true],
    ["calm", { usd: 1.04, ageHours: 23.9 }, false],
    ["heartbeat", { usd: 1, ageHours: 24 }, true],
    ["deviation above", { usd: 0.95, ageHours: 1 }, true],
    ["deviation below", { usd: 1.06, ageHours: 1 }, true],
  ])("%s", (_, last, isSent) => {
    for (const kind of ["forwarder", "ocr2", "submits"] as const)
      expect(round(feedOf(kind), told, last).actions).toHaveLength(isSent ? (kind === "submits" ? 7 : 1) : 0)
  })
})

test("the median is the upper middle, whoever is in turn sends it, and as many sign as the contract wants", () => {
  const told = [3, 1, 2, 4, 6, 5].map((usd, index) => tell(nodes[index]!, usd))
  const { actions } = round(feedOf("forwarder"), told)
  expect(actions).toEqual([
    {
      agent: "b",
      action: {
        kind: "feeds.report",
        feed: "usd",
        observedSeconds: now.timestampSeconds,
        answer: toAnswer(4, 8),
        signers: ["b", "c", "d"],
      },
    },
  ])
  expect(only(round(feedOf("ocr2"), told).actions)).toMatchObject({
    round: 1,
    signers: ["b", "c", "d", "e", "f"],
    observations: [1, 2, 3, 4, 5, 6].map((usd) => ({ answer: toAnswer(usd, 8) })),
  })
})

test("no report is made of fewer observations than the median is safe with, nor with fewer signatures than it needs", () => {
  const told = (count: number) => nodes.slice(0, count).map((node) => tell(node, 1))
  const fewest = (kind: Feed["kind"]) => nodes.findIndex((_, index) => round(feedOf(kind), told(index + 1)).actions.length > 0) + 1
  expect([fewest("forwarder"), fewest("ocr2"), fewest("submits")]).toEqual([5, 5, 5])
  const small = feedOf("ocr2", { faulty: 1 })
  // Five signatures of seven, although three observations would do.
  expect(round(small, told(4)).actions).toEqual([])
  expect(round(small, told(5)).actions).toHaveLength(1)
})

describe("what it takes to corrupt an answer", () => {
  const answerOf = (kind: Feed["kind"], colluding: number, target: number, nodeCount = 7): boolean => {
    const told = nodes.slice(0, nodeCount).map((node, index) => (index < colluding ? tell(node, target, true) : tell(node, 1)))
    const { actions, rounds } = round(feedOf(kind), told)
    const action = only(actions)!
    const answers =
      action.kind === "feeds.report"
        ? [action.answer]
        : action.kind === "feeds.transmit"
          ? action.observations.map(({ answer }) => answer)
          : actions.map(({ action: one }) => (one.kind === "feeds.submit" ? one.answer : 0n)).toSorted((a, b) => Number(a - b))
    return isCorrupted(answers[answers.length >> 1]!, 8, rounds.get("usd"))
  }
  const least = (kind: Feed["kind"], target: number, nodeCount?: number) =>
    [0, 1, 2, 3, 4, 5].find((colluding) => answerOf(kind, colluding, target, nodeCount))

  test("is f + 1 nodes where so many signatures do, and a majority where all observations are in the report", () => {
    expect(least("forwarder", 2)).toBe(3)
    expect(least("ocr2", 2)).toBe(4)
    expect(least("submits", 2)).toBe(4)
    expect(least("ocr2", 0.5)).toBe(4)
    // Of six the upper middle counts: three push it up, and four are needed to push it down.
    expect(least("ocr2", 2, 6)).toBe(3)
    expect(least("ocr2", 0.5, 6)).toBe(4)
  })
})
