import { standsIn } from "./devicePlace.ts"
import { expectedMargins, hasChoices, powerUsdPerGpuHour } from "./machineUse.ts"
import type { ProviderTurn } from "./providerTurn.ts"
import { capitalUsdPerGpuHour } from "../sim/markets/hardware.ts"
import { countedPerBusyGpuHour, countsOf } from "../sim/jobs/counts.ts"
import { ratedWorkHours } from "../sim/jobs/work.ts"
import { clamp, exp, ln } from "../sim/maths.ts"
import { mean } from "../sim/stats/mean.ts"
import { jobKinds } from "../sim/jobs/kinds/index.ts"
import { type Profile, rateOf } from "../sim/profile.ts"
import { firstEmissionTokens } from "../sim/protocols/emissions/index.ts"
import { providerShare } from "../sim/protocols/burn.ts"
import { HOURS_PER_DAY } from "../sim/units.ts"
import type { World } from "../sim/world.ts"

// What a provider earns and pays, and what it expects to.

/** Margin over the cost of power below which a machine is better idle. */
const powerMargin = 1.1
const busyShareHigh = 0.75
const busyShareLow = 0.5

export const realGpus = ({ gpuCount, phantomShare }: ProviderTurn["params"]): number => Math.round(gpuCount * (1 - phantomShare))
export const profileOf = ({ world, params }: ProviderTurn): Profile => world.gpus.get(params.gpu)!

/** What its own contract takes for electricity now. */
export const usdPerKwh = ({ world, params }: ProviderTurn): number => {
  const { region, energyContract, energyPriceFactor } = params
  return (energyContract === "fixed" ? world.regions.get(region)!.usdPerKwh : world.usdPerKwh.get(region)!) * energyPriceFactor
}

/** What it pays others for an hour of one GPU, or must put aside for the next one; what stands there anyway costs nothing. */
export const hardwareUsdPerGpuHour = (turn: ProviderTurn): number => {
  const { hardwareUsdPerGpuHour, capex, debtUsdPerGpu } = turn.params
  if (capex === undefined || capex.isOwned) return hardwareUsdPerGpuHour
  return hardwareUsdPerGpuHour + capitalUsdPerGpuHour(capex, profileOf(turn), debtUsdPerGpu)
}

export const smooth = ({ memory, params }: ProviderTurn, today: number): number => {
  const keep = exp(-ln(2) / params.patienceDays)
  return memory.profitUsdPerDay * keep + today * (1 - keep)
}

/**
 * Jobs at a price, and rewards: for every GPU that is claimed, whether it exists or not, for the part of the day in which it is offered; or for
 * what counts of the jobs.
 */
export const incomeUsdPerDay = (turn: ProviderTurn, busyGpuHours: number, askUsdPerGpuHour: number, offeredShare = 1): number => {
  const { world, params } = turn
  const jobs = busyGpuHours * askUsdPerGpuHour * providerShare(world.rules)
  const counts = countsOf(world.rules)
  const workHours = ratedWorkHours(profileOf(turn))
  const counted =
    counts === "capacity"
      ? params.gpuCount * HOURS_PER_DAY * workHours * offeredShare * countedShare(turn)
      : busyGpuHours * countedPerBusyGpuHour(counts, workHours, askUsdPerGpuHour)
  return jobs + counted * rewardUsdPerWorkHour(world)
}

/** What an hour of its devices counts for, as it knows from the last epoch, or as the rules say of one more where they would stand. */
const countedShare = ({ self, params, world, memory }: ProviderTurn): number => {
  const profile = world.gpus.get(params.gpu)!
  if (profile.device === undefined) return 1
  const { scales, dueShares, newcomerScales } = world.work
  const own = params.claimedPlaces === undefined ? dueShares.get(self) : scales.get(self)
  return own ?? newcomerScales.get(standsIn(params, memory.placeDraws, profile, world).claimedPlace ?? "") ?? 1
}

/**
 * The last epoch's going rate for a work hour, or a dollar where these count; before the first, the whole emission over what the GPUs that are
 * registered would make count.
 */
export const rewardUsdPerWorkHour = (world: World): number => {
  const { pulse, rules, registeredGpus, meanUsdPerToken, now } = world
  if (now.epoch > 1) return pulse.rewardTokensPerWorkHour * meanUsdPerToken
  const emissionUsd = firstEmissionTokens(rules.emissions, rules.token.genesisTokens) * meanUsdPerToken
  return emissionUsd / (Math.max(registeredGpus, 1) * HOURS_PER_DAY * firstCountedPerGpuHour(world))
}

const firstCountedPerGpuHour = ({ rules, pulse, cloudUsdPerWorkHour }: World): number => {
  const counts = countsOf(rules)
  if (counts === "capacity") return 1
  const asks = [...pulse.classes.values()].map(({ askUsdPerGpuHour }) => askUsdPerGpuHour)
  const prices = asks.length > 0 ? asks : Object.values(cloudUsdPerWorkHour).filter(Number.isFinite)
  return busyShareLow * countedPerBusyGpuHour(counts, 1, mean(prices))
}

/** Power for the part of the day in which the machines are offered, hardware, and the claim of an epoch's work. */
export const costUsdPerDay = (turn: ProviderTurn, busyShare: number, offeredShare = 1): number => {
  const powerUsd = powerUsdPerGpuHour(profileOf(turn), busyShare, usdPerKwh(turn))
  const heartbeatUsd = (turn.world.gas.feeUsd("oracle.claimWork") * HOURS_PER_DAY) / turn.world.now.epochHours
  return realGpus(turn.params) * HOURS_PER_DAY * (powerUsd * offeredShare + hardwareUsdPerGpuHour(turn)) + heartbeatUsd
}

/** An outsider expects what its class gets now, less the share that its own GPUs would take from it. */
export const expectedUtilisation = (turn: ProviderTurn): number => {
  const stats = turn.world.pulse.classes.get(turn.params.gpu)
  if (stats === undefined) return busyShareLow
  return (stats.utilisation * stats.gpusOn) / (stats.gpusOn + realGpus(turn.params))
}

/** Before debts, and beyond what the machines would earn outside. */
export const expectedProfitUsdPerDay = (turn: ProviderTurn): number => {
  const utilisation = expectedUtilisation(turn)
  const ask = turn.world.pulse.classes.get(turn.params.gpu)?.askUsdPerGpuHour ?? firstAsk(turn)
  const busyGpuHours = utilisation * realGpus(turn.params) * HOURS_PER_DAY
  const always = incomeUsdPerDay(turn, busyGpuHours, ask) - costUsdPerDay(turn, utilisation)
  if (!hasChoices(turn.params)) return always
  const gpuHours = realGpus(turn.params) * HOURS_PER_DAY
  const hardwareUsd = hardwareUsdPerGpuHour(turn) * gpuHours
  const { insideUsd } = expectedMargins(turn.params, profileOf(turn), usdPerKwh(turn), (always + hardwareUsd) / gpuHours)
  return insideUsd * gpuHours - hardwareUsd - outsideUsdPerDay(turn)
}

/** What machines earn outside that are there anyway; others would not have been bought. */
const outsideUsdPerDay = (turn: ProviderTurn): number => {
  if (turn.params.capex?.isOwned !== true || !hasChoices(turn.params)) return 0
  return expectedMargins(turn.params, profileOf(turn), usdPerKwh(turn), 0).outsideUsd * realGpus(turn.params) * HOURS_PER_DAY
}

/** What a GPU hour in the network brings before its power. */
export const offerUsdPerGpuHour = (turn: ProviderTurn, busyShare: number, askUsdPerGpuHour: number): number =>
  incomeUsdPerDay(turn, busyShare * realGpus(turn.params) * HOURS_PER_DAY, askUsdPerGpuHour) /
  (Math.max(1, realGpus(turn.params)) * HOURS_PER_DAY)

/** What a cloud takes for the kind of work that this GPU does best. */
export const topAskUsdPerGpuHour = (turn: ProviderTurn): number => {
  const profile = profileOf(turn)
  const prices = jobKinds.map((kind) => turn.world.cloudUsdPerWorkHour[kind] * (rateOf(profile, kind) ?? 0))
  return Math.max(...prices.filter(Number.isFinite))
}

/** Newcomers price at the going rate of their class; the first of a class prices below the cloud. */
export const firstAsk = (turn: ProviderTurn): number =>
  turn.world.pulse.classes.get(turn.params.gpu)?.askUsdPerGpuHour ?? topAskUsdPerGpuHour(turn) * (1 - turn.params.askDiscountShare)

/** Below this a machine is better idle. */
export const powerFloorUsdPerGpuHour = (turn: ProviderTurn): number => powerUsdPerGpuHour(profileOf(turn), 1, usdPerKwh(turn)) * powerMargin

export const nextAsk = (turn: ProviderTurn, busyShare: number, stepShare: number): number => {
  const direction = busyShare > busyShareHigh ? 1 : busyShare < busyShareLow ? -1 : 0
  const floor = powerFloorUsdPerGpuHour(turn)
  return clamp(turn.memory.askUsdPerGpuHour * (1 + direction * stepShare), floor, Math.max(floor, topAskUsdPerGpuHour(turn)))
}
