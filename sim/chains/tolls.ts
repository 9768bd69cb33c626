import { usualTipWei } from "../agent.ts"
import { sumOf } from "../facts.ts"
import { type Meter, noUse, over, plus } from "../fees/meter.ts"
import type { Action, Receipt } from "../ledger.ts"
import { grossMicros } from "../protocols/market.ts"
import { fromYoctos, toMicros, toMicrosUp, YOCTOS_PER_MICRO } from "../units.ts"
import {
  type AllParams,
  allParams,
  type ChainMarkets,
  type ChainName,
  chainNames,
  fixedUsdPerDay,
  openMarkets,
  type Params,
  priceLists,
  stepMarkets,
  underPressure,
} from "./index.ts"
import type { PriceList, Tide } from "./chainKind.ts"

type ByChain<A> = Readonly<Record<ChainName, A>>

/** What one kind of action took so far, all of its transactions together. */
interface Use {
  readonly sum: Meter
  readonly count: bigint
}

/** What transactions cost on each kind of chain, in yocto-dollars. */
interface Bill {
  readonly all: ByChain<bigint>
  /** Those that a job needs: its escrow, and the claim of what its provider earned. */
  readonly ofJobs: ByChain<bigint>
  readonly gas: bigint
  readonly gasOfJobs: bigint
  /** What buyers paid for jobs, finished or in part, in micro-dollars. */
  readonly jobMicros: bigint
}

/** What the scenario's chain asks for transactions, what each agent owes for them, and what they would cost elsewhere. */
export interface Tolls {
  readonly chain: ChainName
  readonly params: AllParams
  readonly markets: ChainMarkets
  readonly prices: ByChain<PriceList>
  /** Gas of the tick before. */
  readonly ownGas: bigint
  readonly uses: ReadonlyMap<Action["kind"], Use>
  /** Charged in the last tick, and not yet paid by each account, in micro-dollars. */
  readonly chargedMicros: ReadonlyMap<string, bigint>
  readonly owedMicros: ReadonlyMap<string, bigint>
  /** Of the last tick, and of all. */
  readonly tick: Bill
  readonly total: Bill
}

const each = <A>(of: (name: ChainName) => A): ByChain<A> =>
  Object.fromEntries(chainNames.map((name) => [name, of(name)])) as Record<ChainName, A>

const noBill: Bill = { all: each(() => 0n), ofJobs: each(() => 0n), gas: 0n, gasOfJobs: 0n, jobMicros: 0n }

/** Nothing where gas is free. */
export const openTolls = (chosen: Params): Tolls | undefined => {
  if (chosen.kind === "free") return undefined
  const params = allParams(chosen)
  return {
    chain: chosen.kind,
    params,
    markets: openMarkets(params),
    prices: each(() => () => 0n),
    ownGas: 0n,
    uses: new Map(),
    chargedMicros: new Map(),
    owedMicros: new Map(),
    tick: noBill,
    total: noBill,
  }
}

/** Others' demand moves on, times a factor, and the chains set the prices of the tick. */
export const stepTolls = (tolls: Tolls, tide: Omit<Tide, "ownGas">, tokenMicros: bigint, gasFactor = 1): Tolls => {
  const params = gasFactor === 1 ? tolls.params : underPressure(tolls.params, gasFactor)
  const markets = stepMarkets(params, tolls.markets, { ...tide, ownGas: tolls.ownGas })
  return { ...tolls, markets, prices: priceLists(tolls.params, markets, tokenMicros) }
}

const isOfJob = (kind: Action["kind"]): boolean =>
  kind.startsWith("market.") || kind.startsWith("disputes.") || kind.startsWith("batches.") || kind === "rewards.claim"

/**
 * Charges a tick's transactions to the agents that sent them, each rounded up to a micro-dollar; what the chain costs whoever uses it is
 * the treasury's. An on-ramp is the issuer's transaction, and gas is paid in passing, without one.
 */
export const charge = (tolls: Tolls, receipts: ReadonlyArray<Receipt>, agents: ReadonlySet<string>, days: number): Tolls => {
  const charged = new Map<string, bigint>()
  const uses = new Map(tolls.uses)
  const all = { ...noBill.all }
  const ofJobs = { ...noBill.ofJobs }
  let [gas, gasOfJobs] = [0n, 0n]
  const bill = (account: string, micros: bigint) => charged.set(account, (charged.get(account) ?? 0n) + micros)
  for (const { order, meter } of receipts) {
    const { agent, action, tipWei } = order
    const isPassing = action.kind === "dollar.onRamp" || (action.kind === "dollar.redeem" && action.purpose === "gas")
    const isDispatcher = action.kind === "batches.debit" || action.kind === "batches.close"
    if (meter === undefined || isPassing || !(agents.has(agent) || isDispatcher)) continue
    const { sum, count } = uses.get(action.kind) ?? { sum: noUse, count: 0n }
    uses.set(action.kind, { sum: plus(sum, meter), count: count + 1n })
    gas += meter.gasUsed
    if (isOfJob(action.kind)) gasOfJobs += meter.gasUsed
    for (const name of chainNames) {
      const yoctos = tolls.prices[name](meter, tipWei)
      all[name] += yoctos
      if (isOfJob(action.kind)) ofJobs[name] += yoctos
      if (name === tolls.chain) bill(isDispatcher ? "treasury" : agent, toMicrosUp(yoctos))
    }
  }
  for (const name of chainNames) {
    const micros = toMicros(fixedUsdPerDay(tolls.params, name) * days)
    all[name] += micros * YOCTOS_PER_MICRO
    if (name === tolls.chain && micros > 0n) bill("treasury", micros)
  }
  const jobMicros =
    sumOf(receipts, "market.completed", grossMicros) +
    sumOf(receipts, "market.released", grossMicros) +
    sumOf(receipts, "disputes.paid", grossMicros) +
    sumOf(receipts, "batches.debited", (fact) => fact.amountMicros)
  const tick: Bill = { all, ofJobs, gas, gasOfJobs, jobMicros }
  return {
    ...tolls,
    uses,
    ownGas: gas,
    chargedMicros: charged,
    owedMicros: owed(tolls.owedMicros, charged, receipts),
    tick,
    total: sumBills(tolls.total, tick),
  }
}

const owed = (before: Tolls["owedMicros"], charged: ReadonlyMap<string, bigint>, receipts: ReadonlyArray<Receipt>): Tolls["owedMicros"] => {
  const next = new Map(before)
  const add = (account: string, micros: bigint) => next.set(account, (next.get(account) ?? 0n) + micros)
  for (const [account, micros] of charged) add(account, micros)
  for (const { facts } of receipts)
    for (const fact of facts) if (fact.kind === "dollar.redeemed" && fact.purpose === "gas") add(fact.agent, -fact.amountMicros)
  return next
}

const sumBills = (a: Bill, b: Bill): Bill => ({
  all: each((name) => a.all[name] + b.all[name]),
  ofJobs: each((name) => a.ofJobs[name] + b.ofJobs[name]),
  gas: a.gas + b.gas,
  gasOfJobs: a.gasOfJobs + b.gasOfJobs,
  jobMicros: a.jobMicros + b.jobMicros,
})

/**
 * The part of the price of all jobs so far that fees took, or would have taken; NaN before the first is paid. Of what a chain costs
 * whoever uses it, jobs bear their part of the gas.
 */
export const shareOfJobPrice = ({ params, total }: Tolls, name: ChainName, days: number): number => {
  const fixedUsd = total.gas === 0n ? 0 : (fixedUsdPerDay(params, name) * days * Number(total.gasOfJobs)) / Number(total.gas)
  return total.jobMicros === 0n ? NaN : (fromYoctos(total.ofJobs[name]) + fixedUsd) / (Number(total.jobMicros) / 1e6)
}

/** What agents know of fees. */
export interface GasDesk {
  /** What such an action has taken so far on average, at the prices of this tick; 0 before the first of its kind. */
  readonly feeUsd: (kind: Action["kind"], tipWei?: bigint) => number
}

export const freeGas: GasDesk = { feeUsd: () => 0 }

export const gasDesk = (tolls: Tolls | undefined): GasDesk =>
  tolls === undefined
    ? freeGas
    : {
        feeUsd: (kind, tipWei = usualTipWei) => {
          const use = tolls.uses.get(kind)
          return use === undefined ? 0 : fromYoctos(tolls.prices[tolls.chain](over(use.sum, use.count), tipWei))
        },
      }
