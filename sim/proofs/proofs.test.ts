import { describe, expect, it } from "vitest"
import { stream } from "../rng.ts"
import { chunkResult, guessedResult } from "./chunks.ts"
import { noDeeds, noteDeeds } from "./deed.ts"
import { caughtShare, deterrence, isTempting } from "./deterrence.ts"
import { countDeeds, deterrenceClasses, emptyTally, logCrossing } from "./frontier.ts"
import { distanceKm } from "./place.ts"

const temptation = { savedUsd: 0.6, rewardUsd: 1, slashUsd: 10 }

describe("deterrence", () => {
  it("turns where the chance to be caught is C / (R + S)", () => {
    expect(isTempting({ ...temptation, caughtShare: 0.0545 })).toBe(true)
    expect(isTempting({ ...temptation, caughtShare: 0.0546 })).toBe(false)
    expect(deterrence({ ...temptation, caughtShare: 0.6 / 11 })).toBeCloseTo(1, 12)
  })

  it("knows how often checks find something, as a draw of visits, bribes and chunks does", () => {
    const checks = { visitShare: 0.7, chunkShare: 0.2, falseAcceptShare: 0.25 }
    const rng = stream("caught", "draws")
    const runs = 40_000
    let found = 0
    for (let run = 0; run < runs; run++) {
      const isHonestVisit = rng.chance(0.7) && !rng.chance(0.4)
      const seen = [1, 2, 3].filter(() => rng.chance(0.2) && !rng.chance(0.25)).length
      if (isHonestVisit && seen > 0) found++
    }
    const expected = caughtShare(checks, 3, 0.4)
    expect(Math.abs(found / runs - expected)).toBeLessThan(3.3 * Math.sqrt((expected * (1 - expected)) / runs))
    expect(caughtShare({ visitShare: 1, chunkShare: 0.1, falseAcceptShare: 0 }, 44, 0)).toBeCloseTo(0.990302, 6)
  })
})

describe("results of chunks", () => {
  it("are one number for one chunk, and another for another provider, epoch, chunk, or a guess", () => {
    const results = ["a", "b"].flatMap((provider) =>
      [0, 1].flatMap((epoch) => [0, 1].flatMap((chunk) => [chunkResult(provider, epoch, chunk), guessedResult(provider, epoch, chunk)])),
    )
    expect(new Set(results).size).toBe(16)
    expect(chunkResult("a", 1, 0)).toBe(results[4])
  })
})

describe("the crossing", () => {
  it("is found where half of the providers cheat, wherever that is", () => {
    for (const [at, spread] of [
      [0, 0.2],
      [Math.log(1.3), 0.2],
      [Math.log(0.8), 0.1],
    ] as const) {
      const rng = stream("crossing", `${at}`)
      const deeds = Array.from({ length: 20_000 }, () => {
        const log = rng.between(Math.log(0.2), Math.log(5))
        const caught = 0.6 * Math.exp(log)
        return {
          isCheating: log < at + spread * rng.normal(),
          temptation: { savedUsd: 0.6, rewardUsd: 1, slashUsd: 0, caughtShare: caught },
        }
      })
      expect(logCrossing(countDeeds(emptyTally, deeds))).toBeCloseTo(at, 1)
    }
  })

  it("is nowhere where all do the same", () => {
    expect(logCrossing(emptyTally)).toBeNaN()
    const weighed = deterrenceClasses.map(() => 1)
    expect(logCrossing({ weighed, cheated: weighed })).toBeNaN()
  })

  it("counts closed epochs in which a provider weighed, each once, as cheating if any tick of it was", () => {
    const deed = { isCheating: false, temptation: { ...temptation, caughtShare: 0.1 } }
    const ticks = [
      noteDeeds(noDeeds, true, new Map([["a", deed]])),
      noteDeeds(noteDeeds(noDeeds, true, new Map([["a", deed]])), false, new Map([["a", { ...deed, isCheating: true }]])),
    ]
    const [honest, cheating] = ticks.map((deeds) => noteDeeds(deeds, true, new Map()))
    expect(honest!.tally.cheated.some((count) => count > 0)).toBe(false)
    expect([honest!, cheating!].map(({ tally }) => tally.weighed[deterrenceClasses.indexOf(180)])).toEqual([1, 1])
    expect(cheating!.tally.cheated[deterrenceClasses.indexOf(180)]).toBe(1)
    expect(cheating!.closed.get("a")!.isCheating).toBe(true)
  })
})

it("places are as far apart as a straight line through the Earth", () => {
  const [pole, equator] = [
    { latitude: 90, longitude: 0 },
    { latitude: 0, longitude: 45 },
  ]
  expect(distanceKm(pole, equator)).toBeCloseTo(6_371 * Math.SQRT2, 6)
  expect(distanceKm({ latitude: 0, longitude: -90 }, { latitude: 0, longitude: 90 })).toBeCloseTo(12_742, 6)
})
