import type { Actor } from "./actor.ts"
import type { LedgerView, Receipt } from "./ledger.ts"
import type { JobsOutcome } from "./jobs/job.ts"
import type { Site, SitePlan } from "./jobs/site.ts"
import { fromMicros, fromWei, HOURS_PER_DAY } from "./units.ts"

/** Running totals of one agent, in dollars unless the name says otherwise. Tokens are valued at the pool's price of their tick. */
export interface Book {
  readonly jobRevenueUsd: number
  readonly rewardUsd: number
  readonly rewardTokens: number
  readonly energyUsd: number
  readonly hardwareUsd: number
  readonly slashedUsd: number
  /** What machines brought that were kept from the network, beyond their power; the owner's own work is worth something and pays nothing. */
  readonly miningUsd: number
  readonly ownUseUsd: number
  /** Instalments paid, and stakes that the lender took. */
  readonly debtServiceUsd: number
  readonly seizedUsd: number
  /** What its transactions cost, and how much of that it has paid. */
  readonly gasUsd: number
  readonly gasPaidUsd: number
  readonly slashedTokens: number
  /** Of what was slashed and not given back: of epochs in which it was honest. */
  readonly slashedInnocentTokens: number
  readonly slashedInnocentUsd: number
  /** What an oracle node or a judge paid for looking. */
  readonly checksUsd: number
  /** Paid by the insurance pool for jobs at a provider that was found out. */
  readonly compensatedTokens: number
  /** Epochs of which it is known what it did, those in which it cheated, and the days in which it cheated before its first slash. */
  readonly deedEpochs: number
  readonly cheatEpochs: number
  readonly undetectedDays: number
  /** Sum over those epochs of p (R + S) / C, where that is known. */
  /** Over the epochs in which cheating would have saved something, which are counted beside. */
  readonly deterrenceSum: number
  readonly weighedEpochs: number
  /** Paid into escrow less refunds. */
  readonly jobSpendUsd: number
  readonly cloudSpendUsd: number
  /** What the jobs done in the network would have cost in a cloud, less what they cost. */
  readonly savedUsd: number
  readonly capitalUsd: number
  readonly withdrawnUsd: number
  /** Checks, monitoring and programme of the gated venue, and what it has traded there. */
  readonly complianceUsd: number
  readonly gatedUsd: number
  readonly farmRewardUsd: number
  readonly farmRewardTokens: number
  /** Pool shares that the vault paid back, less those deposited in it or given to it. */
  readonly vaultPoolShares: number
  readonly tokensBought: number
  readonly tokensSold: number
  readonly boughtForUsd: number
  readonly soldForUsd: number
  readonly gpuDays: number
  readonly activeDays: number
  readonly reverts: number
}

const empty: Book = {
  jobRevenueUsd: 0,
  rewardUsd: 0,
  rewardTokens: 0,
  energyUsd: 0,
  hardwareUsd: 0,
  slashedUsd: 0,
  miningUsd: 0,
  ownUseUsd: 0,
  debtServiceUsd: 0,
  seizedUsd: 0,
  gasUsd: 0,
  gasPaidUsd: 0,
  slashedTokens: 0,
  slashedInnocentTokens: 0,
  slashedInnocentUsd: 0,
  checksUsd: 0,
  compensatedTokens: 0,
  deedEpochs: 0,
  cheatEpochs: 0,
  undetectedDays: 0,
  deterrenceSum: 0,
  weighedEpochs: 0,
  jobSpendUsd: 0,
  cloudSpendUsd: 0,
  savedUsd: 0,
  capitalUsd: 0,
  withdrawnUsd: 0,
  complianceUsd: 0,
  gatedUsd: 0,
  farmRewardUsd: 0,
  farmRewardTokens: 0,
  vaultPoolShares: 0,
  tokensBought: 0,
  tokensSold: 0,
  boughtForUsd: 0,
  soldForUsd: 0,
  gpuDays: 0,
  activeDays: 0,
  reverts: 0,
}

export type Books = ReadonlyMap<string, Book>

export const openBooks = (actors: ReadonlyArray<Actor>): Books => new Map(actors.map(({ id }) => [id, empty]))

export const profitUsd = (book: Book): number =>
  book.jobRevenueUsd +
  book.rewardUsd +
  book.miningUsd -
  book.energyUsd -
  book.hardwareUsd -
  book.slashedUsd -
  book.debtServiceUsd -
  book.seizedUsd -
  book.gasUsd

/** Fees that it owes, and had no dollars for. */
export const gasArrearsUsd = ({ gasUsd, gasPaidUsd }: Book): number => gasUsd - gasPaidUsd

/** Posts one tick: what the contracts say, and the job market's off-chain side. */
export const post = (
  books: Books,
  receipts: ReadonlyArray<Receipt>,
  outcome: JobsOutcome,
  sites: ReadonlyMap<string, Site>,
  after: LedgerView,
  usdPerToken: number,
  days: number,
  gasMicros: ReadonlyMap<string, bigint> = new Map(),
): Books => {
  const next = new Map(books)
  /** Those of this tick, which nobody else has seen yet. */
  const fresh = new Map<string, Record<keyof Book, number>>()
  const add = (agent: string, entries: Partial<Book>) => {
    let sum = fresh.get(agent)
    if (sum === undefined) {
      const book = next.get(agent)
      if (book === undefined) return
      sum = { ...book }
      fresh.set(agent, sum)
      next.set(agent, sum)
    }
    for (const key in entries) sum[key as keyof Book] += entries[key as keyof Book]!
  }
  for (const { order, status, facts } of receipts) {
    if (status === "reverted") add(order.agent, { reverts: 1 })
    for (const fact of facts) {
      switch (fact.kind) {
        case "market.completed":
        case "market.released":
          add(fact.provider, { jobRevenueUsd: fromMicros(fact.paidMicros) })
          break
        case "batches.credited":
          add(fact.provider, { jobRevenueUsd: fromMicros(fact.amountMicros) })
          break
        case "batches.debited":
          add(fact.buyer, { jobSpendUsd: fromMicros(fact.amountMicros) })
          break
        case "disputes.refunded":
          add(fact.buyer, { jobSpendUsd: -fromMicros(fact.amountMicros) })
          break
        case "disputes.paid": {
          const forfeitUsd = fact.isForfeit ? fromMicros(fact.bondMicros) : 0
          add(fact.buyer, { jobSpendUsd: forfeitUsd })
          add(fact.provider, { jobRevenueUsd: fromMicros(fact.paidMicros) + forfeitUsd })
          break
        }
        case "market.opened":
          add(fact.agent, { jobSpendUsd: fromMicros(fact.amountMicros) })
          break
        case "market.refunded":
          add(fact.buyer, { jobSpendUsd: -fromMicros(fact.amountMicros) })
          break
        case "rewards.credited":
          add(fact.provider, { rewardTokens: fromWei(fact.amountWei), rewardUsd: fromWei(fact.amountWei) * usdPerToken })
          break
        case "uptime.bonusPaid":
          add(fact.provider, { rewardTokens: fromWei(fact.amountWei), rewardUsd: fromWei(fact.amountWei) * usdPerToken })
          break
        case "lending.repaid":
          add(fact.agent, { debtServiceUsd: fromMicros(fact.interestMicros + fact.principalMicros) })
          break
        case "registry.evicted":
          add(fact.provider, { seizedUsd: fromWei(fact.amountWei) * usdPerToken })
          break
        case "registry.slashed":
        case "registry.seized":
          add(fact.provider, { slashedTokens: fromWei(fact.amountWei), slashedUsd: fromWei(fact.amountWei) * usdPerToken })
          break
        case "slashing.overturned":
          add(fact.provider, { slashedTokens: -fromWei(fact.amountWei), slashedUsd: -fromWei(fact.amountWei) * usdPerToken })
          break
        case "slashing.compensated":
          add(fact.buyer, { compensatedTokens: fromWei(fact.amountWei) })
          break
        case "dollar.onRamped":
          if (fact.purpose === "capital") add(fact.agent, { capitalUsd: fromMicros(fact.amountMicros) })
          break
        case "dollar.redeemed":
          if (fact.purpose === "energy") add(fact.agent, { energyUsd: fromMicros(fact.amountMicros) })
          if (fact.purpose === "hardware") add(fact.agent, { hardwareUsd: fromMicros(fact.amountMicros) })
          if (fact.purpose === "checks") add(fact.agent, { checksUsd: fromMicros(fact.amountMicros) })
          if (fact.purpose === "gas") add(fact.agent, { gasPaidUsd: fromMicros(fact.amountMicros) })
          if (fact.purpose === "compliance") add(fact.agent, { complianceUsd: fromMicros(fact.amountMicros) })
          if (fact.purpose === "withdrawal") add(fact.agent, { withdrawnUsd: fromMicros(fact.amountMicros) })
          break
        case "pool.swapped":
        case "pool3.swapped":
          if (fact.sell === "token") add(fact.agent, { tokensSold: fromWei(fact.amountIn), soldForUsd: fromMicros(fact.amountOut) })
          else add(fact.agent, { tokensBought: fromWei(fact.amountOut), boughtForUsd: fromMicros(fact.amountIn) })
          break
        case "kyc.swapped":
          if (fact.sell === "token")
            add(fact.agent, {
              tokensSold: fromWei(fact.amountIn),
              soldForUsd: fromMicros(fact.amountOut),
              gatedUsd: fromMicros(fact.amountOut),
            })
          else
            add(fact.agent, {
              tokensBought: fromWei(fact.amountOut),
              boughtForUsd: fromMicros(fact.amountIn),
              gatedUsd: fromMicros(fact.amountIn),
            })
          break
        case "farm.rewardPaid":
          add(fact.agent, { farmRewardTokens: fromWei(fact.amountWei), farmRewardUsd: fromWei(fact.amountWei) * usdPerToken })
          break
        case "vault.deposited":
        case "vault.donated":
          add(fact.agent, { vaultPoolShares: -Number(fact.poolShares) })
          break
        case "vault.withdrawn":
          add(fact.agent, { vaultPoolShares: Number(fact.poolShares) })
          break
        default:
      }
    }
  }
  for (const [agent, micros] of gasMicros) add(agent, { gasUsd: fromMicros(micros) })
  for (const job of outcome.completed) {
    const cloudUsd = job.request.cloudUsdPerWorkHour * job.workHoursPerGpu * job.gpuCount
    if (!Number.isFinite(cloudUsd)) continue
    add(job.request.buyer, { savedUsd: cloudUsd - fromMicros(job.amountMicros) })
  }
  for (const request of outcome.cloud)
    add(request.buyer, { cloudSpendUsd: request.cloudUsdPerWorkHour * request.workHoursPerGpu * request.gpuCount })
  for (const [provider, site] of sites)
    if (after.registry.providers.get(provider)?.status === "active")
      add(provider, { gpuDays: site.plan.gpusOn * days, activeDays: days, ...asideUsd(site.plan, days * HOURS_PER_DAY) })
  return next
}

const asideUsd = ({ aside }: SitePlan, hours: number): Partial<Book> =>
  aside === undefined ? {} : { [aside.use === "mining" ? "miningUsd" : "ownUseUsd"]: aside.usdPerHour * hours }
