import { expect, test } from "vitest"
import { type Fact, type LedgerView, noExtensions, type Receipt } from "../ledger.ts"
import type { Pool } from "../protocols/pool3.ts"
import { poolOf } from "../protocols/pool3/pool.fixture.ts"
import { positionAmounts } from "../protocols/pool3/positionAmounts.ts"
import { quoteSwap } from "../protocols/pool3/quoteSwap.ts"
import { WEI_PER_TOKEN } from "../units.ts"
import { pool3Backing } from "./pool3Backing.ts"

const tokens = (count: bigint) => count * WEI_PER_TOKEN

const viewOf = (pool: Pool, held: Partial<Record<string, readonly [bigint, bigint]>> = {}): LedgerView =>
  ({
    ...noExtensions,
    token: { supplyWei: 0n, balanceWei: balances(pool.tokenWei, held, 0) },
    dollar: { supplyMicros: 0n, balanceMicros: balances(pool.dollarMicros, held, 1) },
    pools3: { pools: new Map([["low", pool]]), nextPositionId: 3n },
  }) as unknown as LedgerView
const balances = (own: bigint, held: Partial<Record<string, readonly [bigint, bigint]>>, side: 0 | 1) =>
  new Map([["pool3.low", own], ...Object.entries(held).map(([id, amounts]) => [id, amounts![side]] as const)])

const offered = poolOf(500, 500_000n, [
  { agent: "treasury", tokenWei: tokens(1000n), dollarMicros: 500_000_000n },
  { agent: "bob", tokenWei: tokens(100n), dollarMicros: 50_000_000n, tickLower: -284_000, tickUpper: -282_500 },
])
/** The pool holds what the positions cost, and not a unit of what they could not use. */
const costs = [...offered.positions.values()].map((own) => positionAmounts(offered, own, own.liquidity, true))
const opening: Pool = {
  ...offered,
  tokenWei: costs.reduce((sum, { tokenWei }) => sum + tokenWei, 0n),
  dollarMicros: costs.reduce((sum, { dollarMicros }) => sum + dollarMicros, 0n),
}
const quote = quoteSwap(opening, "dollar", 20_000_000n)
/** What the pool shows after the swap: the two positions share its fee of 10 000 micros by their liquidity. */
const traded: Pool = {
  ...quote.after,
  positions: new Map(
    [...opening.positions].map(([id, own]) => [id, { ...own, owedDollarMicros: (quote.feeGrowthX128 * own.liquidity) >> 128n }]),
  ),
}
const swapped: Fact = {
  kind: "pool3.swapped",
  agent: "ann",
  pool: "low",
  sell: "dollar",
  amountIn: quote.amountIn,
  amountOut: quote.amountOut,
}
const receipts = (...facts: ReadonlyArray<Fact>) => [{ facts } as unknown as Receipt]

const check = (after: LedgerView, ...facts: ReadonlyArray<Fact>) => pool3Backing.check(viewOf(opening), after, receipts(...facts))
const changed = (id: bigint, change: (own: NonNullable<ReturnType<Pool["positions"]["get"]>>) => object): Pool => ({
  ...traded,
  positions: new Map([...traded.positions].map(([key, own]) => [key, key === id ? { ...own, ...change(own) } : own])),
})

test("holds over a swap and a gift", () => {
  expect(check(viewOf(traded), swapped)).toBeUndefined()
  const gift: Fact = { kind: "token.transferred", agent: "ann", to: "pool3.low", amountWei: tokens(5n) }
  expect(check(viewOf({ ...traded, tokenWei: traded.tokenWei + tokens(5n) }), swapped, gift)).toBeUndefined()
  const stray: Fact = { kind: "dollar.transferred", agent: "ann", to: "pool3.manager", amountMicros: 3n }
  expect(check(viewOf(traded, { "pool3.manager": [0n, 3n] }), swapped, stray)).toBeUndefined()
})

test.each<readonly [string, LedgerView, ReadonlyArray<Fact>, RegExp]>([
  ["a swap that no fact tells of", viewOf(traded), [], /tokens of pool3\.low, wei: found .*off by -/],
  ["coins that vanish", viewOf({ ...traded, dollarMicros: traded.dollarMicros - 1n }), [swapped], /dollars of pool3\.low.*off by -1/],
  ["a manager that keeps something", viewOf(traded, { "pool3.manager": [1n, 0n] }), [swapped], /tokens of pool3\.manager/],
  ["a router that keeps something", viewOf(traded, { "pool3.router": [0n, 1n] }), [swapped], /dollars of pool3\.router/],
  [
    "liquidity in range that is nobody's",
    viewOf({ ...traded, liquidity: traded.liquidity + 1n }),
    [swapped],
    /liquidity of pool low in range.*off by 1/,
  ],
  [
    "a position that is forgotten",
    viewOf({ ...traded, positions: new Map([...traded.positions].slice(0, 1)), liquidity: traded.positions.get(1n)!.liquidity }),
    [swapped],
    /more belong to nobody, beyond what rounding explains/,
  ],
  [
    "fees that are forgotten",
    viewOf(changed(1n, () => ({ owedDollarMicros: 0n }))),
    [swapped],
    /dollarMicros of pool low: .* belong to nobody/,
  ],
  [
    "fees that nobody paid",
    viewOf(changed(2n, ({ owedDollarMicros }) => ({ owedDollarMicros: owedDollarMicros + 10n }))),
    [swapped],
    /dollarMicros of pool low: it owes \d+ more than it has/,
  ],
  ["a debt in tokens", viewOf(changed(2n, () => ({ owedTokenWei: 10n ** 15n }))), [swapped], /tokenWei of pool low: it owes \d+ more/],
])("notices %s", (_, after, facts, message) => {
  expect(check(after, ...facts)).toMatch(message)
})

test("a balance that the pool does not know of is noticed", () => {
  const after = viewOf(traded)
  const wrong = { ...after, pools3: { ...after.pools3, pools: new Map([["low", { ...traded, tokenWei: traded.tokenWei + 1n }]]) } }
  expect(check(wrong, swapped)).toMatch(/tokens that pool low says it has, wei.*off by 1/)
})
