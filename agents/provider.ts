import { buyOnCredit, instalmentMicros, isDefaulted, owes, payInstalment } from "./hardwareLoan.ts"
import { agentKind, type Decision, type Params, type Turn } from "../sim/agent.ts"
import { Id } from "../sim/id.ts"
import type { Action } from "../sim/ledger.ts"
import { noBill } from "../sim/markets/bills.ts"
import type { SitePlan } from "../sim/jobs/site.ts"
import { ratedWorkHours } from "../sim/jobs/work.ts"
import { clamp, exp, ln } from "../sim/maths.ts"
import { jobKinds } from "../sim/jobs/kinds/index.ts"
import { type Profile, rateOf } from "../sim/profile.ts"
import { instalmentUsdPerDay } from "../sim/protocols/lending.ts"
import { firstEmissionTokens } from "../sim/protocols/emissions/index.ts"
import { providerShare } from "../sim/protocols/burn.ts"
import { cost, proceeds } from "../sim/protocols/tax.ts"
import { count, drawn, or, quantity } from "../sim/quantity.ts"
import { fromMicros, fromMillis, fromWei, HOURS_PER_DAY, maxBigint, minBigint, toMicros, toMillis, toWei } from "../sim/units.ts"
import type { World } from "../sim/world.ts"

const fields = {
  gpu: Id,
  gpuCount: count("GPUs of each provider", { unit: "GPUs", min: 1, max: 10_000 }),
  region: Id,
  energyPriceFactor: drawn("Own contract price of electricity, relative to the region", { unit: "times", min: 0.01, max: 100 }).pipe(or(1)),
  hardwareUsdPerGpuHour: drawn("Depreciation, financing and hosting of one GPU", { unit: "USD per GPU hour", min: 0, max: 1_000 }),
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
  phantomShare: quantity("Share of the claimed GPUs that do not exist", { unit: "share", min: 0, max: 1 }).pipe(or(0)),
}

interface Memory {
  readonly askUsdPerGpuHour: number
  /** Smoothed profit: expected while outside, realised while inside. */
  readonly profitUsdPerDay: number
  /** When in the day this provider does its accounts, as a share of the day. */
  readonly officeShare: number
  readonly isLeaving: boolean
  /** The day on which a claim of rewards was due and is not made yet. */
  readonly claimDueDay: number | undefined
  readonly stakeWei: bigint
  /** What the owner has added to pay instalments. */
  readonly addedUsd: number
  readonly onGpuHours: number
  readonly busyGpuHours: number
}

type ProviderTurn = Turn<Params<typeof fields>, Memory>

/** Margin over the cost of power below which a machine is better idle. */
const powerMargin = 1.1
const busyShareHigh = 0.75
const busyShareLow = 0.5
const dustUsd = 1
const reserveDays = 7

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
    isLeaving: false,
    claimDueDay: undefined,
    stakeWei: 0n,
    addedUsd: 0,
    onGpuHours: 0,
    busyGpuHours: 0,
  }),
  decide: (turn): Decision<Memory> => {
    const { self, world } = turn
    const { tickOfDay, ticksPerDay } = world.now
    const isOffice = tickOfDay === Math.floor(turn.memory.officeShare * ticksPerDay)
    switch (world.ledger.registry.providers.get(self)?.status ?? "absent") {
      case "absent":
        return outside(turn, isOffice)
      case "active":
        return inside(turn, isOffice)
      case "unbonding":
        return { memory: turn.memory, actions: [...withdrawStake(turn), ...(isOffice ? accounts(turn, 1).actions : [])] }
    }
  },
})

/** Watches the market, and buys the stake and registers when the outlook clears the hurdle. */
const outside = (turn: ProviderTurn, isOffice: boolean): Decision<Memory> => {
  const { self, params, world, memory } = turn
  const stakeWei = toWei(world.rules.registry.stakeTokensPerGpu * params.gpuCount)
  const ownWei = world.ledger.token.balanceWei.get(self) ?? 0n
  const isFounder = world.now.tick === 1 && ownWei >= stakeWei
  if (isDefaulted(self, world)) return { memory, actions: [...claimRewards(turn).actions, ...(isOffice ? accounts(turn, 1).actions : [])] }
  const enter: ReadonlyArray<Action> = [
    { kind: "registry.register", gpuCount: params.gpuCount, stakeWei },
    ...buyOnCredit(self, world, loanUsd(turn)),
  ]
  if (isFounder) return { memory: entered(turn), actions: enter }
  if (!isOffice) return { memory, actions: [] }

  const isOwned = world.ledger.lending.loans.has(self)
  const instalmentUsd = isOwned ? 0 : instalmentUsdPerDay(world.rules.lending, loanUsd(turn))
  const profitUsdPerDay = smooth(turn, expectedProfitUsdPerDay(turn) - instalmentUsd)
  const isWorthIt = profitUsdPerDay > params.hurdleShare * costUsdPerDay(turn, expectedUtilisation(turn))
  if (!isWorthIt) return { memory: { ...memory, profitUsdPerDay }, actions: accounts(turn, 1).actions }
  if (ownWei >= stakeWei) return { memory: entered(turn), actions: enter }
  return { memory: { ...memory, profitUsdPerDay }, actions: buyStake(turn, stakeWei - ownWei) }
}

/** Runs the machines; once a day does the accounts and thinks about staying. */
const inside = (turn: ProviderTurn, isOffice: boolean): Decision<Memory> => {
  const { self, params, world } = turn
  const claim = claimRewards(turn)
  const memory = { ...(isOffice ? review(turn) : turn.memory), claimDueDay: claim.dueDay }
  const site = world.sites.get(self)
  const isIdle = memory.isLeaving && (site?.busyGpus ?? 0) === 0
  // Who owes the lender may switch off and stop paying, but not leave.
  if (isIdle && !owes(self, world)) {
    return {
      memory: { ...memory, isLeaving: false, claimDueDay: undefined },
      // Nobody comes back for what is left unclaimed.
      actions: [...claimWork(turn), ...(claim.isDue ? [claimAction] : []), { kind: "registry.requestExit" }],
    }
  }
  const gpusOn = isIdle ? 0 : realGpus(params)
  const plan: SitePlan = {
    gpu: params.gpu,
    gpusOn,
    gpusOffered: memory.isLeaving ? 0 : gpusOn,
    askUsdPerGpuHour: memory.askUsdPerGpuHour,
    usdPerKwh: usdPerKwh(turn),
    hardwareUsdPerHour: gpusOn * params.hardwareUsdPerGpuHour,
  }
  const books = isOffice ? accounts(turn, params.sellShare) : { actions: [], addedUsd: 0 }
  return {
    memory: { ...memory, addedUsd: memory.addedUsd + books.addedUsd },
    plan,
    actions: [...claimWork(turn), ...claim.actions, ...books.actions],
  }
}

const entered = (turn: ProviderTurn): Memory => ({
  ...turn.memory,
  askUsdPerGpuHour: firstAsk(turn),
  profitUsdPerDay: turn.params.hurdleShare * costUsdPerDay(turn, expectedUtilisation(turn)),
  stakeWei: toWei(turn.world.rules.registry.stakeTokensPerGpu * turn.params.gpuCount),
  isLeaving: false,
  onGpuHours: turn.world.sites.get(turn.self)?.onGpuHours ?? 0,
  busyGpuHours: turn.world.sites.get(turn.self)?.busyGpuHours ?? 0,
})

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
  const profitUsdPerDay = smooth(
    turn,
    incomeUsdPerDay(turn, busyHours, memory.askUsdPerGpuHour) - costUsdPerDay(turn, busyShare) - slashedUsd,
  )
  return {
    ...memory,
    profitUsdPerDay,
    isLeaving: profitUsdPerDay < 0,
    askUsdPerGpuHour: nextAsk(turn, busyShare, rng("ask").uniform() * params.askStepShare),
    stakeWei,
    onGpuHours: site.onGpuHours,
    busyGpuHours: site.busyGpuHours,
  }
}

const isWorthGas = ({ params, world }: ProviderTurn, kind: Action["kind"], usd: number): boolean =>
  world.gas.feeUsd(kind) <= params.feeShareMax * usd
const loanUsd = ({ params }: ProviderTurn): number => params.debtUsdPerGpu * params.gpuCount
const realGpus = ({ gpuCount, phantomShare }: ProviderTurn["params"]): number => Math.round(gpuCount * (1 - phantomShare))
const profileOf = ({ world, params }: ProviderTurn): Profile => world.gpus.get(params.gpu)!
const usdPerKwh = ({ world, params }: ProviderTurn): number => world.usdPerKwh.get(params.region)! * params.energyPriceFactor

const smooth = ({ memory, params }: ProviderTurn, today: number): number => {
  const keep = exp(-ln(2) / params.patienceDays)
  return memory.profitUsdPerDay * keep + today * (1 - keep)
}

/** Jobs at a price, and rewards for every GPU that is claimed, whether it exists or not. */
const incomeUsdPerDay = (turn: ProviderTurn, busyGpuHours: number, askUsdPerGpuHour: number): number => {
  const { world, params } = turn
  const jobs = busyGpuHours * askUsdPerGpuHour * providerShare(world.rules)
  const workHours = params.gpuCount * HOURS_PER_DAY * ratedWorkHours(profileOf(turn))
  return jobs + workHours * rewardUsdPerWorkHour(world)
}

/** The last epoch's going rate; before the first, the whole emission over the GPUs that are registered. */
const rewardUsdPerWorkHour = ({ pulse, rules, ledger, meanUsdPerToken, now }: World): number => {
  if (now.epoch > 1) return pulse.rewardTokensPerWorkHour * meanUsdPerToken
  const gpus = [...ledger.registry.providers.values()].reduce((sum, { gpuCount }) => sum + gpuCount, 0)
  return (firstEmissionTokens(rules.emissions, rules.token.genesisTokens) * meanUsdPerToken) / (Math.max(gpus, 1) * HOURS_PER_DAY)
}

/** Power, hardware, and the claim of an epoch's work. */
const costUsdPerDay = (turn: ProviderTurn, busyShare: number): number => {
  const { idleWatts, loadWatts } = profileOf(turn)
  const kilowatts = (idleWatts.value * (1 - busyShare) + loadWatts.value * busyShare) / 1000
  const heartbeatUsd = (turn.world.gas.feeUsd("oracle.claimWork") * HOURS_PER_DAY) / turn.world.now.epochHours
  return realGpus(turn.params) * HOURS_PER_DAY * (kilowatts * usdPerKwh(turn) + turn.params.hardwareUsdPerGpuHour) + heartbeatUsd
}

/** An outsider expects what its class gets now, less the share that its own GPUs would take from it. */
const expectedUtilisation = (turn: ProviderTurn): number => {
  const stats = turn.world.pulse.classes.get(turn.params.gpu)
  if (stats === undefined) return busyShareLow
  return (stats.utilisation * stats.gpusOn) / (stats.gpusOn + realGpus(turn.params))
}

const expectedProfitUsdPerDay = (turn: ProviderTurn): number => {
  const utilisation = expectedUtilisation(turn)
  const ask = turn.world.pulse.classes.get(turn.params.gpu)?.askUsdPerGpuHour ?? firstAsk(turn)
  const busyGpuHours = utilisation * realGpus(turn.params) * HOURS_PER_DAY
  return incomeUsdPerDay(turn, busyGpuHours, ask) - costUsdPerDay(turn, utilisation)
}

/** What a cloud takes for the kind of work that this GPU does best. */
const cloudUsdPerGpuHour = (turn: ProviderTurn): number => {
  const profile = profileOf(turn)
  const prices = jobKinds.map((kind) => turn.world.cloudUsdPerWorkHour[kind] * (rateOf(profile, kind) ?? 0))
  return Math.max(...prices.filter(Number.isFinite))
}

const powerUsdPerGpuHour = (turn: ProviderTurn): number => (profileOf(turn).loadWatts.value / 1000) * usdPerKwh(turn)

/** Newcomers price at the going rate of their class; the first of a class prices below the cloud. */
const firstAsk = (turn: ProviderTurn): number =>
  turn.world.pulse.classes.get(turn.params.gpu)?.askUsdPerGpuHour ?? cloudUsdPerGpuHour(turn) * (1 - turn.params.askDiscountShare)

const nextAsk = (turn: ProviderTurn, busyShare: number, stepShare: number): number => {
  const direction = busyShare > busyShareHigh ? 1 : busyShare < busyShareLow ? -1 : 0
  const floor = powerUsdPerGpuHour(turn) * powerMargin
  return clamp(turn.memory.askUsdPerGpuHour * (1 + direction * stepShare), floor, Math.max(floor, cloudUsdPerGpuHour(turn)))
}

/** In the first tick of an epoch: what was done in the last one, and what the phantoms would have done. */
const claimWork = (turn: ProviderTurn): ReadonlyArray<Action> => {
  const { self, params, world } = turn
  const { epoch, tickOfEpoch, epochHours } = world.now
  if (tickOfEpoch !== 0 || world.work.epoch !== epoch - 1) return []
  const done = world.work.doneMillis.get(self)
  if (done === undefined) return []
  const phantomGpus = params.gpuCount - realGpus(params)
  const workMillis = done + toMillis(phantomGpus * epochHours * ratedWorkHours(profileOf(turn)))
  const rewardUsd = fromMillis(workMillis) * rewardUsdPerWorkHour(world)
  const isWorthIt = world.gas.feeUsd("oracle.claimWork") <= params.heartbeatFeeShareMax * rewardUsd
  return workMillis > 0n && isWorthIt ? [{ kind: "oracle.claimWork", epoch: epoch - 1, workMillis }] : []
}

const claimAction: Action = { kind: "rewards.claim" }

interface Claim {
  readonly isDue: boolean
  readonly actions: ReadonlyArray<Action>
  readonly dueDay: number | undefined
}

/** Due at the end of an epoch; made when the fee is a small enough part of it, or after the longest wait. */
const claimRewards = (turn: ProviderTurn): Claim => {
  const { self, params, world, memory } = turn
  const accruedWei = world.ledger.rewards.accruedWei.get(self) ?? 0n
  const dueDay = memory.claimDueDay ?? (world.now.isEpochEnd ? world.now.day : undefined)
  if (accruedWei === 0n || dueDay === undefined) return { isDue: false, actions: [], dueDay: undefined }
  const isCheap = isWorthGas(turn, "rewards.claim", fromWei(accruedWei) * world.meanUsdPerToken)
  const isLate = world.now.day - dueDay >= params.claimWaitDays
  return isCheap || isLate ? { isDue: true, actions: [claimAction], dueDay: undefined } : { isDue: true, actions: [], dueDay }
}

const withdrawStake = ({ self, world }: ProviderTurn): ReadonlyArray<Action> => {
  const unbondsAtSeconds = world.ledger.registry.providers.get(self)?.unbondsAtSeconds ?? 0
  return world.now.timestampSeconds >= unbondsAtSeconds ? [{ kind: "registry.withdraw" }] : []
}

interface Accounts {
  readonly actions: ReadonlyArray<Action>
  /** From the owner's pocket, for the lender. */
  readonly addedUsd: number
}

/**
 * Pays what is due, topping up from the owner's pocket, without limit but for instalments; sells tokens for the next bills and by taste; takes
 * home what is left over. While the machines run, a bill that is too small for its gas grows, and the money for it is kept.
 */
const accounts = (turn: ProviderTurn, sellShare: number): Accounts => {
  const { self, params, memory, world } = turn
  const bill = world.bills.get(self) ?? noBill
  const isRunning = world.ledger.registry.providers.get(self)?.status === "active"
  const payable = (micros: bigint) => (!isRunning || isWorthGas(turn, "dollar.redeem", fromMicros(micros)) ? micros : 0n)
  const [energyMicros, hardwareMicros] = [payable(bill.energyMicros), payable(bill.hardwareMicros)]
  const due = energyMicros + hardwareMicros
  const owed = bill.energyMicros + bill.hardwareMicros
  const cash = world.ledger.dollar.balanceMicros.get(self) ?? 0n
  const actions: Action[] = []
  if (due > cash) actions.push({ kind: "dollar.onRamp", amountMicros: due - cash, purpose: "capital" })
  if (energyMicros > 0n) actions.push({ kind: "dollar.redeem", amountMicros: energyMicros, purpose: "energy" })
  if (hardwareMicros > 0n) actions.push({ kind: "dollar.redeem", amountMicros: hardwareMicros, purpose: "hardware" })

  const instalment = instalmentMicros(self, world)
  const paid = payInstalment(instalment, maxBigint(cash - owed, 0n), params.pocketUsd - memory.addedUsd)
  actions.push(...paid.actions)

  const left = maxBigint(cash - owed - (paid.actions.length > 0 ? instalment : 0n), 0n)
  const next = owed + instalment
  const spare = left - next * BigInt(reserveDays)
  if (spare > 0n && isWorthGas(turn, "dollar.redeem", fromMicros(spare)))
    actions.push({ kind: "dollar.redeem", amountMicros: spare, purpose: "withdrawal" })

  const tokens = world.ledger.token.balanceWei.get(self) ?? 0n
  const wanted = toWei(fromWei(tokens) * sellShare)
  const needed = left < next ? (cost(world.ledger, "token", next - left) ?? tokens) : 0n
  const sold = minBigint(tokens, maxBigint(wanted, needed))
  const quoted = proceeds(world.ledger, "token", sold)
  if (fromMicros(quoted) >= dustUsd && isWorthGas(turn, "pool.swap", fromMicros(quoted)))
    actions.push({ kind: "pool.swap", sell: "token", amountIn: sold, amountOutMin: worst(quoted, params.slippageShareMax) })
  return { actions, addedUsd: paid.addedUsd }
}

/** Brings dollars and buys the missing stake in the pool. */
const buyStake = ({ self, params, world }: ProviderTurn, missingWei: bigint): ReadonlyArray<Action> => {
  const price = cost(world.ledger, "dollar", missingWei)
  if (price === undefined) return []
  const pay = toMicros(fromMicros(price) * (1 + params.slippageShareMax))
  const cash = world.ledger.dollar.balanceMicros.get(self) ?? 0n
  const topUp: ReadonlyArray<Action> = pay > cash ? [{ kind: "dollar.onRamp", amountMicros: pay - cash, purpose: "capital" }] : []
  return [...topUp, { kind: "pool.swap", sell: "dollar", amountIn: pay, amountOutMin: missingWei }]
}

const worst = (amount: bigint, slippageShare: number): bigint => (amount * BigInt(Math.round((1 - slippageShare) * 10_000))) / 10_000n
