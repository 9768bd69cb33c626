import { type Actor, isCheating, isWavering } from "./actor.ts"
import type { PredationLedger } from "./adversaries/predationLedger.ts"
import { noWashBook, type WashLedger, washSpentUsd } from "./adversaries/washLedger.ts"
import { type Book, type Books, gasArrearsUsd, profitUsd } from "./books.ts"
import type { LedgerView } from "./ledger.ts"
import type { Bill } from "./markets/bills.ts"
import type { Capex } from "./markets/hardware.ts"
import type { Profile } from "./profile.ts"
import { plus, toUsd } from "./liquidity/amounts.ts"
import { type LpLedger, noParts, sumParts } from "./liquidity/lpLedger.ts"
import { standing } from "./liquidity/rangeChanges.ts"
import { poolHolding } from "./poolHolding.ts"
import { paybackYears, providerReturn, roiPerYear } from "./providerReturn.ts"
import { graphWei } from "./protocols/graph.ts"
import { usdPerShare } from "./protocols/pool.ts"
import { fromMicros, fromWei, usdPerToken } from "./units.ts"

/** What became of one agent by the end of a run; the columns depend on its role. Tokens at the pool's last price. */
export interface AgentOutcome {
  readonly id: string
  readonly kind: string
  readonly role: Actor["agent"]["role"]
  readonly group: string
  readonly gpu?: string
  readonly values: Readonly<Record<string, number>>
}

export const agentOutcome = (actor: Actor, book: Book, ledgers: Ledgers): AgentOutcome => {
  const { id, kind, group, agent, params } = actor
  const gpu = params["gpu"]
  return {
    id,
    kind,
    role: agent.role,
    group,
    ...(typeof gpu === "string" ? { gpu } : {}),
    values: {
      ...valuesByRole[agent.role](actor, book, ledgers),
      gasUsd: book.gasUsd,
      gasArrearsUsd: gasArrearsUsd(book),
      reverts: book.reverts,
    },
  }
}

export interface Ledgers {
  readonly liquidity: LpLedger
  readonly wash: WashLedger
  readonly predation: PredationLedger
  readonly actors: ReadonlyArray<Actor>
  readonly books: Books
  readonly opening: LedgerView
  readonly final: LedgerView
  readonly bills: ReadonlyMap<string, Bill>
  readonly gpus: ReadonlyMap<string, Profile>
}

type Values = (actor: Actor, book: Book, ledgers: Ledgers) => Readonly<Record<string, number>>

/** What hardware on credit came to. */
const lendingValues = (id: string, book: Book, { lending }: LedgerView): Readonly<Record<string, number>> => {
  const loan = lending.loans.get(id)
  if (loan === undefined) return {}
  return {
    debtServiceUsd: book.debtServiceUsd,
    debtUsd: fromMicros(loan.principalMicros),
    isDefaulted: loan.isDefaulted ? 1 : 0,
  }
}

/** What became of hardware whose price is known; no payback where it never comes. */
const returnValues = (actor: Actor, book: Book, { bills, gpus }: Ledgers): Readonly<Record<string, number>> => {
  const own = providerReturn(actor, book, bills.get(actor.id), gpus)
  if (own === undefined) return {}
  const { years, residualShare, isOwned } = actor.params["capex"] as Capex
  const payback = own.years > 0 ? paybackYears(own) : undefined
  return {
    capexUsd: own.capexUsd,
    lifeYears: years,
    residualShare,
    isOwned: isOwned ? 1 : 0,
    energyPriceFactor: Number(actor.params["energyPriceFactor"]),
    hostingUsdPerGpuHour: Number(actor.params["hardwareUsdPerGpuHour"]),
    miningUsd: book.miningUsd,
    ownUseUsd: book.ownUseUsd,
    ...(own.years > 0 ? { operatingUsdPerYear: own.operatingUsd / own.years, roiPerYear: roiPerYear(own) } : {}),
    ...(payback === undefined ? {} : { paybackYears: payback }),
  }
}

/** What selling below cost took, and what it had from all other days. */
const predationValues = (id: string, { predation }: Ledgers): Readonly<Record<string, number>> => {
  const own = predation.get(id)
  return own === undefined ? {} : { spentUsd: own.spentUsd, gainedUsd: own.gainedUsd }
}

const providerValues: Values = (actor, book, ledgers) => ({
  profitUsd: profitUsd(book),
  profitUsdPerGpuDay: book.activeDays > 0 ? profitUsd(book) / (Number(actor.params["gpuCount"]) * book.activeDays) : 0,
  jobRevenueUsd: book.jobRevenueUsd,
  rewardUsd: book.rewardUsd,
  energyUsd: book.energyUsd,
  hardwareUsd: book.hardwareUsd,
  slashedUsd: book.slashedUsd,
  slashedTokens: book.slashedTokens,
  ...lendingValues(actor.id, book, ledgers.final),
  ...predationValues(actor.id, ledgers),
  ...returnValues(actor, book, ledgers),
  gpuCount: Number(actor.params["gpuCount"]),
  daysActive: book.activeDays,
  isHonest: isCheating(actor) && !((isWavering(actor) || book.deedEpochs > 0) && book.cheatEpochs === 0) ? 0 : 1,
  ...deedValues(book),
})

/** In which share of its epochs a provider cheated, and what deterred it, where it weighed both sides. */
const deedValues = ({ deedEpochs, cheatEpochs, deterrenceSum, weighedEpochs }: Book): Readonly<Record<string, number>> =>
  deedEpochs === 0
    ? {}
    : { cheatShare: cheatEpochs / deedEpochs, ...(weighedEpochs === 0 ? {} : { deterrence: deterrenceSum / weighedEpochs }) }

const buyerValues: Values = (_actor, book) => ({
  spentUsd: book.jobSpendUsd,
  cloudSpentUsd: book.cloudSpendUsd,
  savedAgainstCloudUsd: book.savedUsd,
  ...(book.compensatedTokens === 0 ? {} : { compensatedTokens: book.compensatedTokens }),
})

/**
 * Positions, wherever they work, and purse against what stood in both at the start, had it been held; and what the LP ledger says of the
 * positions.
 */
const liquidityValues: Values = ({ id }, book, { liquidity, opening, final }) => {
  const poolValueUsd = positionsUsd(id, final, final) + purseUsd(id, final, final) + owedUsd(id, final) - gasArrearsUsd(book)
  const holdValueUsd = positionsUsd(id, opening, final) + purseUsd(id, opening, final)
  const { fees, impermanentLoss, lossVersusRebalancing, incentives } = [...liquidity.values()]
    .filter(({ owner }) => owner === id)
    .reduce((sum, { total }) => sumParts(sum, total), noParts)
  return {
    poolValueUsd,
    holdValueUsd,
    againstHoldUsd: poolValueUsd - holdValueUsd,
    feesUsd: toUsd(fees),
    impermanentLossUsd: toUsd(impermanentLoss),
    lossVersusRebalancingUsd: toUsd(lossVersusRebalancing),
    ...(final.farms.size > 0 ? { incentivesUsd: toUsd(incentives) } : {}),
    ...yieldValues(id, book, final),
  }
}

/** What farms and vault came to; a vault's gain is in pool shares, what came out and is left less what went in, at the last price. */
const yieldValues = (id: string, book: Book, { farms, vault, pool }: LedgerView): Readonly<Record<string, number>> => ({
  ...(farms.size > 0 ? { farmRewardUsd: book.farmRewardUsd, farmRewardTokens: book.farmRewardTokens } : {}),
  ...(vault.shares.size > 0 ? { vaultGainUsd: (book.vaultPoolShares + Number(vault.worth.get(id) ?? 0n)) * usdPerShare(pool) } : {}),
})

const traderValues: Values = ({ id }, book, { opening, final }) => ({
  profitUsd: purseUsd(id, final, final) - purseUsd(id, opening, opening) + book.withdrawnUsd - book.capitalUsd - gasArrearsUsd(book),
  boughtForUsd: book.boughtForUsd,
  soldForUsd: book.soldForUsd,
  ...(final.kyc.members.size > 0 ? { gatedUsd: book.gatedUsd, complianceUsd: book.complianceUsd } : {}),
})

/** What an adversary lost on the way, and what it got for that; what it paid itself is neither. Its owner has the providers too. */
const adversaryValues: Values = ({ id, params }, book, { wash, actors, books }) => {
  const own = wash.books.get(id) ?? noWashBook
  const spentUsd = washSpentUsd(own, book.gasUsd)
  const providersUsd = actors.reduce((sum, actor) => (actor.group === params["for"] ? sum + profitUsd(books.get(actor.id)!) : sum), 0)
  const ownerProfitUsd = providersUsd - own.volumeUsd - book.gasUsd
  return { spentUsd, gainedUsd: own.rewardUsd, profitUsd: own.rewardUsd - spentUsd, washVolumeUsd: own.volumeUsd, ownerProfitUsd }
}

const valuesByRole: Readonly<Record<Actor["agent"]["role"], Values>> = {
  provider: providerValues,
  buyer: buyerValues,
  oracle: () => ({}),
  liquidity: liquidityValues,
  trader: traderValues,
  keeper: () => ({}),
  feed: () => ({}),
  adversary: adversaryValues,
}

/** Tokens, bound ones too, and dollars that an agent had in `held`, at the price of `priced`. */
const purseUsd = (id: string, held: LedgerView, priced: LedgerView): number =>
  fromWei((held.token.balanceWei.get(id) ?? 0n) + boundWei(id, held)) * priceIn(priced) +
  fromMicros(held.dollar.balanceMicros.get(id) ?? 0n)

/** Tokens that are its own and that it cannot sell now, or only in the gated pool. */
const boundWei = (id: string, { staking, locks, kyc, graph }: LedgerView): bigint => {
  const staker = staking.stakers.get(id)
  return (
    (staker?.stakedWei ?? 0n) +
    (staker?.unbondingWei ?? 0n) +
    (locks.locks.get(id)?.amountWei ?? 0n) +
    (kyc.members.get(id)?.balanceWei ?? 0n) +
    graphWei(id, graph)
  )
}

/** The tokens and dollars that its pool shares and positions stood for in `held`, at the price of `priced`. */
const positionsUsd = (id: string, held: LedgerView, priced: LedgerView): number => {
  const { pool, pools3 } = held
  const part = pool.totalShares === 0n ? 0 : Number(poolHolding(held, id)) / Number(pool.totalShares)
  const inMain = part * (fromWei(pool.tokenReserveWei) * priceIn(priced) + fromMicros(pool.dollarReserveMicros))
  const inRanges = [...pools3.pools.values()].flatMap((pool3) =>
    [...pool3.positions.values()]
      .filter(({ agent }) => agent === id)
      .map((position) => {
        const { liquidity, owed } = standing(pool3, position)
        const { tokenWei, dollarMicros } = plus(liquidity, owed)
        return fromWei(tokenWei) * priceIn(priced) + fromMicros(dollarMicros)
      }),
  )
  return inRanges.reduce((sum, usd) => sum + usd, inMain)
}

/** Rewards of farms that it has not claimed. */
const owedUsd = (id: string, view: LedgerView): number =>
  [...view.farms.values()].reduce((sum, { earnedWei }) => sum + fromWei(earnedWei.get(id) ?? 0n), 0) * priceIn(view)

const priceIn = ({ pool }: LedgerView): number => usdPerToken(pool.dollarReserveMicros, pool.tokenReserveWei)
