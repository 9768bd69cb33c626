import { type Actor, namedStreams } from "../actor.ts"
import { type Fault, kindOf } from "./index.ts"
import { both, calm, type Ports } from "./ports.ts"

/**
 * The faults of a run, as the ports of each day. Who is hit is settled here. Every fault draws from streams of its own, named by its kind and
 * its place among those of its kind, so that one that hits nobody changes nothing.
 */
export const openFaults = (faults: ReadonlyArray<Fault>, actors: ReadonlyArray<Actor>, seed: string): ((day: number) => Ports) => {
  const providers = actors.filter(({ agent }) => agent.role === "provider")
  const nodes = actors.filter(({ agent }) => agent.role === "oracle")
  const opened = faults.map((fault, index) => {
    const { kind, fromDay, toDay, ...params } = fault
    const place = faults.slice(0, index).filter((other) => other.kind === kind).length
    const stage = { providers, nodes, rng: namedStreams(seed, `fault/${kind}/${place}`), fromDay, toDay }
    const { whileOn, whileOff } = kindOf(fault)
    const on: Ports = { ...calm, ...whileOn(params, stage) }
    const off: Ports = { ...calm, ...whileOff?.(params, stage) }
    return (day: number) => (day >= fromDay && day < toDay ? on : off)
  })
  return (day) => opened.reduce((ports, at) => both(ports, at(day)), calm)
}
