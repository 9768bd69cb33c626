import type { Actor } from "../actor.ts"
import type { Moment } from "../clock.ts"
import type { Action, LedgerView } from "../ledger.ts"
import { type Feed, fromAnswer, observationsNeeded, signaturesNeeded, toAnswer } from "../protocols/feeds.ts"
import { median } from "../protocols/oracle.ts"
import type { Scenario } from "../scenario.ts"
import { SECONDS_PER_HOUR } from "../units.ts"
import type { PriceSighting, Told, UptimeSighting } from "./sighting.ts"

/** The nodes of a feed, by place, and its terms. */
export interface Committee {
  readonly feed: Feed
  readonly nodes: ReadonlyArray<string>
}

/** What a round came to, as the experiment sees it. */
export interface Round {
  /** Lowest and highest observation of the nodes that did not collude; an answer outside is corrupted. */
  readonly honestLowUsd: number
  readonly honestHighUsd: number
}

export interface FeedsOutcome {
  readonly actions: ReadonlyArray<{ readonly agent: string; readonly action: Action }>
  /** By feed, of those in which anybody said anything. */
  readonly rounds: ReadonlyMap<string, Round>
}

const noRounds: FeedsOutcome = { actions: [], rounds: new Map() }

export const committeesOf = ({ protocols }: Pick<Scenario, "protocols">, actors: ReadonlyArray<Actor>): ReadonlyArray<Committee> =>
  protocols.feeds.map((feed) => ({ feed, nodes: feedNodes(actors, feed.id) }))

/** In the order of their ids. */
export const feedNodes = (actors: ReadonlyArray<Actor>, feed: string): ReadonlyArray<string> =>
  actors.filter(({ agent, params }) => agent.role === "feed" && params["feed"] === feed).map(({ id }) => id)

/**
 * Off-chain reporting, a round a tick: nodes tell each other what they see, the one whose turn it is makes a report, enough others sign, and it is
 * sent when the price has moved or the last answer is old. Honest nodes sign a report that holds enough observations, whatever its median is.
 * Nodes that collude sign any report of theirs: when they are enough to do without the others, theirs is sent first, and the honest one is not.
 */
export const runFeeds = (
  committees: ReadonlyArray<Committee>,
  told: ReadonlyArray<Told>,
  view: Pick<LedgerView, "feeds" | "uptime">,
  now: Moment,
  uptimeFeed?: string,
): FeedsOutcome => {
  if (told.length === 0) return noRounds
  const actions: Array<{ readonly agent: string; readonly action: Action }> = []
  const rounds = new Map<string, Round>()
  for (const committee of committees) {
    const { id } = committee.feed
    const own = told.filter(({ sighting }) => sighting.feed === id)
    const prices = own.filter(isPrice)
    if (prices.length > 0) {
      rounds.set(id, honestRange(prices))
      actions.push(...priceOrders(committee, prices, view, now))
    }
    if (id === uptimeFeed) actions.push(...uptimeOrders(committee, own.filter(isUptime), view, now))
  }
  return { actions, rounds }
}

const isPrice = (one: Told): one is Told<PriceSighting> => one.sighting.kind === "price"
const isUptime = (one: Told): one is Told<UptimeSighting> => one.sighting.kind === "uptime"

const honestRange = (prices: ReadonlyArray<Told<PriceSighting>>): Round => {
  const honest = prices.filter(({ sighting }) => !sighting.isColluding).map(({ sighting }) => sighting.usd)
  return { honestLowUsd: Math.min(...honest), honestHighUsd: Math.max(...honest) }
}

/** Whose observations go into the report and whose signatures stand under it: the colluders' alone where they are enough, else everybody's. */
const parties = <A extends Told>({ feed, nodes }: Committee, told: ReadonlyArray<A>): ReadonlyArray<A> => {
  const colluding = told.filter(({ sighting }) => sighting.isColluding)
  const needed = signaturesNeeded(feed.kind, nodes.length, feed.faulty)
  if (feed.kind !== "submits" && colluding.length >= needed) return colluding
  return told.length >= Math.max(needed, observationsNeeded(feed.faulty)) ? told : []
}

const priceOrders = (
  committee: Committee,
  prices: ReadonlyArray<Told<PriceSighting>>,
  { feeds }: Pick<LedgerView, "feeds">,
  now: Moment,
): FeedsOutcome["actions"] => {
  const { feed, nodes } = committee
  const last = feeds.get(feed.id)!
  const speakers = parties(committee, prices)
  const observations = speakers
    .map(({ node, sighting }) => ({ node, answer: toAnswer(sighting.usd, feed.decimals) }))
    .toSorted((a, b) => (a.answer < b.answer ? -1 : a.answer > b.answer ? 1 : 0))
  if (observations.length === 0) return []
  const answer = median(observations.map((one) => one.answer))
  const isOld = now.timestampSeconds - last.updatedAtSeconds >= feed.heartbeatHours * SECONDS_PER_HOUR
  const isMoved = last.answer === 0n || Math.abs(Number(answer) / Number(last.answer) - 1) >= feed.deviationShare
  if (last.roundId > 0 && !isOld && !isMoved) return []

  const round = last.roundId + 1
  if (feed.kind === "submits")
    return observations.map(({ node, answer: own }) => ({
      agent: node,
      action: { kind: "feeds.submit", feed: feed.id, round, answer: own },
    }))
  const inTurn = turn(speakers, round)
  const signers = inTurn.slice(0, signaturesNeeded(feed.kind, nodes.length, feed.faulty))
  const head = { feed: feed.id, observedSeconds: now.timestampSeconds, signers }
  return [
    {
      agent: inTurn[0]!,
      action:
        feed.kind === "forwarder" ? { kind: "feeds.report", ...head, answer } : { kind: "feeds.transmit", ...head, round, observations },
    },
  ]
}

/** The uptimes of the last day that is not reported yet: of each provider the upper median of what was told. */
const uptimeOrders = (
  committee: Committee,
  told: ReadonlyArray<Told<UptimeSighting>>,
  { uptime }: Pick<LedgerView, "uptime">,
  now: Moment,
): FeedsOutcome["actions"] => {
  const day = Math.floor(now.day) - 1
  if (day < uptime.nextDay) return []
  const speakers = parties(
    committee,
    told.filter(({ sighting }) => sighting.day === day),
  )
  if (speakers.length === 0) return []
  const byProvider = new Map<string, Array<bigint>>()
  for (const { sighting } of speakers)
    for (const [provider, bps] of sighting.uptimeBps) byProvider.set(provider, [...(byProvider.get(provider) ?? []), BigInt(bps)])
  const uptimeBps = new Map([...byProvider].map(([provider, values]) => [provider, Number(median(values))]))
  const inTurn = turn(speakers, day)
  const signers = inTurn.slice(0, signaturesNeeded(committee.feed.kind, committee.nodes.length, committee.feed.faulty))
  return [{ agent: inTurn[0]!, action: { kind: "uptime.report", day, uptimeBps, signers } }]
}

/** Nodes from the one whose turn it is on. */
const turn = (speakers: ReadonlyArray<Told>, round: number): ReadonlyArray<string> => {
  const ids = speakers.map(({ node }) => node)
  const first = round % ids.length
  return [...ids.slice(first), ...ids.slice(0, first)]
}

/** What an answer is worth in dollars, and whether honest nodes saw anything like it: half a unit of the answer is rounding. */
export const isCorrupted = (answer: bigint, decimals: number, round: Round | undefined): boolean => {
  if (round === undefined) return false
  const usd = fromAnswer(answer, decimals)
  const rounding = decimals === 8 ? 0.5e-8 : 0.5e-9
  return usd < round.honestLowUsd - rounding || usd > round.honestHighUsd + rounding
}
