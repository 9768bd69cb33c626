import { agentKind, type Decision } from "../sim/agent.ts"
import { usdPerShare } from "../sim/protocols/pool.ts"
import { drawn, or, quantity } from "../sim/quantity.ts"
import { minBigint } from "../sim/units.ts"
import type { World } from "../sim/world.ts"

const fields = {
  poolWeight: drawn("Share of the opening liquidity, relative to the other liquidity providers", { unit: "weight", min: 0, max: 1e6 }).pipe(
    or(1),
  ),
  preyUsdMin: quantity("Pending deposits for which it strikes", { unit: "USD", min: 0, max: 1e10 }).pipe(or(1_000)),
  giftRatio: quantity("What it gives to the vault, against the largest pending deposit", { unit: "ratio", min: 0, max: 1_000 }).pipe(or(1)),
  tipGwei: quantity("Bid for a place ahead of the victims", { unit: "gwei", min: 0, max: 1e6 }).pipe(or(100)),
}

interface Memory {
  readonly phase: "waiting" | "seeded" | "struck" | "gone"
}

/**
 * Takes the rounding of a vault's first shares: is its first depositor, with one unit, and when it sees deposits pending it gives pool shares to
 * the vault ahead of them, so that they buy too few vault shares or none; leaves in the next tick with all that its own share is worth.
 */
export const inflationAttacker = agentKind({
  role: "liquidity",
  wave: 2,
  fields,
  endow: ({ poolWeight }) => ({ tokens: 0, usd: 0, poolWeight }),
  begin: (): Memory => ({ phase: "waiting" }),
  decide: ({ self, params, memory, world }): Decision<Memory> => {
    const { pool, vault } = world.ledger
    const vaultShares = vault.shares.get(self) ?? 0n
    const tipWei = BigInt(Math.round(params.tipGwei * 1e9))
    switch (memory.phase) {
      case "waiting":
        // Only the first depositor owns the rounding.
        if (vault.totalShares > 0n) return { memory: { phase: "gone" }, actions: [] }
        return { memory: { phase: "seeded" }, actions: [{ kind: "vault.deposit", poolShares: 1n }], tipWei }
      case "seeded": {
        const prey = pendingDeposits(world)
        const total = prey.reduce((sum, shares) => sum + shares, 0n)
        if (Number(total) * usdPerShare(pool) < params.preyUsdMin) return { memory, actions: [] }
        const largest = prey.reduce((most, shares) => (shares > most ? shares : most), 0n)
        const wanted = (largest * BigInt(Math.round(params.giftRatio * 10_000))) / 10_000n
        const poolShares = minBigint(wanted, pool.shares.get(self) ?? 0n)
        return { memory: { phase: "struck" }, actions: poolShares > 0n ? [{ kind: "vault.donate", poolShares }] : [], tipWei }
      }
      case "struck":
        return { memory: { phase: "gone" }, actions: vaultShares > 0n ? [{ kind: "vault.redeem", vaultShares }] : [], tipWei }
      case "gone":
        return { memory, actions: [] }
    }
  },
})

const pendingDeposits = ({ pending }: World): ReadonlyArray<bigint> =>
  pending.flatMap(({ action }) => (action.kind === "vault.deposit" ? [action.poolShares] : []))
