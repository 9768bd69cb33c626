import { mean } from "../sim/stats/mean.ts"
import type { MetricName } from "./metricName.ts"
import type { Report } from "./report.ts"

type Series = ReadonlyArray<number>

/** One number that a run comes to, made of its daily series. */
export interface Outcome {
  readonly id: string
  readonly label: string
  /** The metrics it is made of; its unit is the first one's unless stated. */
  readonly metrics: ReadonlyArray<MetricName>
  readonly unit?: string
  readonly of: (...series: ReadonlyArray<Series>) => number
  /** A change in percent of the base makes sense: the base is an amount and never near zero by nature. */
  readonly isRelative: boolean
  /** A gain or a loss, written with its sign. */
  readonly isSigned?: boolean
}

const end = (series: Series = []) => series.findLast((value) => !Number.isNaN(value)) ?? NaN
const total = (series: Series = []) => series.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0)
const average = (series: Series = []) => mean(series.filter((value) => !Number.isNaN(value)))

const atEnd = (id: string, metric: MetricName, label: string): Outcome => ({
  id,
  label: `${label}, at the end`,
  metrics: [metric],
  of: end,
  isRelative: true,
})
const onAverage = (id: string, metric: MetricName, label: string): Outcome => ({
  id,
  label: `${label}, mean of days`,
  metrics: [metric],
  of: average,
  isRelative: true,
})
const inTotal = (id: string, metric: MetricName, label: string): Outcome => ({
  id,
  label: `${label}, in total`,
  metrics: [metric],
  of: total,
  isRelative: true,
})

/** The outcomes that a report can state, in reading order. */
export const outcomes = {
  price: atEnd("price", "priceUsd", "Token price"),
  referencePrice: atEnd("referencePrice", "referencePriceUsd", "Reference price"),
  priceGap: { ...onAverage("priceGap", "priceGapShare", "Gap between pool and outside"), isRelative: false },
  supply: atEnd("supply", "supplyTokens", "Supply"),
  circulating: atEnd("circulating", "circulatingTokens", "Circulating supply"),
  emitted: atEnd("emitted", "emittedTokens", "Tokens emitted"),
  burned: atEnd("burned", "burnedTokens", "Tokens burned"),
  staked: atEnd("staked", "stakedTokens", "Tokens staked"),
  claims: { ...atEnd("claims", "claimsUsd", "Dollar claims"), isRelative: false },
  claimsMinted: { ...inTotal("claimsMinted", "claimsMintedTokens", "Tokens minted for claims"), isRelative: false },
  delegated: { ...atEnd("delegated", "graphTokens.delegated", "Tokens delegated"), isRelative: true },
  indexersSlashed: { ...atEnd("indexersSlashed", "graphSlashedTokens", "Slashed from indexers"), isRelative: false },
  delegatorYield: { ...onAverage("delegatorYield", "graphYieldPerYear", "Yield of delegated tokens"), isRelative: false },
  yieldFollowed: { ...atEnd("yieldFollowed", "graphYieldFollowed", "Delegation where yield would put it"), isRelative: false },
  claimsMispriced: {
    ...inTotal("claimsMispriced", "claimsMispricedUsd", "Given away by a wrong price"),
    isRelative: false,
    isSigned: true,
  },
  uptimeBonus: { ...inTotal("uptimeBonus", "bonusPaidTokens", "Uptime bonuses"), isRelative: false },
  uptimeReported: { ...onAverage("uptimeReported", "uptimeReportedShare", "Uptime"), isRelative: false },
  uptimePenalised: { ...inTotal("uptimePenalised", "uptimePenalised", "Penalised for downtime"), isRelative: false },
  stakerYield: { ...onAverage("stakerYield", "holderYieldPerYear.stakers", "Yield of staked tokens"), isRelative: false },
  lockerYield: { ...onAverage("lockerYield", "holderYieldPerYear.lockers", "Yield of locked tokens"), isRelative: false },
  jobsWaiting: { ...onAverage("jobsWaiting", "jobsWaiting", "Jobs waiting"), isRelative: false },
  jobWait: { ...onAverage("jobWait", "jobWaitHours", "Wait of a job"), isRelative: false },
  paidOverAsk: { ...onAverage("paidOverAsk", "paidOverAskShare", "Paid over the ask"), isRelative: false, isSigned: true },
  providers: atEnd("providers", "providersActive", "Providers"),
  entered: inTotal("entered", "providersEntered", "Providers entered"),
  left: inTotal("left", "providersLeft", "Providers left"),
  seenShare: { ...onAverage("seenShare", "seenShare", "Seen of what is claimed"), isRelative: false },
  coveredCells: atEnd("coveredCells", "coveredCells", "Cells covered"),
  gpus: atEnd("gpus", "gpusOn", "GPUs on"),
  gpusOwnUse: { ...onAverage("gpusOwnUse", "gpusAside.ownUse", "GPUs that their owners use"), isRelative: false },
  profit: {
    id: "profit",
    label: "Provider profit per GPU-day",
    metrics: ["providerProfitUsd", "gpusOn"],
    unit: "USD",
    of: (profit, gpus) => (total(gpus) > 0 ? total(profit) / total(gpus) : NaN),
    isRelative: false,
  },
  lenderLoss: { ...atEnd("lenderLoss", "lenderLossUsd", "Lender's loss"), isRelative: false },
  defaults: { ...atEnd("defaults", "defaults", "Defaults"), isRelative: false },
  revenue: inTotal("revenue", "jobRevenueUsd", "Job revenue"),
  rewards: inTotal("rewards", "rewardsUsd", "Rewards"),
  served: inTotal("served", "jobsServed", "Jobs served"),
  lost: inTotal("lost", "jobsLost", "Jobs lost"),
  cloud: inTotal("cloud", "jobsCloud", "Jobs gone to the cloud"),
  servedShare: {
    id: "servedShare",
    label: "Share of jobs served",
    metrics: ["jobsServed", "jobsFailed", "jobsLost", "jobsCloud"],
    unit: "share",
    of: (served, ...others) => total(served) / [served, ...others].reduce((sum, jobs) => sum + total(jobs), 0),
    isRelative: false,
  },
  utilisation: { ...onAverage("utilisation", "utilisation", "Utilisation"), isRelative: false },
  paid: onAverage("paid", "paidUsdPerWorkHour", "Network price of a work hour"),
  cloudPrice: onAverage("cloudPrice", "cloudUsdPerWorkHour", "Cloud price of a work hour"),
  pool: atEnd("pool", "poolUsd", "Pool value"),
  poolAgainstHold: { ...atEnd("poolAgainstHold", "poolAgainstHoldRatio", "Pool against holding"), isRelative: false, isSigned: true },
  depthKept: {
    id: "depthKept",
    label: "Depth at the end against the largest",
    metrics: ["poolUsd"],
    unit: "share",
    of: (pool) => end(pool) / (pool ?? []).reduce((most, usd) => (usd > most ? usd : most), 0),
    isRelative: false,
  },
  depthCost: {
    id: "depthCost",
    label: "Reward for a dollar staked over a year",
    metrics: ["farmRewardsUsd", "farmStakedUsd"],
    unit: "USD",
    of: (rewards, staked) => (total(staked) > 0 ? (total(rewards) * 365) / total(staked) : NaN),
    isRelative: true,
  },
  vaultShare: { ...atEnd("vaultShare", "vaultPricePerShare", "Price of a vault share"), isRelative: false },
  vaultGain: { ...atEnd("vaultGain", "vaultGainUsd.depositor", "Depositors' gain from the vault"), isRelative: false, isSigned: true },
  volume: inTotal("volume", "volumeUsd", "Pool volume"),
  gatedShare: {
    id: "gatedShare",
    label: "Part of the volume behind the gate",
    metrics: ["venueVolumeUsd.gated", "venueVolumeUsd.open"],
    unit: "share",
    of: (gated, open) => (total(gated) + total(open) > 0 ? total(gated) / (total(gated) + total(open)) : NaN),
    isRelative: false,
  },
  venueGap: { ...onAverage("venueGap", "venueGapShare", "Gap between the venues"), isRelative: false },
  compliance: {
    id: "compliance",
    label: "Cost of compliance",
    metrics: ["complianceUsd.users", "complianceUsd.programme", "complianceUsd.gas"],
    of: (...parts) => parts.reduce((sum, part) => sum + total(part), 0),
    isRelative: true,
  },
  compliancePerUsd: { ...atEnd("compliancePerUsd", "complianceShareOfVolume", "Compliance for a dollar traded"), isRelative: false },
  forcedExits: {
    id: "forcedExits",
    label: "Forced exits",
    metrics: ["forcedExitsUsd.sold", "forcedExitsUsd.takenOut"],
    of: (sold, takenOut) => total(sold) + total(takenOut),
    isRelative: false,
  },
  frozenTokens: { ...onAverage("frozenTokens", "twinTokens.frozen", "Frozen tokens"), isRelative: false },
  strandedTokens: { ...onAverage("strandedTokens", "twinTokens.stranded", "Stranded tokens"), isRelative: false },
  slashedCheat: atEnd("slashedCheat", "slashedCheatTokens", "Slashed from cheats"),
  slashedHonest: { ...atEnd("slashedHonest", "slashedHonestTokens", "Slashed from honest providers"), isRelative: false },
  cheatingShare: { ...onAverage("cheatingShare", "cheatingShare", "Providers that cheat"), isRelative: false },
  cheatersNotFound: { ...atEnd("cheatersNotFound", "cheatersNotFound", "Cheats not found"), isRelative: false },
  detectionDays: { ...atEnd("detectionDays", "detectionDays", "Time to detection"), isRelative: false },
  disputed: { ...inTotal("disputed", "jobsDisputed", "Results disputed"), isRelative: false },
  wonByBuyers: { ...inTotal("wonByBuyers", "disputesWonByBuyers", "Disputes won by buyers"), isRelative: false },
  rightfulDisputes: {
    ...atEnd("rightfulDisputes", "disputeGainUsd.rightful", "Gain from rightful disputes"),
    isRelative: false,
    isSigned: true,
  },
  dishonestDisputes: {
    ...atEnd("dishonestDisputes", "disputeGainUsd.dishonest", "Gain from dishonest disputes"),
    isRelative: false,
    isSigned: true,
  },
  wrongAccepted: { ...atEnd("wrongAccepted", "wrongResultsUsd.accepted", "Paid for wrong results undisputed"), isRelative: false },
  stolen: { ...atEnd("stolen", "stolenUsd", "Stolen from escrow"), isRelative: false },
  costOfSecurity: { ...atEnd("costOfSecurity", "costOfSecurityUsd", "Cost of security"), isRelative: false },
  washedShare: { ...atEnd("washedShare", "washShareOfRewards", "Rewards farmed by washing"), isRelative: false },
  washed: { ...inTotal("washed", "washVolumeUsd", "Paid by washers to themselves"), isRelative: false },
  adversaryProfit: { ...atEnd("adversaryProfit", "adversaryProfitUsd", "Adversaries' profit"), isRelative: false, isSigned: true },
  reverts: inTotal("reverts", "reverts", "Reverted transactions"),
  ordersWaiting: { ...onAverage("ordersWaiting", "ordersWaiting", "Orders waiting"), isRelative: false },
  transactions: inTotal("transactions", "transactions", "Transactions"),
  gas: inTotal("gas", "gasUsed", "Gas used"),
} as const satisfies Record<string, Outcome>

export const hasOutcome = (report: Report, outcome: Outcome): boolean => report.has(...outcome.metrics)

export const outcomeUnit = (report: Report, outcome: Outcome): string => outcome.unit ?? report.unit(outcome.metrics[0] ?? "")

/** The outcome of every run of a scenario, by seed. */
export const outcomeBySeed = (report: Report, outcome: Outcome, scenario: number): ReadonlyMap<string, number> =>
  mapSeeds(report, outcome, scenario, (series) => outcome.of(...series))

/** The means of base and variant over the seeds that both have, so that they differ by exactly the paired difference. */
export const pairedMeans = (base: ReadonlyMap<string, number>, variant: ReadonlyMap<string, number>): readonly [number, number] => {
  const pairs = [...base].map(([seed, value]) => [value, variant.get(seed) ?? NaN] as const).filter(([a, b]) => !Number.isNaN(b - a))
  return [mean(pairs.map(([a]) => a)), mean(pairs.map(([, b]) => b))]
}

/** What the outcome would have been of each day alone, by seed. */
export const outcomeByDay = (report: Report, outcome: Outcome, scenario: number): ReadonlyMap<string, Series> =>
  mapSeeds(report, outcome, scenario, (series) =>
    Array.from({ length: report.days }, (_, day) => outcome.of(...series.map((values) => [values[day] ?? NaN]))),
  )

const mapSeeds = <Value>(
  report: Report,
  { metrics }: Outcome,
  scenario: number,
  read: (series: ReadonlyArray<Series>) => Value,
): ReadonlyMap<string, Value> => {
  const bySeed = metrics.map((metric) => new Map(report.series(metric, scenario).map((run) => [run.seed, run.values])))
  return new Map([...(bySeed[0]?.keys() ?? [])].map((seed) => [seed, read(bySeed.map((runs) => runs.get(seed) ?? []))]))
}
