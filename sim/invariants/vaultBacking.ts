import { firstBroken, type Invariant, total } from "../invariant.ts"
import { strategyAccount, vaultAccount } from "../protocols/vault.ts"
import { maxBigint } from "../units.ts"

/** Every pool share that the vault counts is in the vault or in a strategy, and every vault share is somebody's. */
export const vaultBacking: Invariant = {
  name: "vault backing",
  check: (_, { vault, farms, pool }) => {
    const strategies = [...vault.strategies]
    const debt = strategies.reduce((sum, [, strategy]) => sum + strategy.debt, 0n)
    return firstBroken(
      { what: "pool shares in the vault", found: pool.shares.get(vaultAccount) ?? 0n, expected: vault.idle },
      { what: "assets of the vault", found: vault.assets, expected: maxBigint(vault.idle + debt - vault.lockedProfit, 0n) },
      { what: "shares of the vault", found: total(vault.shares), expected: vault.totalShares },
      ...strategies.flatMap(([farm, { debt, held }]) => {
        const account = strategyAccount(farm)
        return [
          {
            what: `pool shares of the strategy for ${farm}`,
            found: (farms.get(farm)?.shares.get(account) ?? 0n) + (pool.shares.get(account) ?? 0n),
            expected: held,
          },
          { what: `debt of the strategy for ${farm} that is not there`, found: maxBigint(debt - held, 0n), expected: 0n },
        ]
      }),
    )
  },
}
