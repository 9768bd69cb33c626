import { firstBroken, giftsTo, type Invariant } from "../invariant.ts"
import { factsOf } from "../facts.ts"
import type { LedgerView, Receipt } from "../ledger.ts"
import type { Amounts } from "../protocols/pool3/positionAmounts.ts"
import { positionAmounts } from "../protocols/pool3/positionAmounts.ts"
import type { Pool } from "../protocols/pool3.ts"

/**
 * A v3 pool holds what its positions are worth and what they are owed, and the dust of its roundings, which are all in its favour; its balances
 * change by what the facts say; position manager and router keep nothing.
 */
export const pool3Backing: Invariant = {
  name: "v3 pools",
  check: (before, after, receipts) => {
    for (const account of after.pools3.pools.size > 0 ? ["pool3.manager", "pool3.router"] : []) {
      const broken = changedBy(account, before, after, giftsTo(account, receipts))
      if (broken !== undefined) return broken
    }
    for (const [id, pool] of after.pools3.pools) {
      const gifts = giftsTo(`pool3.${id}`, receipts)
      const flow = flowInto(id, receipts)
      const broken =
        changedBy(`pool3.${id}`, before, after, {
          tokenWei: gifts.tokenWei + flow.tokenWei,
          dollarMicros: gifts.dollarMicros + flow.dollarMicros,
        }) ??
        firstBroken(
          { what: `tokens that pool ${id} says it has, wei`, found: pool.tokenWei, expected: balances(`pool3.${id}`, after).tokenWei },
          {
            what: `dollars that pool ${id} says it has, micros`,
            found: pool.dollarMicros,
            expected: balances(`pool3.${id}`, after).dollarMicros,
          },
          { what: `liquidity of pool ${id} in range`, found: pool.liquidity, expected: inRange(pool) },
        ) ??
        dusty(id, before.pools3.pools.get(id), pool, gifts, receipts)
      if (broken !== undefined) return broken
    }
    return undefined
  },
}

const balances = (account: string, { token, dollar }: LedgerView): Amounts => ({
  tokenWei: token.balanceWei.get(account) ?? 0n,
  dollarMicros: dollar.balanceMicros.get(account) ?? 0n,
})

const changedBy = (account: string, before: LedgerView, after: LedgerView, by: Amounts): string | undefined => {
  const [was, is] = [balances(account, before), balances(account, after)]
  return firstBroken(
    { what: `tokens of ${account}, wei`, found: is.tokenWei, expected: was.tokenWei + by.tokenWei },
    { what: `dollars of ${account}, micros`, found: is.dollarMicros, expected: was.dollarMicros + by.dollarMicros },
  )
}

/** What agents paid in, less what they took out. */
const flowInto = (id: string, receipts: ReadonlyArray<Receipt>): Amounts => {
  let [tokenWei, dollarMicros] = [0n, 0n]
  for (const { pool, sell, amountIn, amountOut } of factsOf(receipts, "pool3.swapped")) {
    if (pool !== id) continue
    tokenWei += sell === "token" ? amountIn : -amountOut
    dollarMicros += sell === "token" ? -amountOut : amountIn
  }
  const changes = [
    ...factsOf(receipts, "pool3.increased").map((fact) => ({ ...fact, sign: 1n })),
    ...factsOf(receipts, "pool3.collected").map((fact) => ({ ...fact, sign: -1n })),
  ]
  for (const change of changes) {
    if (change.pool !== id) continue
    tokenWei += change.sign * change.tokenWei
    dollarMicros += change.sign * change.dollarMicros
  }
  return { tokenWei, dollarMicros }
}

const inRange = ({ positions, tick }: Pool): bigint => {
  let sum = 0n
  for (const { tickLower, tickUpper, liquidity } of positions.values()) if (tickLower <= tick && tick < tickUpper) sum += liquidity
  return sum
}

/** What a pool holds above what it owes. */
const dustOf = (pool: Pool): Amounts => {
  let { tokenWei, dollarMicros } = pool
  for (const position of pool.positions.values()) {
    const principal = positionAmounts(pool, position, position.liquidity)
    tokenWei -= principal.tokenWei + position.owedTokenWei
    dollarMicros -= principal.dollarMicros + position.owedDollarMicros
  }
  return { tokenWei, dollarMicros }
}

/** Each step of a swap rounds some units, and the gas of a swap allows for fewer steps than this. */
const unitsPerFact = 1_000n

const dusty = (id: string, was: Pool | undefined, is: Pool, gifts: Amounts, receipts: ReadonlyArray<Receipt>): string | undefined => {
  const [before, after] = [was === undefined ? { tokenWei: 0n, dollarMicros: 0n } : dustOf(was), dustOf(is)]
  const facts = receipts.reduce((sum, receipt) => sum + receipt.facts.length, 0)
  const growthMax = unitsPerFact * BigInt(facts) + BigInt(is.positions.size)
  for (const coin of ["tokenWei", "dollarMicros"] as const) {
    if (after[coin] < 0n) return `${coin} of pool ${id}: it owes ${-after[coin]} more than it has`
    const growth = after[coin] - before[coin] - gifts[coin]
    if (growth > growthMax) return `${coin} of pool ${id}: ${growth} more belong to nobody, beyond what rounding explains (${growthMax})`
  }
  return undefined
}
