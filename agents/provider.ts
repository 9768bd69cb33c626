import { buyOnCredit, isDefaulted, owes } from "./hardwareLoan.ts"
import { drawPlaces, standsIn } from "./devicePlace.ts"
import { chooseUse, hasChoices, noUse, type UseMemory } from "./machineUse.ts"
import { accounts, buyStake, claimAction, claimRewards } from "./providerAccounts.ts"
import {
  costUsdPerDay,
  expectedProfitUsdPerDay,
  expectedUtilisation,
  firstAsk,
  hardwareUsdPerGpuHour,
  incomeUsdPerDay,
  nextAsk,
  offerUsdPerGpuHour,
  powerFloorUsdPerGpuHour,
  profileOf,
  realGpus,
  rewardUsdPerWorkHour,
  smooth,
  usdPerKwh,
} from "./providerOutlook.ts"
import { fields, type Memory, type ProviderTurn } from "./providerTurn.ts"
import { agentKind, type Decision } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import type { SitePlan } from "../sim/jobs/site.ts"
import { ratedWorkHours } from "../sim/jobs/work.ts"
import { instalmentUsdPerDay } from "../sim/protocols/lending.ts"
import { fromMillis, fromWei, HOURS_PER_DAY, maxBigint, toMillis, toWei } from "../sim/units.ts"

/**
 * Treats hardware as a business: joins when the expected profit clears a hurdle, prices by its own utilisation, claims its work, pays for
 * energy and hardware, sells what it must and wants, and leaves when realised profit stays negative.
 */
export const provider = agentKind({
  role: "provider",
  fields,
  endow: (params, rules, rng) => ({
    tokens: rng("start").uniform() < params.startActiveShare ? rules.registry.stakeTokensPerGpu * params.gpuCount : 0,
    usd: 0,
  }),
  begin: (_params, _rules, rng): Memory => ({
    askUsdPerGpuHour: 0,
    profitUsdPerDay: 0,
    officeShare: rng("office").uniform(),
    placeDraws: drawPlaces(rng),
    isLeaving: false,
    arrivesDay: undefined,
    leavesDay: undefined,
    claimDueDay: undefined,
    stakeWei: 0n,
    addedUsd: 0,
    onGpuHours: 0,
    busyGpuHours: 0,
    pricedUsd: 0,
    use: noUse,
  }),
  decide: (turn): Decision<Memory> => {
    const rota = rotaOf(turn)
    switch (turn.world.ledger.registry.providers.get(turn.self)?.status ?? "absent") {
      case "absent":
        return outside(turn, rota)
      case "active":
        return inside(turn, rota)
      case "unbonding":
        return { memory: turn.memory, actions: [...withdrawStake(turn), ...(rota.isAccountsTick ? accounts(turn, 1).actions : [])] }
    }
  },
})

/** Whether this is the tick of the day in which it thinks, and whether the accounts are due in it too. */
interface Rota {
  readonly isOffice: boolean
  readonly isAccountsTick: boolean
}

const rotaOf = ({ memory, params, world }: ProviderTurn): Rota => {
  const { tickOfDay, ticksPerDay, day } = world.now
  const office = memory.officeShare * ticksPerDay
  const officeTick = Math.floor(office)
  const isOffice = tickOfDay === officeTick
  const every = params.accountsEveryDays
  return { isOffice, isAccountsTick: isOffice && (every === 1 || Math.floor(day) % every === Math.floor((office - officeTick) * every)) }
}

/** Watches the market, orders hardware when the outlook clears the hurdle, and buys the stake and registers when it is there. */
const outside = (turn: ProviderTurn, { isOffice, isAccountsTick }: Rota): Decision<Memory> => {
  const { self, params, world, memory } = turn
  const books = () => (isAccountsTick ? accounts(turn, 1).actions : [])
  if (isDefaulted(self, world)) return { memory, actions: [...claimRewards(turn, isAccountsTick).actions, ...books()] }
  if (!isOffice && world.now.tick > 1) return { memory, actions: [] }
  const stakeWei = toWei(world.rules.registry.stakeTokensPerGpu * params.gpuCount)
  const ownWei = world.ledger.token.balanceWei.get(self) ?? 0n
  const isFounder = world.now.tick === 1 && ownWei >= stakeWei
  const enter: ReadonlyArray<Action> = [
    { kind: "registry.register", gpuCount: params.gpuCount, stakeWei },
    ...buyOnCredit(self, world, loanUsd(turn)),
  ]
  if (isFounder) return { memory: entered(turn), actions: enter }
  if (!isOffice) return { memory, actions: [] }
  if (world.now.day < (params.fromDay ?? 0)) return { memory, actions: books() }

  const join = (known: Memory): Decision<Memory> =>
    ownWei >= stakeWei ? { memory: entered(turn), actions: enter } : { memory: known, actions: buyStake(turn, stakeWei - ownWei) }
  // What has been ordered comes, whatever the market has done since.
  if (memory.arrivesDay !== undefined) return world.now.day < memory.arrivesDay ? { memory, actions: books() } : join(memory)

  const isBought = world.ledger.lending.loans.has(self)
  const instalmentUsd = isBought ? 0 : instalmentUsdPerDay(world.rules.lending, loanUsd(turn))
  const profitUsdPerDay = smooth(turn, expectedProfitUsdPerDay(turn) - instalmentUsd)
  const isWorthIt = profitUsdPerDay > params.hurdleShare * costUsdPerDay(turn, expectedUtilisation(turn))
  if (!isWorthIt) return { memory: { ...memory, profitUsdPerDay }, actions: books() }
  if (params.procurementDays === 0) return join({ ...memory, profitUsdPerDay })
  return { memory: { ...memory, profitUsdPerDay, arrivesDay: world.now.day + params.procurementDays }, actions: books() }
}

/** Runs the machines; once a day thinks about price and staying, and does the accounts when they are due. */
const inside = (turn: ProviderTurn, { isOffice, isAccountsTick }: Rota): Decision<Memory> => {
  const { self, params, world } = turn
  const claim = claimRewards(turn, isAccountsTick)
  const memory =
    isOffice || claim.dueDay !== turn.memory.claimDueDay
      ? { ...(isOffice ? review(turn) : turn.memory), claimDueDay: claim.dueDay }
      : turn.memory
  const site = world.sites.get(self)
  const busyGpus = site?.busyGpus ?? 0
  const isIdle = memory.isLeaving && busyGpus === 0
  // Who owes the lender may switch off and stop paying, but not leave.
  if (isIdle && !owes(self, world)) {
    return {
      memory: { ...memory, isLeaving: false, leavesDay: undefined, claimDueDay: undefined },
      // Nobody comes back for what is left unclaimed.
      actions: [...claimWork(turn), ...(claim.isDue || isUnclaimed(turn) ? [claimAction] : []), { kind: "registry.requestExit" }],
    }
  }
  const { plan, use } = hasChoices(params) && !memory.isLeaving ? chosenPlan(turn, memory, busyGpus) : steadyPlan(turn, memory, isIdle)
  const books = isAccountsTick ? accounts(turn, params.sellShare) : undefined
  const isSame = use === memory.use && (books === undefined || books.addedUsd === 0)
  return {
    memory: isSame ? memory : { ...memory, use, addedUsd: memory.addedUsd + (books?.addedUsd ?? 0) },
    plan,
    actions: [...claimWork(turn), ...claim.actions, ...(books?.actions ?? [])],
  }
}

/** Rewards that wait for the accounts of a provider that does them more rarely than every day. */
const isUnclaimed = ({ self, params, world }: ProviderTurn): boolean =>
  params.accountsEveryDays > 1 && (world.ledger.rewards.accruedWei.get(self) ?? 0n) > 0n

interface Planned {
  readonly plan: SitePlan
  readonly use: UseMemory
}

const planOf = (turn: ProviderTurn, memory: Memory, gpusOn: number, gpusOffered: number, gpusPaid: number): SitePlan => ({
  gpu: turn.params.gpu,
  gpusOn,
  gpusOffered,
  askUsdPerGpuHour: memory.askUsdPerGpuHour,
  floorUsdPerGpuHour: powerFloorUsdPerGpuHour(turn),
  region: turn.params.region,
  usdPerKwh: usdPerKwh(turn),
  hardwareUsdPerHour: gpusPaid * hardwareUsdPerGpuHour(turn),
  ...siting(turn, gpusOn),
  ...(turn.params.guessedShare === undefined ? {} : { guessedShare: turn.params.guessedShare }),
})

/** Where devices stand, and what is said of them. */
const siting = ({ params, world, memory }: ProviderTurn, gpusOn: number): Partial<SitePlan> => {
  const profile = world.gpus.get(params.gpu)!
  if (profile.device === undefined) return {}
  const { place, claimedPlace } = standsIn(params, memory.placeDraws, profile, world)
  return {
    ...(place === undefined ? {} : { region: place }),
    ...(claimedPlace === undefined || claimedPlace === place ? {} : { claimedRegion: claimedPlace }),
    ...(params.phantomShare === 0 || memory.isLeaving ? {} : { claimedGpus: gpusOn + params.gpuCount - realGpus(params) }),
  }
}

/** All machines are on for the network. */
const steadyPlan = (turn: ProviderTurn, memory: Memory, isIdle: boolean): Planned => {
  const gpusOn = isIdle ? 0 : realGpus(turn.params)
  return { plan: planOf(turn, memory, gpusOn, memory.isLeaving ? 0 : gpusOn, gpusOn), use: memory.use }
}

/** The machines that no job has go where they bring most in this tick; all are paid for. */
const chosenPlan = (turn: ProviderTurn, memory: Memory, busyGpus: number): Planned => {
  const { params, world, rng } = turn
  const { tickOfDay, hours } = world.now
  const gpus = realGpus(params)
  const chosen = chooseUse(params, {
    memory: memory.use,
    profile: profileOf(turn),
    region: world.regions.get(params.region)!,
    usdPerKwh: usdPerKwh(turn),
    utcHour: tickOfDay * hours,
    hours,
    rng,
  })
  const isOffered = chosen.use === "network"
  const free = isOffered || chosen.use === "off" ? 0 : Math.max(0, gpus - busyGpus)
  const asideUsdPerHour = free * chosen.marginUsd
  const on = isOffered ? gpus : 0
  const plan = planOf(turn, memory, on, on, gpus)
  return {
    plan:
      chosen.use === "mining" || chosen.use === "ownUse"
        ? { ...plan, aside: { use: chosen.use, gpus: free, usdPerHour: asideUsdPerHour } }
        : plan,
    use: {
      ...memory.use,
      isWanted: chosen.isWanted,
      hours: memory.use.hours + hours,
      offeredHours: memory.use.offeredHours + (isOffered ? hours : 0),
      asideUsd: memory.use.asideUsd + asideUsdPerHour * hours,
      forgoneUsd: memory.use.forgoneUsd + (isOffered ? gpus * chosen.elsewhereUsd * hours : 0),
    },
  }
}

const entered = (turn: ProviderTurn): Memory => {
  const askUsdPerGpuHour = firstAsk(turn)
  const busyShare = expectedUtilisation(turn)
  return {
    ...turn.memory,
    askUsdPerGpuHour,
    profitUsdPerDay: turn.params.hurdleShare * costUsdPerDay(turn, busyShare),
    stakeWei: toWei(turn.world.rules.registry.stakeTokensPerGpu * turn.params.gpuCount),
    isLeaving: false,
    arrivesDay: undefined,
    leavesDay: undefined,
    onGpuHours: turn.world.sites.get(turn.self)?.onGpuHours ?? 0,
    busyGpuHours: turn.world.sites.get(turn.self)?.busyGpuHours ?? 0,
    pricedUsd: turn.world.sites.get(turn.self)?.pricedUsd ?? 0,
    use: hasChoices(turn.params)
      ? { ...turn.memory.use, ...noUse, busyShare, offerUsdPerGpuHour: offerUsdPerGpuHour(turn, busyShare, askUsdPerGpuHour) }
      : noUse,
  }
}

/** Once a day: learns from yesterday's profit, moves the price toward full use, and decides to stay or to go. */
const review = (turn: ProviderTurn): Memory => {
  const { self, world, params, memory, rng } = turn
  const site = world.sites.get(self)
  if (site === undefined) return memory
  const onHours = site.onGpuHours - memory.onGpuHours
  const busyHours = site.busyGpuHours - memory.busyGpuHours
  const busyShare = onHours > 0 ? busyHours / onHours : 0
  const stakeWei = world.ledger.registry.providers.get(self)?.stakeWei ?? 0n
  const slashedUsd = fromWei(maxBigint(memory.stakeWei - stakeWei, 0n)) * world.meanUsdPerToken
  // Where the market sets the price, the ask is not what jobs bring.
  const paidUsdPerGpuHour =
    world.hasMarketPrices && busyHours > 0 ? (site.pricedUsd - memory.pricedUsd) / busyHours : memory.askUsdPerGpuHour
  const { offeredShare, elsewhereUsdPerDay } = sinceReview(turn)
  const realisedUsd =
    incomeUsdPerDay(turn, busyHours, paidUsdPerGpuHour, offeredShare) +
    elsewhereUsdPerDay -
    costUsdPerDay(turn, busyShare, offeredShare) -
    slashedUsd
  const profitUsdPerDay = smooth(turn, realisedUsd)
  const wantsToLeave = profitUsdPerDay < 0
  const leavesDay = wantsToLeave ? (memory.leavesDay ?? world.now.day + params.noticeDays) : undefined
  const step = rng("ask").uniform() * params.askStepShare
  // A price that nobody was shown says nothing about demand.
  const askUsdPerGpuHour = offeredShare > 0 ? nextAsk(turn, busyShare, step) : firstAsk(turn)
  return {
    ...memory,
    profitUsdPerDay,
    isLeaving: leavesDay !== undefined && world.now.day >= leavesDay,
    leavesDay,
    askUsdPerGpuHour,
    stakeWei,
    onGpuHours: site.onGpuHours,
    busyGpuHours: site.busyGpuHours,
    pricedUsd: site.pricedUsd,
    use: hasChoices(params) ? nextUse(turn, offeredShare > 0 ? busyShare : undefined, askUsdPerGpuHour) : memory.use,
  }
}

/**
 * The part of the time since the last review in which the network had the machines, and what they brought elsewhere. Those that are there anyway
 * would have brought as much without the network, and more by what was forgone for it.
 */
const sinceReview = ({ memory, params }: ProviderTurn): { readonly offeredShare: number; readonly elsewhereUsdPerDay: number } => {
  const { hours, offeredHours, asideUsd, forgoneUsd } = memory.use
  if (hours === 0) return { offeredShare: 1, elsewhereUsdPerDay: 0 }
  const elsewhereUsd = params.capex?.isOwned === true ? -forgoneUsd : asideUsd
  return { offeredShare: offeredHours / hours, elsewhereUsdPerDay: (elsewhereUsd * HOURS_PER_DAY) / hours }
}

/** What it believes of the network until the next review: halfway between its own day, if it had one, and its class. */
const nextUse = (turn: ProviderTurn, ownBusyShare: number | undefined, askUsdPerGpuHour: number): UseMemory => {
  const classShare = expectedUtilisation(turn)
  const busyShare = ((ownBusyShare ?? classShare) + classShare) / 2
  return {
    isWanted: turn.memory.use.isWanted,
    offerUsdPerGpuHour: offerUsdPerGpuHour(turn, busyShare, askUsdPerGpuHour),
    busyShare,
    hours: 0,
    offeredHours: 0,
    asideUsd: 0,
    forgoneUsd: 0,
  }
}

const loanUsd = ({ params }: ProviderTurn): number => params.debtUsdPerGpu * params.gpuCount

/** In the first tick of an epoch: what was done in the last one, and what the phantoms would have done. */
const claimWork = (turn: ProviderTurn): ReadonlyArray<Action> => {
  const { self, params, world } = turn
  const { epoch, tickOfEpoch, epochHours } = world.now
  if (tickOfEpoch !== 0 || world.work.epoch !== epoch - 1) return []
  const done = world.work.doneMillis.get(self)
  if (done === undefined) return []
  const phantomGpus = params.gpuCount - realGpus(params)
  const scale = world.work.scales.get(self) ?? 1
  const workMillis = done + toMillis(phantomGpus * epochHours * ratedWorkHours(profileOf(turn)) * scale)
  const rewardUsd = fromMillis(workMillis) * rewardUsdPerWorkHour(world)
  const isWorthIt = world.gas.feeUsd("oracle.claimWork") <= params.heartbeatFeeShareMax * rewardUsd
  return workMillis > 0n && isWorthIt ? [{ kind: "oracle.claimWork", epoch: epoch - 1, workMillis }] : []
}

const withdrawStake = ({ self, world }: ProviderTurn): ReadonlyArray<Action> => {
  const unbondsAtSeconds = world.ledger.registry.providers.get(self)?.unbondsAtSeconds ?? 0
  return world.now.timestampSeconds >= unbondsAtSeconds ? [{ kind: "registry.withdraw" }] : []
}
