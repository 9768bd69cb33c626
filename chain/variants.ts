import { encodeDeployData, type Hex, zeroAddress } from "viem"
import type { Genesis } from "../sim/ledger.ts"
import { addressOf } from "./accounts.ts"
import * as artifacts from "./artifacts.ts"
import { signerOf } from "./rewards/signer.ts"

/** Addresses that the core contracts know each other by. */
export interface Seats {
  readonly token: Hex
  readonly dollar: Hex
  readonly pair: Hex
  readonly router: Hex
  readonly treasury: Hex
  /** Who says the outside price: the venue, or a feed. */
  readonly outsidePrice: Hex
  /** The zero address where nobody can stake. */
  readonly stakers: Hex
}

/** The network token: where trades are taxed, one that does that for the burn engine. */
export const tokenCreation = ({ burn, supplyWei }: Genesis, engine: Hex): Hex => {
  const terms = [addressOf("operator"), addressOf("treasury"), supplyWei] as const
  if (burn.tax === undefined) return encodeDeployData({ ...artifacts.networkToken, args: terms })
  return encodeDeployData({ ...artifacts.taxedToken, args: [...terms, engine, BigInt(burn.tax.buyBps), BigInt(burn.tax.sellBps)] })
}

/** The contract in the burn engine's place. */
export const burnCreation = ({ burn }: Genesis, { token, dollar, pair, router, outsidePrice, treasury, stakers }: Seats): Hex => {
  if (burn.lockSecondsMax !== undefined)
    return encodeDeployData({ ...artifacts.voteLock, args: [token, dollar, BigInt(burn.lockSecondsMax)] })
  if (burn.tax !== undefined) {
    const shares = { burnBps: BigInt(burn.tax.burnShareBps), treasuryBps: BigInt(burn.tax.treasuryShareBps), stakers }
    const limits = [BigInt(burn.spendBpsMax), BigInt(burn.premiumBpsMax)] as const
    return encodeDeployData({ ...artifacts.taxDesk, args: [token, dollar, pair, router, outsidePrice, treasury, ...limits, shares] })
  }
  const limits = [BigInt(burn.spendBpsMax), BigInt(burn.premiumBpsMax), BigInt(burn.keepBps)] as const
  return encodeDeployData({ ...artifacts.burnEngine, args: [token, dollar, pair, router, outsidePrice, treasury, ...limits] })
}

/** The contract that tells the burn engine a feed's price, where the genesis has one. */
export const burnPriceCreation = ({ burn: { price } }: Genesis): ReadonlyArray<Hex> =>
  price === undefined
    ? []
    : [encodeDeployData({ ...artifacts.feedPrice, args: [addressOf("operator"), BigInt(price.maxAgeSeconds), price.pauses] })]

/** The job market: with an escrow for each job, with disputes or with a hole where the genesis has them, or one that settles in batches, whose dispatcher and guardian are the operator. */
export const marketCreation = (
  { market, batches, disputes, isMarketVulnerable }: Genesis,
  { dollar, registry, burn, treasury }: Readonly<Record<"dollar" | "registry" | "burn" | "treasury", Hex>>,
): Hex => {
  const bps = [BigInt(market.feeBps), BigInt(market.burnBps), BigInt(market.creditBps)] as const
  if (isMarketVulnerable === true)
    return encodeDeployData({ ...artifacts.vulnerableMarket, args: [dollar, registry, burn, treasury, bps, addressOf("operator")] })
  if (disputes !== undefined) {
    const { bondBps, windowSeconds, arbiters } = disputes
    const terms = { bondBps: BigInt(bondBps), windowSeconds: BigInt(windowSeconds), arbiters: arbiters.map(addressOf) }
    return encodeDeployData({ ...artifacts.disputedMarket, args: [dollar, registry, burn, treasury, bps, terms] })
  }
  if (batches === undefined) return encodeDeployData({ ...artifacts.jobMarket, args: [dollar, registry, burn, treasury, ...bps] })
  const operator = addressOf("operator")
  const { windowSeconds, noticeSeconds } = batches
  const times = [BigInt(windowSeconds), BigInt(noticeSeconds)] as const
  return encodeDeployData({ ...artifacts.batchMarket, args: [dollar, burn, treasury, operator, operator, bps, ...times] })
}

/** The reward distributor that goes with the oracle. */
export const rewardsCreation = ({ hasRewardTree }: Genesis, token: Hex, emissions: Hex, oracle: Hex): Hex =>
  hasRewardTree === true
    ? encodeDeployData({ ...artifacts.merkleRewards, args: [token, emissions, oracle] })
    : encodeDeployData({ ...artifacts.rewardDistributor, args: [token, emissions, oracle] })

/** The provider registry: with a lender, stakes are pledged; with an uptime upkeep, it has a warden; with a court, it hands over what is slashed. */
export const registryCreation = (
  { registry, slashing, uptime }: Genesis,
  token: Hex,
  oracle: Hex,
  { lender, court, checks }: { readonly [Name in "lender" | "court" | "checks"]: Hex | undefined },
): Hex => {
  const terms = [token, oracle, registry.stakeWeiPerGpu, BigInt(registry.unbondingSeconds)] as const
  if (uptime !== undefined) return encodeDeployData({ ...artifacts.wardedRegistry, args: [...terms, addressOf("operator")] })
  if (slashing !== undefined && court !== undefined) {
    const slashers = [oracle, ...(checks === undefined ? [] : [checks])]
    const courtTerms = { court, slashers, stakeMinBps: BigInt(slashing.stakeMinBps) }
    return encodeDeployData({ ...artifacts.courtRegistry, args: [...terms, lender ?? zeroAddress, courtTerms] })
  }
  if (lender === undefined) return encodeDeployData({ ...artifacts.providerRegistry, args: terms })
  return encodeDeployData({ ...artifacts.lentRegistry, args: [...terms, lender] })
}

/** The work oracle: with spot checks, one by which only checked work counts; with a tree of rewards, one that takes what a quorum has signed. */
export const oracleCreation = ({ oracle, hasRewardTree }: Genesis, registry: Hex, rewards: Hex, checks: Hex | undefined): Hex => {
  const { reporters, quorum, toleranceBps, slashBps } = oracle
  const terms = [registry, rewards, reporters.map(addressOf), BigInt(quorum), BigInt(toleranceBps), BigInt(slashBps)] as const
  if (hasRewardTree === true)
    return encodeDeployData({
      ...artifacts.quorumOracle,
      args: [registry, rewards, reporters.map(signerOf), BigInt(quorum), BigInt(slashBps)],
    })
  if (checks === undefined) return encodeDeployData({ ...artifacts.workOracle, args: terms })
  return encodeDeployData({ ...artifacts.checkedWorkOracle, args: [...terms, checks] })
}

/** The court for slashes, where the genesis has one. */
export const courtCreation = (
  { slashing }: Genesis,
  { token, registry, market, venue }: { readonly [Name in "token" | "registry" | "market" | "venue"]: Hex },
): ReadonlyArray<Hex> => {
  if (slashing === undefined) return []
  const { insuranceBps, reporterBps, escalationBps, appealSeconds, judges } = slashing
  const terms = {
    insuranceBps: BigInt(insuranceBps),
    reporterBps: BigInt(reporterBps),
    escalationBps: BigInt(escalationBps),
    appealSeconds: BigInt(appealSeconds),
    judges: judges.map(addressOf),
  }
  return [encodeDeployData({ ...artifacts.slashingCourt, args: [token, registry, market, venue, terms] })]
}

/** The spot checks, where the genesis has them; the oracle's reporters are the checkers. */
export const checksCreation = ({ spotChecks, oracle, startSeconds, emissions }: Genesis, registry: Hex): ReadonlyArray<Hex> => {
  if (spotChecks === undefined) return []
  const { chunkCount, visitChance, chunkChance, slashBps } = spotChecks
  const terms = {
    operator: addressOf("operator"),
    checkers: oracle.reporters.map(addressOf),
    startSeconds: BigInt(startSeconds),
    epochSeconds: BigInt(emissions.epochSeconds),
    chunkCount: BigInt(chunkCount),
    visitChance,
    chunkChance,
    slashBps: BigInt(slashBps),
  }
  return [encodeDeployData({ ...artifacts.spotChecks, args: [registry, terms] })]
}

/** The lender, where the genesis has one. */
export const lenderCreation = ({ lending }: Genesis, { token, dollar, router }: Seats, registry: Hex): ReadonlyArray<Hex> => {
  if (lending === undefined) return []
  const { interestBpsPerYear, termDays, missedDaysMax } = lending
  const terms = {
    interestBpsPerYear: BigInt(interestBpsPerYear),
    termDays: BigInt(termDays),
    missedDaysMax: BigInt(missedDaysMax),
  }
  return [encodeDeployData({ ...artifacts.hardwareLender, args: [token, dollar, router, registry, terms] })]
}

/** The stakers' contract, where the genesis has one. */
export const stakingCreation = (
  { staking }: Genesis,
  { token, dollar }: Seats,
  { registry, emissions, rewards }: { readonly registry: Hex; readonly emissions: Hex; readonly rewards: Hex },
): ReadonlyArray<Hex> => {
  if (staking === undefined) return []
  const { emissionBps, feeBps, unbondingSeconds } = staking
  const terms = {
    distributor: rewards,
    treasury: addressOf("treasury"),
    emissionBps: BigInt(emissionBps),
    feeBps: BigInt(feeBps),
    unbondingSeconds: BigInt(unbondingSeconds),
  }
  return [encodeDeployData({ ...artifacts.tokenStaking, args: [token, dollar, registry, emissions, terms] })]
}
