import { Schema } from "effect"
import { type Calendar, moment } from "../clock.ts"
import { Id } from "../id.ts"
import { count, or, quantity } from "../quantity.ts"
import { SECONDS_PER_DAY } from "../units.ts"

const programme = {
  id: Id,
  tokens: quantity("Reward, set aside from the treasury at the start", { unit: "tokens", min: 0, max: 1e10 }),
  days: count("How long it pays", { unit: "days", min: 1, max: 3_650 }),
  startDay: count("Day on which it begins to pay", { unit: "days", min: 0, max: 3_650 }).pipe(or(0)),
}

/** Liquidity mining: who stakes shares of the main pool shares a reward in the network token. */
export const Params = Schema.Union([
  /** Synthetix's contract: so much a second. */
  Schema.Struct({ kind: Schema.Literal("stakingRewards"), ...programme }),
  /** SushiSwap's contract: so much a block. */
  Schema.Struct({
    kind: Schema.Literal("masterChef"),
    ...programme,
    blocksPerTick: count("Blocks that the chain makes in every tick; it makes more only for orders that do not fit", {
      unit: "blocks",
      min: 1,
      max: 1_000,
    }).pipe(or(4)),
  }),
])
export type Params = typeof Params.Type

/** Ticks and block times at which a farm begins and stops to pay. */
export const schedule = ({ startDay, days }: Params, calendar: Calendar) => {
  const startTick = startDay * calendar.ticksPerDay + 1
  const startSeconds = moment(calendar, startTick).timestampSeconds
  return { startTick, startSeconds, endTick: startTick + days * calendar.ticksPerDay, endSeconds: startSeconds + days * SECONDS_PER_DAY }
}

export interface Farm {
  readonly kind: Params["kind"]
  readonly startSeconds: number
  readonly endSeconds: number
  /** What all stakers together earn now; 0 before and after the programme. */
  readonly rewardWeiPerDay: bigint
  readonly totalShares: bigint
  /** Pool shares staked, and rewards not yet paid, by account: agents and strategies of the vault. */
  readonly shares: ReadonlyMap<string, bigint>
  readonly earnedWei: ReadonlyMap<string, bigint>
  /** Account that holds the rewards until they are paid. */
  readonly purse: string
}

export type View = ReadonlyMap<string, Farm>

export const noFarms: View = new Map()

/** Account that holds what is staked. */
export const farmAccount = (farm: string): string => `farm.${farm}`

/** Amounts in pool shares. MasterChef pays what was earned with every stake and unstake too. */
export type Action =
  | { readonly kind: "farm.stake"; readonly farm: string; readonly shares: bigint }
  | { readonly kind: "farm.unstake"; readonly farm: string; readonly shares: bigint }
  | { readonly kind: "farm.claim"; readonly farm: string }
  /** Takes out the whole stake, which is `shares`, and the reward. */
  | { readonly kind: "farm.exit"; readonly farm: string; readonly shares: bigint }
  /** By the operator: the programme begins; MasterChef's has to be ended too. */
  | { readonly kind: "farm.start"; readonly farm: string }
  | { readonly kind: "farm.end"; readonly farm: string }

export type Fact =
  | { readonly kind: "farm.staked"; readonly farm: string; readonly agent: string; readonly shares: bigint }
  | { readonly kind: "farm.unstaked"; readonly farm: string; readonly agent: string; readonly shares: bigint }
  | { readonly kind: "farm.rewardPaid"; readonly farm: string; readonly agent: string; readonly amountWei: bigint }
  | { readonly kind: "farm.started"; readonly farm: string; readonly rewardWei: bigint }
  /** What was left over has gone back to the treasury. */
  | { readonly kind: "farm.ended"; readonly farm: string; readonly leftWei: bigint }

/** What the operator orders in a tick, by the programmes' calendar. */
export const operatorActions = (farms: ReadonlyArray<Params>, calendar: Calendar, tick: number): ReadonlyArray<Action> =>
  farms.flatMap((farm): ReadonlyArray<Action> => {
    const { startTick, endTick } = schedule(farm, calendar)
    if (tick === startTick) return [{ kind: "farm.start", farm: farm.id }]
    if (tick === endTick && farm.kind === "masterChef") return [{ kind: "farm.end", farm: farm.id }]
    return []
  })
