import { expect, test } from "vitest"
import type { Account } from "../liquidity/lpLedger.ts"
import { noParts } from "../liquidity/lpLedger.ts"
import { toUsd } from "../liquidity/amounts.ts"
import type { Observation } from "../metric.ts"
import { toMicros } from "../units.ts"
import { lvrClosedFormShare } from "./lvrClosedFormShare.ts"
import { lvrShare } from "./lvrShare.ts"

const perUsd = BigInt(Math.round(1 / toUsd(1n)))
const position = (pool: string, valueUsd: bigint, lostUsd: bigint): readonly [string, Account] => [
  `${pool}/${valueUsd}`,
  { pool, value: valueUsd * perUsd, tick: { ...noParts, lossVersusRebalancing: -lostUsd * perUsd } } as Account,
]

test("adds up what each tick takes of each pool, a loss being positive", () => {
  const liquidity = new Map([position("main", 900n, 1n), position("main", 100n, 4n), position("bp5", 200n, -1n), position("empty", 0n, 0n)])
  const of = (previous?: object) =>
    Object.fromEntries(lvrShare.of({ liquidity, previous } as unknown as Observation) as ReadonlyMap<string, number>)
  expect(of()).toEqual({ main: 0.005, bp5: -0.005, empty: 0 })
  expect(of({ "lvrShare.main": 0.1, "lvrShare.bp5": 0.1 })["main"]).toBeCloseTo(0.105, 12)
  expect(of({ "lvrShare.main": 0.1, "lvrShare.bp5": 0.1 })["bp5"]).toBeCloseTo(0.095, 12)
})

test("the closed form is an eighth of the squared log return, up or down", () => {
  const seen = (from: number, to: number, previous?: object) =>
    ({ before: { venue: { priceMicros: toMicros(from) } }, after: { venue: { priceMicros: toMicros(to) } }, previous }) as Observation
  expect(lvrClosedFormShare.of(seen(1, 1.1))).toBeCloseTo(Math.log(1.1) ** 2 / 8, 12)
  expect(lvrClosedFormShare.of(seen(1.1, 1, { lvrClosedFormShare: 0.02 }))).toBeCloseTo(0.02 + Math.log(1.1) ** 2 / 8, 12)
})
