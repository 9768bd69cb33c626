import { NODES_MAX } from "../sim/protocols/feeds.ts"
import type { Scenario } from "../sim/scenario.ts"
import type { Problem } from "./schemaProblems.ts"
import { suggestion } from "./suggestion.ts"

/** Feeds without a committee, nodes and contracts of feeds that are not there, and uptime reports that nothing can carry. */
export const feedProblems = (scenario: Scenario): ReadonlyArray<Problem> => [
  ...committeeProblems(scenario),
  ...uses(scenario).flatMap(({ path, feed }) => unknownFeed(scenario, path, feed)),
  ...claimProblems(scenario),
  ...uptimeProblems(scenario),
]

const nodesIn = ({ agents }: Scenario, feed: string): number =>
  agents.reduce((sum, group) => sum + (group.kind === "feedNode" && feedOf(group) === feed ? group.count : 0), 0)

const feedOf = (group: object): string | undefined => (group as { readonly feed?: string }).feed

const committeeProblems = (scenario: Scenario): ReadonlyArray<Problem> =>
  scenario.protocols.feeds.flatMap(({ id, faulty }, index, feeds) => {
    const at = (key: string, message: string): Problem => ({ path: ["protocols", "feeds", index, key], message })
    const nodes = nodesIn(scenario, id)
    return [
      ...(feeds.findIndex((earlier) => earlier.id === id) < index
        ? [at("id", `the id ${id} is taken by an earlier feed; ids must differ`)]
        : []),
      ...(nodes <= 3 * faulty
        ? [at("faulty", `${faulty} faulty nodes need a committee of more than ${3 * faulty}, and it has ${nodes}`)]
        : []),
      ...(nodes > NODES_MAX ? [at("id", `the committee has ${nodes} nodes; the contracts take ${NODES_MAX}`)] : []),
    ]
  })

/** Everything that names a feed, and where. */
const uses = ({ protocols, agents, faults }: Scenario): ReadonlyArray<{ readonly path: Problem["path"]; readonly feed: string }> => {
  const { burn, claims, priceSource, uptime } = protocols
  return [
    ...("price" in burn && burn.price !== undefined ? [{ path: ["protocols", "burn", "price", "feed"], feed: burn.price.feed }] : []),
    ...(claims?.feed === undefined ? [] : [{ path: ["protocols", "claims", "feed"], feed: claims.feed }]),
    ...(priceSource.kind === "feed" ? [{ path: ["protocols", "priceSource", "id"], feed: priceSource.id }] : []),
    ...(uptime === undefined ? [] : [{ path: ["protocols", "uptime", "feed"], feed: uptime.feed }]),
    ...faults.flatMap((fault, index) => (fault.kind === "priceFeed" ? [{ path: ["faults", index, "feed"], feed: fault.feed }] : [])),
    ...agents.flatMap((group, index) => {
      const feed = feedOf(group)
      return group.kind !== "feedNode" || feed === undefined ? [] : [{ path: ["agents", index, "feed"], feed }]
    }),
  ]
}

const unknownFeed = ({ protocols }: Scenario, path: Problem["path"], feed: string): ReadonlyArray<Problem> => {
  const known = protocols.feeds.map(({ id }) => id)
  if (known.includes(feed)) return []
  const hint = suggestion(feed, known) || (known.length > 0 ? `; known are ${known.join(", ")}` : "; protocols.feeds names none")
  return [{ path, message: `unknown feed ${JSON.stringify(feed)}${hint}` }]
}

const claimProblems = ({ protocols: { claims } }: Scenario): ReadonlyArray<Problem> => {
  if (claims === undefined) return []
  const at = (key: string, message: string): Problem => ({ path: ["protocols", "claims", key], message })
  if (claims.reference === "feed" && claims.feed === undefined) return [at("reference", "name the feed: claims.feed is missing")]
  return claims.reference !== "feed" && claims.feed !== undefined
    ? [at("feed", `the reference is ${claims.reference}, so no feed is asked; make it feed or leave this out`)]
    : []
}

const uptimeProblems = ({ protocols: { uptime, feeds, lending } }: Scenario): ReadonlyArray<Problem> => {
  if (uptime === undefined) return []
  const at = (key: string, message: string): Problem => ({ path: ["protocols", "uptime", key], message })
  const feed = feeds.find(({ id }) => id === uptime.feed)
  return [
    ...(feed !== undefined && feed.kind !== "forwarder"
      ? [at("feed", `${feed.id} is of kind ${feed.kind}; only a forwarder delivers reports to another contract`)]
      : []),
    ...(lending !== undefined ? [at("feed", "a registry has a lender or a warden; leave out lending or uptime")] : []),
    ...(uptime.penaltyShareMax > uptime.uptimeShareMin
      ? [at("penaltyShareMax", `who is up for ${uptime.uptimeShareMin} would earn the bonus and be penalised`)]
      : []),
  ]
}
