import { Schema } from "effect"
import type { Actor } from "../actor.ts"
import { Id } from "../id.ts"
import { or, quantity } from "../quantity.ts"
import type { Rng } from "../rng.ts"
import { compareIds } from "../sequence.ts"
import type { Ports } from "./ports.ts"

/** When a fault is on: in every tick that begins within its days. */
export const windowFields = {
  fromDay: quantity("First day", { unit: "days", min: 0, max: 3_650 }),
  toDay: quantity("Day on which it ends", { unit: "days", min: 0, max: 3_650 }),
}

/** Share of those who are named that are hit; which of them is drawn. */
const share = quantity("Share of those who are hit", { unit: "share", min: 0, max: 1 }).pipe(or(1))

/** Which providers are hit: those that fit every key that is given. */
export const sitesFields = {
  region: Schema.optionalKey(Id),
  gpu: Schema.optionalKey(Id),
  group: Schema.optionalKey(Id),
  share,
}

/** Which oracle nodes are hit. */
export const nodesFields = { group: Schema.optionalKey(Id), share }

export interface Whom {
  readonly region?: string
  readonly gpu?: string
  readonly group?: string
  readonly share: number
}

/** Who is there to be hit, and the fault's own random numbers. */
export interface Stage {
  readonly providers: ReadonlyArray<Actor>
  readonly nodes: ReadonlyArray<Actor>
  readonly rng: (purpose: string) => Rng
  /** When it is on. */
  readonly fromDay: number
  readonly toDay: number
}

type Fields = Schema.Struct.Fields

/** A kind of fault, as data and as what it does to the ports. */
export interface FaultKind<F extends Fields = Fields> {
  /** What happens, for whoever writes a scenario. */
  readonly about: string
  /** Without `kind` and the window. */
  readonly fields: F
  /** Its name above the charts. */
  readonly label: (params: Schema.Struct<F>["Type"]) => string
  readonly whileOn: (params: Schema.Struct<F>["Type"], stage: Stage) => Partial<Ports>
  /** Before and after it. */
  readonly whileOff?: (params: Schema.Struct<F>["Type"], stage: Stage) => Partial<Ports>
}

export const faultKind = <const F extends Fields>(kind: FaultKind<F>): FaultKind<F> => kind

/**
 * Who of the actors is hit. Each has a draw of its own, and those with the lowest are hit, so that a greater share hits those of a smaller
 * one too, and the number of those who are hit is the same in every run.
 */
export const hit = (actors: ReadonlyArray<Actor>, { region, gpu, group, share }: Whom, rng: Stage["rng"]): ReadonlySet<string> => {
  const named = actors.filter(
    (actor) =>
      (region === undefined || actor.params["region"] === region) &&
      (gpu === undefined || actor.params["gpu"] === gpu) &&
      (group === undefined || actor.group === group),
  )
  if (share === 1) return new Set(named.map(({ id }) => id))
  const drawn = named.map(({ id }) => ({ id, place: rng(`hit/${id}`).uniform() }))
  drawn.sort((a, b) => a.place - b.place || compareIds(a.id, b.id))
  return new Set(drawn.slice(0, Math.round(share * drawn.length)).map(({ id }) => id))
}

/** Who is hit, for the name above a chart. */
export const whomText = ({ region, gpu, group, share }: Whom): string => {
  const names = [gpu, group, region].filter((name) => name !== undefined)
  const part = share === 1 ? "" : `${Number((share * 100).toFixed(1))} %`
  return [part, names.join(" ")].filter(Boolean).join(" of ")
}

/** `name`, and who is hit where that is not everybody. */
export const labelled = (name: string, whom: Whom): string => {
  const text = whomText(whom)
  return text === "" ? name : `${name} (${text})`
}
