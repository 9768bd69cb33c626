import { agentKind, type Decision } from "../sim/agent.ts"
import { count, drawn, or, quantity } from "../sim/quantity.ts"

const fields = {
  poolWeight: drawn("Share of the opening liquidity, relative to the other liquidity providers", { unit: "weight", min: 0, max: 1e6 }).pipe(
    or(1),
  ),
  strikeDay: count("Day on which the victims' deposits are in the queue of transactions", { unit: "days", min: 1, max: 3_650 }),
  giftShare: quantity("Share of its pool shares that it gives to the vault", { unit: "share", min: 0, max: 1 }).pipe(or(1)),
  tipGwei: quantity("Bid for a place ahead of the victims", { unit: "gwei", min: 0, max: 1e6 }).pipe(or(100)),
}

interface Memory {
  readonly phase: "waiting" | "seeded" | "struck" | "gone"
}

/**
 * Takes the rounding of a vault's first shares: is its first depositor with one unit, and on the day of the strike gives pool shares to the vault
 * ahead of other people's deposits, which then buy too few shares or none; leaves with all that its own share is worth. It strikes in the
 * first tick of the day, in which depositors do their accounts.
 */
export const inflationAttacker = agentKind({
  role: "liquidity",
  fields,
  endow: ({ poolWeight }) => ({ tokens: 0, usd: 0, poolWeight }),
  begin: (): Memory => ({ phase: "waiting" }),
  decide: ({ self, params, memory, world }): Decision<Memory> => {
    const { pool, vault } = world.ledger
    const poolShares = pool.shares.get(self) ?? 0n
    const vaultShares = vault.shares.get(self) ?? 0n
    const tipWei = BigInt(Math.round(params.tipGwei * 1e9))
    switch (memory.phase) {
      case "waiting":
        // Only the first depositor owns the rounding.
        if (vault.totalShares > 0n) return { memory: { phase: "gone" }, actions: [] }
        return { memory: { phase: "seeded" }, actions: [{ kind: "vault.deposit", poolShares: 1n }], tipWei }
      case "seeded": {
        if (world.now.day < params.strikeDay) return { memory, actions: [] }
        const gift = (poolShares * BigInt(Math.round(params.giftShare * 10_000))) / 10_000n
        return { memory: { phase: "struck" }, actions: gift > 0n ? [{ kind: "vault.donate", poolShares: gift }] : [], tipWei }
      }
      case "struck":
        return { memory: { phase: "gone" }, actions: vaultShares > 0n ? [{ kind: "vault.redeem", vaultShares }] : [], tipWei }
      case "gone":
        return { memory, actions: [] }
    }
  },
})
