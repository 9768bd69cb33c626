import { Schema } from "effect"
import type { Params, Turn } from "../sim/agent.ts"
import { Id } from "../sim/id.ts"
import { Capex } from "../sim/markets/hardware.ts"
import { count, drawn, or, quantity } from "../sim/quantity.ts"
import { type FalsePlaces, placeFields, type PlaceDraws } from "./devicePlace.ts"
import { Hours, Mining, OwnUse, type UseMemory } from "./machineUse.ts"

export const fields = {
  gpu: Id,
  gpuCount: count("GPUs of each provider", { unit: "GPUs", min: 1, max: 10_000 }),
  region: Id,
  energyPriceFactor: drawn("Own contract price of electricity, relative to the region", { unit: "times", min: 0.01, max: 100 }).pipe(or(1)),
  hardwareUsdPerGpuHour: drawn("Depreciation, financing and hosting of one GPU; with `capex` hosting alone", {
    unit: "USD per GPU hour",
    min: 0,
    max: 1_000,
  }),
  hurdleShare: drawn("Margin on costs that makes it worth to join", { unit: "share of costs", min: 0, max: 10 }).pipe(or(0.15)),
  patienceDays: drawn("Half-life of the memory of profits", { unit: "days", min: 0.1, max: 3_650 }).pipe(or(7)),
  startActiveShare: quantity("Chance to be in the network on the first day", { unit: "share", min: 0, max: 1 }).pipe(or(0)),
  askDiscountShare: drawn("First asking price below the cloud's", { unit: "share", min: 0, max: 1 }).pipe(or(0.4)),
  askStepShare: drawn("Largest daily change of the asking price", { unit: "share", min: 0, max: 1 }).pipe(or(0.08)),
  sellShare: drawn("Share of earned tokens sold at once, beyond what the bills need", { unit: "share", min: 0, max: 1 }).pipe(or(0.7)),
  slippageShareMax: quantity("Worst price accepted below the quote", { unit: "share", min: 0, max: 1 }).pipe(or(0.03)),
  debtUsdPerGpu: drawn("Price of a GPU that is bought on credit; `hardwareUsdPerGpuHour` is then hosting alone", {
    unit: "USD per GPU",
    min: 0,
    max: 1e6,
  }).pipe(or(0)),
  pocketUsd: drawn("What the owner adds to pay instalments, in all, before letting the hardware go", {
    unit: "USD",
    min: 0,
    max: 1e9,
  }).pipe(or(0)),
  feeShareMax: quantity("Claims of rewards, sales and payments wait while the fee is more of them than this", {
    unit: "share",
    min: 0,
    max: 1e6,
  }).pipe(or(0.02)),
  claimWaitDays: quantity("Longest wait for a cheaper claim", { unit: "days", min: 0, max: 3_650 }).pipe(or(14)),
  heartbeatFeeShareMax: quantity("Work is not claimed where the fee is more of its reward than this", {
    unit: "share",
    min: 0,
    max: 1e6,
  }).pipe(or(1)),
  energyContract: Schema.Literals(["indexed", "fixed"])
    .annotate({ description: "Whether the own price of electricity follows the region's, or keeps to its level at every hour" })
    .pipe(or("indexed" as const)),
  capex: Schema.optionalKey(Capex),
  plannedHours: Schema.optionalKey(Hours),
  mining: Schema.optionalKey(Mining),
  ownUse: Schema.optionalKey(OwnUse),
  fromDay: Schema.optionalKey(quantity("First day on which it thinks about joining", { unit: "days", min: 0, max: 3_650 })),
  procurementDays: drawn("From the decision to join until the hardware runs", { unit: "days", min: 0, max: 3_650 }).pipe(or(0)),
  noticeDays: drawn("From the decision to leave until it stops to take jobs, unless it changes its mind", {
    unit: "days",
    min: 0,
    max: 3_650,
  }).pipe(or(0)),
  accountsEveryDays: count("Days between claims of rewards, sales and payments of bills", { unit: "days", min: 1, max: 90 }).pipe(or(1)),
  identities: Schema.optionalKey(
    count("Names under which each owner registers its GPUs, a part under each; one, where left out", { unit: "names", min: 1, max: 1_000 }),
  ),
  guessedShare: Schema.optionalKey(
    quantity("Share of its jobs whose result it guesses instead of computing it, with the GPUs idle meanwhile", {
      unit: "share",
      min: 0,
      max: 1,
    }),
  ),
  phantomShare: quantity("Share of the claimed GPUs that do not exist", { unit: "share", min: 0, max: 1 }).pipe(or(0)),
  ...placeFields,
}

export interface Memory {
  readonly askUsdPerGpuHour: number
  /** Smoothed profit beyond what the machines would earn outside: expected while outside, realised while inside. */
  readonly profitUsdPerDay: number
  /** When in the day this provider does its accounts, as a share of the day. */
  readonly officeShare: number
  readonly placeDraws: PlaceDraws
  readonly isLeaving: boolean
  /** The day on which the hardware that was ordered is there, and the one on which it stops taking jobs. */
  readonly arrivesDay: number | undefined
  readonly leavesDay: number | undefined
  /** The day on which a claim of rewards was due and is not made yet. */
  readonly claimDueDay: number | undefined
  readonly stakeWei: bigint
  /** What the owner has added to pay instalments. */
  readonly addedUsd: number
  readonly onGpuHours: number
  readonly busyGpuHours: number
  readonly pricedUsd: number
  readonly use: UseMemory
}

export type ProviderTurn = Turn<Params<typeof fields> & FalsePlaces, Memory>
