import { Schema } from "effect"
import { count, or, quantity } from "../quantity.ts"

/**
 * A yield vault in the manner of Yearn v3, and not Yearn's code: an ERC-4626 vault whose asset is the share of the main pool, with one strategy
 * for each farm. Depositors' loss against holding stays theirs; a harvest makes more pool shares of the rewards.
 */
export const Params = Schema.Struct({
  guard: Schema.Literals(["virtualShares", "none"])
    .annotate({ description: "Against inflation attacks: OpenZeppelin's virtual shares, or nothing, as in older vaults" })
    .pipe(or("virtualShares" as const)),
  decimalsOffset: count("Decimals of a vault share more than of a pool share: each makes an inflation attack ten times dearer", {
    unit: "decimals",
    min: 0,
    max: 18,
  }).pipe(or(6)),
  profitUnlockHours: quantity("Time over which a reported profit becomes the depositors'", { unit: "hours", min: 0, max: 8_760 }).pipe(
    or(24),
  ),
  performanceFeeBps: count("Share of the profit that the treasury takes, in vault shares", { unit: "bps", min: 0, max: 10_000 }).pipe(
    or(1_000),
  ),
})

export interface Strategy {
  /** Pool shares that the vault counts, and that the strategy really has; the difference is reported with the next harvest. */
  readonly debt: bigint
  readonly held: bigint
}

export interface View {
  /** Pool shares that belong to the holders of vault shares now. */
  readonly assets: bigint
  readonly totalShares: bigint
  readonly lockedProfit: bigint
  /** Pool shares in the vault itself. */
  readonly idle: bigint
  /** By farm. */
  readonly strategies: ReadonlyMap<string, Strategy>
  readonly shares: ReadonlyMap<string, bigint>
  /** Pool shares that the vault shares of each holder would be redeemed for now. */
  readonly worth: ReadonlyMap<string, bigint>
}

export const noVault: View = {
  assets: 0n,
  totalShares: 0n,
  lockedProfit: 0n,
  idle: 0n,
  strategies: new Map(),
  shares: new Map(),
  worth: new Map(),
}

export const vaultAccount = "vault.main"
export const strategyAccount = (farm: string): string => `strategy.${farm}`

export type Action =
  /** Shares for so many pool shares; pool shares for so many shares; and both ways back. */
  | { readonly kind: "vault.deposit"; readonly poolShares: bigint }
  | { readonly kind: "vault.mint"; readonly vaultShares: bigint }
  | { readonly kind: "vault.withdraw"; readonly poolShares: bigint }
  | { readonly kind: "vault.redeem"; readonly vaultShares: bigint }
  /** Sends pool shares to the vault for nothing. */
  | { readonly kind: "vault.donate"; readonly poolShares: bigint }
  /** By a strategist: claims a strategy's reward, makes pool shares of it and books the profit, which must be at least `profitMin`. */
  | { readonly kind: "vault.harvest"; readonly farm: string; readonly profitMin: bigint }
  /** By a strategist: moves pool shares between the vault and a strategy until its debt is `debt`. */
  | { readonly kind: "vault.rebalance"; readonly farm: string; readonly debt: bigint }

export type Fact =
  | { readonly kind: "vault.deposited"; readonly agent: string; readonly poolShares: bigint; readonly vaultShares: bigint }
  | { readonly kind: "vault.withdrawn"; readonly agent: string; readonly poolShares: bigint; readonly vaultShares: bigint }
  | { readonly kind: "vault.donated"; readonly agent: string; readonly poolShares: bigint }
  | {
      readonly kind: "vault.reported"
      readonly farm: string
      readonly profit: bigint
      readonly loss: bigint
      /** Vault shares minted to the treasury. */
      readonly feeShares: bigint
    }
  | { readonly kind: "vault.rebalanced"; readonly farm: string; readonly debt: bigint }
