import { Schema } from "effect"
import { count, or, quantity } from "../quantity.ts"
import { SECONDS_PER_DAY } from "../units.ts"

/** What becomes of a slash. Without these terms it is burned at once, for good. */
export const Params = Schema.Struct({
  insuranceBps: count("Part of a slash that goes to the pool that pays harmed buyers", { unit: "basis points", min: 0, max: 10_000 }).pipe(
    or(0),
  ),
  reporterBps: count("Part of a slash that goes to the checker who proved it; the rest is burned", {
    unit: "basis points",
    min: 0,
    max: 10_000,
  }).pipe(or(0)),
  escalationShare: quantity("How much more each earlier slash makes the next one, as a share of its fraction", {
    unit: "share",
    min: 0,
    max: 100,
  }).pipe(or(0)),
  appealDays: quantity("Time for an appeal, and again for its judges; 0: no appeal", { unit: "days", min: 0, max: 90 }).pipe(or(0)),
  stakeMinShare: quantity("Share of the stake that its GPUs ask for below which a slashed provider is put out", {
    unit: "share",
    min: 0,
    max: 1,
  }).pipe(or(0)),
})
export type Params = typeof Params.Type

/** What the court is made with. */
export const courtTerms = (
  { insuranceBps = 0, reporterBps = 0, escalationShare = 0, appealDays = 0, stakeMinShare = 0 }: Partial<Params>,
  judges: ReadonlyArray<string>,
) => ({
  insuranceBps,
  reporterBps,
  escalationBps: Math.round(escalationShare * 10_000),
  appealSeconds: Math.round(appealDays * SECONDS_PER_DAY),
  stakeMinBps: Math.round(stakeMinShare * 10_000),
  judges,
})

export interface View {
  /** Slashed stakes whose case is open, and the insurance pool. */
  readonly frozenWei: bigint
  readonly insuredWei: bigint
  readonly caseCount: number
  /** Slashes of each provider that stand or are not decided yet: what can be known of its reputation. */
  readonly offences: ReadonlyMap<string, number>
}

export const noSlashing: View = { frozenWei: 0n, insuredWei: 0n, caseCount: 0, offences: new Map() }

/** The account that holds frozen stakes and the insurance pool. */
export const courtAccount = "slashing.court"

/** A slash after `offences` earlier ones, as the court sentences. */
export const sentenceBps = (slashBps: number, escalationShare: number, offences: number): number =>
  Math.min(10_000, Math.floor((slashBps * (10_000 + Math.round(escalationShare * 10_000) * offences)) / 10_000))

/** Harms that a case takes, first come (SlashingCourt.HARMS_MAX): more could not be paid out within a block. */
export const harmsMax = 50

export type Action =
  | { readonly kind: "slashing.appeal"; readonly id: number }
  /** By a judge. */
  | { readonly kind: "slashing.rule"; readonly id: number; readonly isUpheld: boolean }
  /** Closes a case whose time is up. */
  | { readonly kind: "slashing.settle"; readonly id: number }
  /** Names open jobs at the provider of an open case, whose buyers are paid by the pool if the slash stands. */
  | {
      readonly kind: "slashing.fileHarm"
      readonly id: number
      readonly harmed: ReadonlyArray<{ readonly buyer: string; readonly slot: number }>
    }

export type Fact =
  | { readonly kind: "registry.seized"; readonly provider: string; readonly amountWei: bigint }
  | { readonly kind: "registry.restored"; readonly provider: string; readonly amountWei: bigint }
  | {
      readonly kind: "slashing.caseOpened"
      readonly id: number
      readonly provider: string
      readonly amountWei: bigint
      readonly decidesAtSeconds: number
    }
  | { readonly kind: "slashing.appealed"; readonly id: number; readonly provider: string; readonly decidesAtSeconds: number }
  | { readonly kind: "slashing.ruled"; readonly id: number; readonly judge: string; readonly isUpheld: boolean }
  | {
      readonly kind: "slashing.upheld"
      readonly id: number
      readonly provider: string
      readonly burnedWei: bigint
      readonly rewardWei: bigint
      readonly insuredWei: bigint
    }
  | { readonly kind: "slashing.rewarded"; readonly id: number; readonly reporter: string; readonly amountWei: bigint }
  | {
      readonly kind: "slashing.overturned"
      readonly id: number
      readonly provider: string
      readonly amountWei: bigint
      /** Back in the registry; in the provider's hands where it has left. */
      readonly isStake: boolean
    }
  | {
      readonly kind: "slashing.harmFiled"
      readonly id: number
      readonly buyer: string
      readonly slot: number
      readonly amountMicros: bigint
    }
  | { readonly kind: "slashing.compensated"; readonly id: number; readonly buyer: string; readonly amountWei: bigint }
