import { compareIds } from "../sequence.ts"

/** The numbers of sites in a tick. */
export interface Roster {
  readonly ids: ReadonlyArray<string>
  readonly indexOf: (provider: string) => number
  readonly has: (provider: string) => boolean
  /** The place of each site's id among all, by code units. */
  readonly ranks: Int32Array
  /** All sites, as they were ordered last: where the next order begins, which is the same from any beginning. Prices seldom change. */
  lastOrder: Int32Array
}

/** Sites that nobody plans for come first. The roster of the tick before is used again where no site is new or was left out. */
export const rosterOf = (before: ReadonlyMap<string, unknown>, planned: ReadonlyMap<string, unknown>, last?: Roster): Roster => {
  if (last !== undefined && before.size === planned.size && isListOf(planned, last.ids)) return last
  const unplanned = [...before.keys()].filter((provider) => !planned.has(provider))
  const ids = [...unplanned, ...planned.keys()]
  const places = new Map(ids.map((id, place) => [id, place]))
  return {
    ids,
    indexOf: (provider) => places.get(provider)!,
    has: (provider) => places.has(provider),
    ranks: ranksById(ids),
    lastOrder: Int32Array.from(ids.keys()),
  }
}

const isListOf = (planned: ReadonlyMap<string, unknown>, ids: ReadonlyArray<string>): boolean => {
  let place = 0
  for (const id of planned.keys()) if (ids[place++] !== id) return false
  return true
}

const ranksById = (ids: ReadonlyArray<string>): Int32Array => {
  const ranks = new Int32Array(ids.length)
  const order = ids.map((_, index) => index).sort((a, b) => compareIds(ids[a]!, ids[b]!))
  for (let place = 0; place < ids.length; place++) ranks[order[place]!] = place
  return ranks
}
