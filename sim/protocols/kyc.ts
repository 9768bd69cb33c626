import { Schema } from "effect"
import type { LedgerView } from "../ledger.ts"
import { Id } from "../id.ts"
import { count, or, quantity } from "../quantity.ts"
import { DAYS_PER_YEAR, fromWei, SECONDS_PER_DAY, toMicros, toWei, usdPerToken } from "../units.ts"

/**
 * A gated venue beside the open one: a permissioned twin of the network token (ERC-3643), which only verified identities can receive, in a
 * Uniswap v2 pool of its own. A gate changes the one into the other, one for one, for those who are verified.
 */
export const Params = Schema.Struct({
  tokens: quantity("Tokens of the treasury in the gated pool at the start", { unit: "tokens", min: 1, max: 1e10 }),
  usd: quantity("Dollars of the treasury in the gated pool at the start", { unit: "USD", min: 1, max: 1e10 }),
  checkUsd: quantity("What being verified costs a user once", { unit: "USD", min: 0, max: 1e7 }),
  checkDays: quantity("Time from the request until a user is verified", { unit: "days", min: 0, max: 365 }),
  monitoringUsdPerYear: quantity("What staying verified costs a user, in monthly parts", { unit: "USD per year", min: 0, max: 1e7 }),
  programmeUsdPerYear: quantity("What the compliance programme costs the venue, in monthly parts", {
    unit: "USD per year",
    min: 0,
    max: 1e9,
  }),
  jurisdictions: Schema.Array(
    Schema.Struct({
      id: Id,
      country: count("ISO 3166-1 numeric code", { unit: "code", min: 1, max: 999 }),
      share: quantity("Share of the users who live there", { unit: "share", min: 0, max: 1 }),
    }),
  ).check(Schema.isNonEmpty()),
  transferableFromDay: quantity("Day on which a vote lets the twin move; until then nobody can trade it", {
    unit: "days",
    min: 0,
    max: 3_650,
  }).pipe(or(0)),
  delisting: Schema.optionalKey(
    Schema.Struct({
      jurisdiction: Schema.String.annotate({ description: "Jurisdiction whose users are struck off" }),
      day: quantity("Day on which they are", { unit: "days", min: 0, max: 3_650 }),
      exit: Schema.Literals(["unwrap", "sale"]).annotate({
        description: "What is left to them: to take out the network token, or only to sell in the gated pool",
      }),
    }),
  ),
  guardian: Schema.optionalKey(
    Schema.Struct({
      alertUsdPerDay: quantity("Freezes an account whose balance of the twin falls by so much in a day", {
        unit: "USD per day",
        min: 1,
        max: 1e10,
      }),
      errorsPerAccountYear: quantity("Freezes of a verified account that has done nothing", {
        unit: "times per account and year",
        min: 0,
        max: 365,
      }),
      appealDays: quantity("Time until a freeze is lifted", { unit: "days", min: 0.25, max: 3_650 }),
    }),
  ),
})
export type Params = typeof Params.Type

/** What the contracts are made with; `users` are the agents that may ask to be verified. */
export const kycTerms = ({ tokens, usd, transferableFromDay, delisting }: Params) => ({
  tokenWei: toWei(tokens),
  dollarMicros: toMicros(usd),
  isPaused: transferableFromDay > 0,
  isExitOpen: delisting?.exit !== "sale",
})

/** An account that the gate knows. */
export interface Member {
  readonly balanceWei: bigint
  /** Unix seconds of its request; 0 where there was none. */
  readonly requestedAtSeconds: number
  /** Country that it named. */
  readonly country: number
  readonly isVerified: boolean
  readonly isFrozen: boolean
}

export interface View {
  /** Of the twin. */
  readonly supplyWei: bigint
  readonly isPaused: boolean
  readonly tokenReserveWei: bigint
  readonly dollarReserveMicros: bigint
  /** Everybody who may ever hold the twin: users, treasury, gate and pool. */
  readonly members: ReadonlyMap<string, Member>
}

export const noKyc: View = { supplyWei: 0n, isPaused: false, tokenReserveWei: 0n, dollarReserveMicros: 0n, members: new Map() }

/** Accounts of the gate, which holds the network token, and of the gated pool. */
export const gateAccount = "kyc.gate"
export const gatedPoolAccount = "kyc.pool"

export type Action =
  | { readonly kind: "kyc.request"; readonly country: number }
  | { readonly kind: "kyc.wrap"; readonly amountWei: bigint }
  | { readonly kind: "kyc.unwrap"; readonly amountWei: bigint }
  | { readonly kind: "kyc.transfer"; readonly to: string; readonly amountWei: bigint }
  | { readonly kind: "kyc.swap"; readonly sell: "token" | "dollar"; readonly amountIn: bigint; readonly amountOutMin: bigint }
  /** By the officer: the three steps of a verification. */
  | { readonly kind: "kyc.createIdentity"; readonly account: string }
  | { readonly kind: "kyc.addClaim"; readonly account: string }
  | { readonly kind: "kyc.register"; readonly account: string; readonly country: number }
  /** By the officer: takes an account out of the registry, freezes a wallet or lifts that, lets the twin move. */
  | { readonly kind: "kyc.remove"; readonly account: string }
  | { readonly kind: "kyc.freeze"; readonly account: string; readonly isFrozen: boolean }
  | { readonly kind: "kyc.unpause" }

export type Fact =
  | { readonly kind: "kyc.requested"; readonly agent: string; readonly country: number }
  | { readonly kind: "kyc.wrapped"; readonly agent: string; readonly amountWei: bigint }
  | { readonly kind: "kyc.unwrapped"; readonly agent: string; readonly amountWei: bigint }
  | { readonly kind: "kyc.transferred"; readonly agent: string; readonly to: string; readonly amountWei: bigint }
  | {
      readonly kind: "kyc.swapped"
      readonly agent: string
      readonly sell: "token" | "dollar"
      readonly amountIn: bigint
      readonly amountOut: bigint
    }
  | { readonly kind: "kyc.identityCreated"; readonly account: string }
  | { readonly kind: "kyc.claimAdded"; readonly account: string }
  | { readonly kind: "kyc.registered"; readonly account: string }
  | { readonly kind: "kyc.removed"; readonly account: string }
  | { readonly kind: "kyc.frozen"; readonly account: string; readonly isFrozen: boolean }
  | { readonly kind: "kyc.unpaused" }

/** Marginal price in the gated pool. */
export const gatedUsdPerToken = ({ kyc }: Pick<LedgerView, "kyc">): number => usdPerToken(kyc.dollarReserveMicros, kyc.tokenReserveWei)

/** The jurisdiction at a place between 0 and 1 in the population. */
export const jurisdictionAt = ({ jurisdictions }: Params, place: number): Params["jurisdictions"][number] => {
  const whole = jurisdictions.reduce((sum, { share }) => sum + share, 0)
  let left = place * whole
  return jurisdictions.find(({ share }) => (left -= share) < 0) ?? jurisdictions.at(-1)!
}

/** Whether users of a country have been struck off. */
export const isDelisted = ({ delisting, jurisdictions }: Params, country: number, day: number): boolean =>
  delisting !== undefined && day >= delisting.day && jurisdictions.find(({ id }) => id === delisting.jurisdiction)?.country === country

/** Whether a request has waited for as long as a verification takes. */
export const isChecked = ({ checkDays }: Params, { requestedAtSeconds }: Member, nowSeconds: number): boolean =>
  requestedAtSeconds > 0 && nowSeconds >= requestedAtSeconds + checkDays * SECONDS_PER_DAY

/** Days between two payments for what costs so much a year. */
export const PAYMENT_DAYS = DAYS_PER_YEAR / 12

/** Was verified or asked to be, is not, and holds the twin. */
export const isStranded = ({ balanceWei, requestedAtSeconds, isVerified }: Member): boolean =>
  balanceWei > 0n && requestedAtSeconds > 0 && !isVerified

/** The twin in the hands of those members of which something is true. */
export const heldTokens = ({ kyc }: Pick<LedgerView, "kyc">, of: (member: Member) => boolean): number =>
  fromWei([...kyc.members.values()].reduce((sum, member) => (of(member) ? sum + member.balanceWei : sum), 0n))
