import { agentKind, type Decision, type Params, type Turn } from "../sim/agent.ts"
import { type FeedStrain, strainOn } from "../sim/feeds/feedStrain.ts"
import type { Sighting } from "../sim/feeds/sighting.ts"
import { restart, type UptimeWatch, uptimeShares, watch } from "../sim/feeds/uptimeWatch.ts"
import { Id } from "../sim/id.ts"
import type { Action } from "../sim/ledger.ts"
import { drawn, or, quantity } from "../sim/quantity.ts"
import { SECONDS_PER_HOUR } from "../sim/units.ts"
import { payFromPocket } from "./payFromPocket.ts"

const fields = {
  feed: Id.annotate({ description: "Feed whose committee the node is in" }),
  noiseShare: drawn("Standard deviation of an observed price's relative error", { unit: "share", min: 0, max: 1 }).pipe(or(0.001)),
  lagHours: drawn("Age of the price that the node sees", { unit: "hours", min: 0, max: 720 }).pipe(or(0)),
  uptimeShare: drawn("Chance that the node takes part in a round", { unit: "share", min: 0, max: 1 }).pipe(or(0.99)),
  usdPerReport: quantity("What its sources of data cost the node, for each answer of the feed", {
    unit: "USD per report",
    min: 0,
    max: 1e6,
  }).pipe(or(0)),
  colludeShare: drawn("Chance that the node colludes in a round: it says the target, and signs whatever the coalition sends", {
    unit: "share",
    min: 0,
    max: 1,
  }).pipe(or(0)),
  targetFactor: quantity("What the coalition says the price is, in times of the truth", { unit: "times", min: 0, max: 1000 }).pipe(or(2)),
  downtimeNoiseShare: drawn("Standard deviation of the relative error of an observed downtime", { unit: "share", min: 0, max: 1 }).pipe(
    or(0.05),
  ),
}

interface Price {
  readonly seconds: number
  readonly usd: number
}

interface Memory {
  /** The outside price, oldest first, from the last that is old enough to be seen. */
  readonly prices: ReadonlyArray<Price>
  /** What it told last, for a source that is stuck. */
  readonly toldUsd: number | undefined
  readonly watched: UptimeWatch
  /** Yesterday's uptimes. */
  readonly uptimes: ReadonlyMap<string, number>
  /** Answers of the feed that are paid for. */
  readonly paidRounds: number
}

type NodeTurn = Turn<Params<typeof fields>, Memory>

/**
 * One node of a price feed: tells its committee what it sees of the outside price, late and with noise, and, where the committee reports uptimes,
 * how long each provider answered. Bribed, it tells what the coalition wants: another price, and that everybody was up.
 */
export const feedNode = agentKind({
  role: "feed",
  fields,
  endow: () => ({ tokens: 0, usd: 0 }),
  begin: (): Memory => ({ prices: [], toldUsd: undefined, watched: new Map(), uptimes: new Map(), paidRounds: 0 }),
  decide: (turn): Decision<Memory> => {
    const { params, world, rng } = turn
    const strain = strainOn(world, params.feed)
    const isUp = rng("uptime").uniform() < params.uptimeShare * (1 - strain.downShare)
    const targetFactor = temptation(params, strain, rng("collusion").uniform())
    const error = 1 + params.noiseShare * rng("noise").normal()
    const prices = seenPrices(turn, params.lagHours + strain.lagHours)
    const honestUsd =
      strain.isFrozen && turn.memory.toldUsd !== undefined ? turn.memory.toldUsd : Math.max(0, prices[0]!.usd * error) * strain.biasFactor
    const seen = watching(turn)
    const sightings: ReadonlyArray<Sighting> = [
      {
        kind: "price",
        feed: params.feed,
        usd: targetFactor === undefined ? honestUsd : world.referenceUsdPerToken * targetFactor,
        isColluding: targetFactor !== undefined,
      },
      ...(seen.uptimes.size > 0
        ? [
            {
              kind: "uptime" as const,
              feed: params.feed,
              day: Math.floor(world.now.day) - 1,
              uptimeBps: inBps(turn, seen.uptimes, targetFactor !== undefined),
              isColluding: targetFactor !== undefined,
            },
          ]
        : []),
    ]
    const bill = payData(turn)
    return {
      memory: { ...seen, prices, toldUsd: isUp ? honestUsd : turn.memory.toldUsd, paidRounds: bill.paidRounds },
      actions: bill.actions,
      ...(isUp ? { sightings } : {}),
    }
  },
})

/** The price that a colluder is to say, in times of the truth: its own coalition's, or that of whoever bribes it now. */
const temptation = ({ colludeShare, targetFactor }: NodeTurn["params"], strain: FeedStrain, draw: number): number | undefined => {
  if (draw < colludeShare) return targetFactor
  return draw < colludeShare + (1 - colludeShare) * strain.bribedShare ? strain.targetFactor : undefined
}

/** What there is to see, the visible one first. */
const seenPrices = ({ memory, world }: NodeTurn, lagHours: number): ReadonlyArray<Price> => {
  const now = world.now.timestampSeconds
  const prices = [...memory.prices, { seconds: now, usd: world.referenceUsdPerToken }]
  const visible = prices.findLastIndex(({ seconds }) => seconds <= now - lagHours * SECONDS_PER_HOUR)
  return prices.slice(Math.max(0, visible))
}

/** Only the committee that reports uptimes watches providers; in the first tick of a day yesterday is complete. */
const watching = ({ params, world, memory }: NodeTurn): Pick<Memory, "watched" | "uptimes"> => {
  if (world.rules.uptime?.feed !== params.feed) return memory
  const watched = watch(memory.watched, world)
  if (world.now.tickOfDay !== 0) return { watched, uptimes: memory.uptimes }
  return { watched: restart(watched), uptimes: uptimeShares(watched) }
}

const inBps = ({ params, rng }: NodeTurn, uptimes: ReadonlyMap<string, number>, isColluding: boolean): ReadonlyMap<string, number> => {
  return new Map(
    [...uptimes].map(([provider, share]) => {
      const downtime = Math.max(0, (1 - share) * (1 + params.downtimeNoiseShare * rng(`downtime/${provider}`).normal()))
      return [provider, isColluding ? 10_000 : Math.round(10_000 * (1 - Math.min(1, downtime)))]
    }),
  )
}

/** Once a day the node pays its sources for the answers that there were, from its owner's pocket. */
const payData = ({ params, world, memory }: NodeTurn): { readonly actions: ReadonlyArray<Action>; readonly paidRounds: number } => {
  const { roundId } = world.ledger.feeds.get(params.feed)!
  const actions = world.now.tickOfDay === 0 ? payFromPocket((roundId - memory.paidRounds) * params.usdPerReport, "data") : []
  return { actions, paidRounds: actions.length === 0 ? memory.paidRounds : roundId }
}
