import { Schema } from "effect"
import { quantity } from "../quantity.ts"
import { Params as Slashing } from "./slashing.ts"

/** The provider registry: stake, unbonding, slashing. A slashed stake is burned, unless there are other terms for it. */
export const Params = Schema.Struct({
  stakeTokensPerGpu: quantity("Stake that a provider must post for each GPU", { unit: "tokens per GPU", min: 0, max: 1e8 }),
  unbondingDays: quantity("Time from the request to leave until the stake is free", { unit: "days", min: 0, max: 365 }),
  slashing: Schema.optionalKey(Slashing),
})

export type Status = "absent" | "active" | "unbonding"

export interface Provider {
  readonly status: Status
  readonly stakeWei: bigint
  readonly gpuCount: number
  /** Unix seconds from which an unbonding stake can be withdrawn; 0 while active. */
  readonly unbondsAtSeconds: number
}

export interface View {
  readonly totalStakeWei: bigint
  /** Every provider that ever registered. */
  readonly providers: ReadonlyMap<string, Provider>
}

export type Action =
  | { readonly kind: "registry.register"; readonly gpuCount: number; readonly stakeWei: bigint }
  | { readonly kind: "registry.addStake"; readonly amountWei: bigint }
  | { readonly kind: "registry.requestExit" }
  | { readonly kind: "registry.withdraw" }

export type Fact =
  | { readonly kind: "registry.registered"; readonly agent: string; readonly gpuCount: number; readonly stakeWei: bigint }
  | { readonly kind: "registry.stakeAdded"; readonly agent: string; readonly amountWei: bigint }
  | { readonly kind: "registry.exitRequested"; readonly agent: string; readonly unbondsAtSeconds: number }
  | { readonly kind: "registry.withdrawn"; readonly agent: string; readonly amountWei: bigint }
  | { readonly kind: "registry.slashed"; readonly provider: string; readonly amountWei: bigint }
