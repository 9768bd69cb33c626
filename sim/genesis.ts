import type { Actor } from "./actor.ts"
import { unixSeconds } from "./clock.ts"
import type { Genesis, Spenders } from "./ledger.ts"
import { emissionTerms } from "./protocols/emissions/index.ts"
import { schedule } from "./protocols/farm.ts"
import type { Scenario } from "./scenario.ts"
import { graphTerms } from "./protocols/graph.ts"
import { claimTerms } from "./protocols/claims.ts"
import { kycTerms } from "./protocols/kyc.ts"
import { feedNodes } from "./feeds/rounds.ts"
import { lendingTerms } from "./protocols/lending.ts"
import { hookTerms } from "./protocols/pool3.ts"
import { thiefAccount } from "./protocols/exploit.ts"
import { disputeTerms } from "./protocols/disputes.ts"
import { courtTerms } from "./protocols/slashing.ts"
import { spotCheckTerms } from "./protocols/spotChecks.ts"
import { stakingTerms } from "./protocols/staking.ts"
import { uptimeTerms } from "./protocols/uptime.ts"
import { burnTerms, sinkBps } from "./protocols/burn.ts"
import { SECONDS_PER_DAY, SECONDS_PER_HOUR, toMicros, toWei } from "./units.ts"

/**
 * What the contracts are set up with before tick 1. The treasury's part of the opening liquidity, and all of it when nobody else provides any,
 * is there for good; the rest is split by weight.
 */
export const genesis = (scenario: Scenario, actors: ReadonlyArray<Actor>): Genesis => {
  const { token, pool, pools3, registry, market, emissions, burn, venue } = scenario.protocols
  const { counts: _, ...oracle } = scenario.protocols.oracle
  const endowed = actors.map((actor) => ({ actor, endowment: actor.agent.endow(actor.params, scenario.protocols, actor.rng) }))
  const weights = endowed
    .map(({ actor, endowment }) => ({ agent: actor.id, weight: endowment.poolWeight ?? 0 }))
    .filter(({ weight }) => weight > 0)
  const weightSum = weights.reduce((sum, { weight }) => sum + weight, 0)
  const treasuryShare = weightSum > 0 ? pool.treasuryShare : 1
  const deposits = [
    { agent: "treasury", share: treasuryShare },
    ...weights.map(({ agent, weight }) => ({ agent, share: ((1 - treasuryShare) * weight) / weightSum })),
  ].filter(({ share }) => share > 0)
  return {
    startSeconds: unixSeconds(scenario.calendar.start),
    supplyWei: toWei(token.genesisTokens),
    ...(scenario.chain.kind === "free" ? {} : { isMetered: true }),
    pool: {
      deposits: deposits.map(({ agent, share }) => ({
        agent,
        tokenWei: toWei(pool.tokens * share),
        dollarMicros: toMicros(pool.usd * share),
      })),
    },
    registry: {
      stakeWeiPerGpu: toWei(registry.stakeTokensPerGpu),
      unbondingSeconds: Math.round(registry.unbondingDays * SECONDS_PER_DAY),
    },
    market: { feeBps: market.feeBps, ...sinkBps(scenario.protocols) },
    ...batchGenesis(market),
    ...(market.vulnerable === true ? { isMarketVulnerable: true } : {}),
    ...(market.disputes === undefined ? {} : { disputes: disputeTerms(market.disputes, judgesOf(actors)) }),
    oracle: {
      reporters: reportersOf(actors),
      quorum: oracle.quorum,
      toleranceBps: oracle.toleranceBps,
      slashBps: oracle.slashBps,
    },
    ...(oracle.settlement === "tree" ? { hasRewardTree: true } : {}),
    emissions: {
      ...emissionTerms(emissions, Math.ceil(scenario.calendar.days / scenario.calendar.epochDays)),
      epochSeconds: scenario.calendar.epochDays * SECONDS_PER_DAY,
    },
    burn: burnTerms(burn),
    venue: { inventoryWei: toWei(venue.inventoryTokens), feeBps: venue.feeBps, priceMicros: toMicros(pool.usd / pool.tokens) },
    ...yieldGenesis(scenario, actors),
    pools3: pools3.map(({ id, feePips, treasuryUsd, twapHours, hook }) => ({
      id,
      feePips,
      tokenWei: toWei((treasuryUsd * pool.tokens) / pool.usd),
      dollarMicros: toMicros(treasuryUsd),
      twapSeconds: twapHours * SECONDS_PER_HOUR,
      ...(hook === undefined ? {} : { hook: hookTerms(hook) }),
    })),
    ...vestingGenesis(scenario, actors),
    ...(scenario.protocols.claims === undefined
      ? {}
      : {
          claims: {
            ...claimTerms(scenario.protocols.claims),
            holdings: endowed.flatMap(({ actor, endowment: { claimsUsd = 0 } }) =>
              claimsUsd > 0 ? [{ agent: actor.id, claimMicros: toMicros(claimsUsd) }] : [],
            ),
          },
        }),
    ...(scenario.protocols.kyc === undefined
      ? {}
      : {
          kyc: {
            ...kycTerms(scenario.protocols.kyc),
            officer: actors.find(({ kind }) => kind === "complianceOfficer")?.id ?? "operator",
            users: endowed.flatMap(({ actor, endowment }) => (endowment.mayBeVerified === true ? [actor.id] : [])),
          },
        }),
    ...graphGenesis(scenario, actors),
    ...(scenario.protocols.lending === undefined ? {} : { lending: lendingTerms(scenario.protocols.lending) }),
    ...proofGenesis(scenario, actors),
    ...(scenario.protocols.staking === undefined ? {} : { staking: stakingTerms(scenario.protocols.staking) }),
    ...(scenario.protocols.feeds.length === 0
      ? {}
      : {
          feeds: scenario.protocols.feeds.map(({ id, kind, decimals, faulty }) => ({
            id,
            kind,
            decimals,
            faulty,
            nodes: feedNodes(actors, id),
          })),
        }),
    ...(scenario.protocols.uptime === undefined ? {} : { uptime: uptimeTerms(scenario.protocols.uptime) }),
    accounts: [
      ...thieves(scenario),
      ...endowed.map(({ actor, endowment }) => ({
        id: actor.id,
        tokenWei: toWei(endowment.tokens),
        dollarMicros: toMicros(endowment.usd),
        ...(market.settlement?.kind === "batch" ? { spenders: spendersOf[actor.agent.role] } : {}),
      })),
    ],
  }
}

const spendersOf: Readonly<Record<Actor["agent"]["role"], Spenders>> = {
  provider: "provider",
  buyer: "buyer",
  adversary: "buyer",
  oracle: "none",
  feed: "none",
  liquidity: "all",
  trader: "all",
  keeper: "all",
}

/** A buyer that wants its deposit back waits for one more batch. */
const batchGenesis = ({ settlement }: Scenario["protocols"]["market"]): Pick<Genesis, "batches"> =>
  settlement?.kind !== "batch"
    ? {}
    : {
        batches: {
          windowSeconds: Math.round(settlement.windowHours * SECONDS_PER_HOUR),
          noticeSeconds: Math.round(settlement.hours * SECONDS_PER_HOUR),
        },
      }

/** Farms and the vault, where the scenario has them. */
const yieldGenesis = (
  { protocols, calendar }: Scenario,
  actors: ReadonlyArray<Actor>,
): Pick<Genesis, "farms" | "vault" | "blocksPerTick"> => {
  const { farms, vault, graph } = protocols
  const blocksPerTick = Math.max(graph?.blocksPerTick ?? 0, ...farms.map((farm) => (farm.kind === "masterChef" ? farm.blocksPerTick : 0)))
  return {
    ...(blocksPerTick > 0 ? { blocksPerTick } : {}),
    ...(farms.length > 0
      ? {
          farms: farms.map((farm) => {
            const { startSeconds, endSeconds } = schedule(farm, calendar)
            const { id, kind, tokens } = farm
            return { id, kind, rewardWei: toWei(tokens), startSeconds, endSeconds, blocksPerDay: blocksPerTick * calendar.ticksPerDay }
          }),
        }
      : {}),
    ...(vault === undefined
      ? {}
      : {
          vault: {
            hasVirtualShares: vault.guard === "virtualShares",
            decimalsOffset: vault.decimalsOffset,
            profitUnlockSeconds: Math.round(vault.profitUnlockHours * SECONDS_PER_HOUR),
            performanceFeeBps: vault.performanceFeeBps,
            strategists: actors.filter(({ kind }) => kind === "strategist").map(({ id }) => id),
          },
        }),
  }
}

/** The Graph's contracts, with the scenario's arbitrator; where it has none, nobody ever decides a dispute. */
const graphGenesis = ({ protocols, calendar }: Scenario, actors: ReadonlyArray<Actor>): Pick<Genesis, "graph"> => {
  if (protocols.graph === undefined) return {}
  const arbitrator = actors.find(({ kind }) => kind === "arbitrator")?.id ?? "operator"
  return { graph: graphTerms(protocols.graph, calendar, arbitrator) }
}

/** The court, which spot checks need too, and the spot checks. */
const proofGenesis = ({ protocols }: Scenario, actors: ReadonlyArray<Actor>): Pick<Genesis, "slashing" | "spotChecks"> => {
  const { spotChecks, registry } = protocols
  if (registry.slashing === undefined && spotChecks === undefined) return {}
  return {
    slashing: courtTerms(registry.slashing ?? {}, judgesOf(actors)),
    ...(spotChecks === undefined ? {} : { spotChecks: spotCheckTerms(spotChecks) }),
  }
}

/** Who robs the market, with what it needs for that. */
const thieves = ({ faults }: Scenario): Genesis["accounts"] => {
  const stakeUsd = Math.max(0, ...faults.map((fault) => (fault.kind === "marketExploit" && fault.drainUsdPerHour > 0 ? fault.stakeUsd : 0)))
  return stakeUsd === 0 ? [] : [{ id: thiefAccount, tokenWei: 0n, dollarMicros: toMicros(stakeUsd) }]
}

const judgesOf = (actors: ReadonlyArray<Actor>): ReadonlyArray<string> => actors.filter(({ kind }) => kind === "judge").map(({ id }) => id)

/** A wallet for each agent of a schedule's group; what does not divide stays in the treasury. */
const vestingGenesis = ({ protocols, calendar }: Scenario, actors: ReadonlyArray<Actor>): Pick<Genesis, "vesting"> => {
  if (protocols.vesting.length === 0) return {}
  const seconds = (days: number) => Math.round(days * SECONDS_PER_DAY)
  return {
    vesting: protocols.vesting.flatMap(({ id, beneficiary, tokens, startDay, cliffDays, days }) => {
      const members = actors.filter(({ group }) => group === beneficiary).map((actor) => actor.id)
      const agents = beneficiary === "treasury" ? [beneficiary] : members
      return agents.map((agent) => ({
        schedule: id,
        agent,
        tokenWei: toWei(tokens / agents.length),
        startSeconds: unixSeconds(calendar.start) + seconds(startDay),
        durationSeconds: seconds(days),
        cliffSeconds: seconds(cliffDays),
      }))
    }),
  }
}

export const reportersOf = (actors: ReadonlyArray<Actor>): ReadonlyArray<string> =>
  actors.filter(({ agent }) => agent.role === "oracle").map(({ id }) => id)
