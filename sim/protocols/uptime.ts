import { Schema } from "effect"
import { Id } from "../id.ts"
import { count, or, quantity } from "../quantity.ts"
import { toWei } from "../units.ts"

/**
 * The uptime upkeep: a committee reports day by day how long each provider was up; once a month a keeper has the contract pay a bonus to those
 * who were, out of a budget, and penalise those who were not.
 */
export const Params = Schema.Struct({
  feed: Id.annotate({ description: "Price feed of kind forwarder whose nodes report uptimes too" }),
  budgetTokens: quantity("Tokens of the treasury set aside for bonuses and keepers", { unit: "tokens", min: 0, max: 1e12 }),
  bonusTokensPerGpu: quantity("Bonus for a month of enough uptime", { unit: "tokens per GPU", min: 0, max: 1e9 }),
  uptimeShareMin: quantity("Mean uptime over the month that earns the bonus", { unit: "share", min: 0, max: 1 }).pipe(or(0.999)),
  penaltyShareMax: quantity("Mean uptime below which a provider is penalised", { unit: "share", min: 0, max: 1 }).pipe(or(0)),
  slashBps: count("Share of the stake that too little uptime costs", { unit: "basis points", min: 0, max: 10_000 }).pipe(or(0)),
  putsOut: Schema.Boolean.annotate({ description: "Whether who is penalised is put out of the registry" }).pipe(or(false)),
  monthDays: count("Length of a month", { unit: "days", min: 7, max: 366 }).pipe(or(30)),
  keeperTokens: quantity("Paid to whoever does the upkeep, for each page of fifty providers", {
    unit: "tokens",
    min: 0,
    max: 1e9,
  }).pipe(or(0)),
})
export type Params = typeof Params.Type

/** What the contract is made with. */
export const uptimeTerms = (params: Params) => ({
  feed: params.feed,
  budgetWei: toWei(params.budgetTokens),
  bonusWeiPerGpu: toWei(params.bonusTokensPerGpu),
  uptimeBpsMin: Math.round(params.uptimeShareMin * 10_000),
  penaltyBpsMax: Math.round(params.penaltyShareMax * 10_000),
  slashBps: params.slashBps,
  putsOut: params.putsOut,
  monthDays: params.monthDays,
  keeperWei: toWei(params.keeperTokens),
})

/** The account that holds the budget. */
export const uptimeAccount = "uptime.budget"

/** A page of providers, by registry index, whose month is to be settled. */
export interface Page {
  readonly month: number
  readonly from: number
  readonly to: number
}

export interface View {
  /** Days below this one were reported, or are passed over. */
  readonly nextDay: number
  /** What `checkUpkeep` says there is to do. */
  readonly due: Page | undefined
}

export const noUptime: View = { nextDay: 0, due: undefined }

export type Action =
  /** Uptimes of one day in basis points by provider, through the forwarder. */
  | {
      readonly kind: "uptime.report"
      readonly day: number
      readonly uptimeBps: ReadonlyMap<string, number>
      readonly signers: ReadonlyArray<string>
    }
  /** Anybody may do the upkeep that is due. */
  | ({ readonly kind: "uptime.perform" } & Page)

export type Fact =
  | { readonly kind: "uptime.reported"; readonly agent: string; readonly day: number }
  | {
      readonly kind: "uptime.bonusPaid"
      readonly provider: string
      readonly month: number
      readonly uptimeBps: number
      readonly amountWei: bigint
    }
  | { readonly kind: "uptime.penalised"; readonly provider: string; readonly month: number; readonly uptimeBps: number }
  | {
      readonly kind: "uptime.performed"
      readonly agent: string
      readonly month: number
      readonly feeWei: bigint
      readonly isMonthSettled: boolean
    }
