import { Schema } from "effect"
import { cellName } from "../sim/devices/hotspot.ts"
import { placesOf } from "../sim/devices/index.ts"
import type { JobRequest } from "../sim/jobs/job.ts"
import type { Profile } from "../sim/profile.ts"
import { count } from "../sim/quantity.ts"
import type { Rng } from "../sim/rng.ts"
import type { World } from "../sim/world.ts"

export const Places = Schema.Array(count("A cell or a feeder by its number", { unit: "place", min: 0, max: 10_000 })).check(
  Schema.isNonEmpty(),
)

/** Cells or feeders of which each provider draws the one in which all its devices stand; of all of them when left out. */
export const placeFields = { places: Schema.optionalKey(Places) }

/** What it says instead, when it cheats. */
export interface FalsePlaces {
  readonly claimedPlaces?: ReadonlyArray<number>
}

/** Draws that stand for a place until the places are known. */
export interface PlaceDraws {
  readonly place: number
  readonly claimedPlace: number
}

export const drawPlaces = (rng: (purpose: string) => Rng): PlaceDraws => ({
  place: rng("place").uniform(),
  claimedPlace: rng("claimedPlace").uniform(),
})

interface Sited extends FalsePlaces {
  readonly places?: ReadonlyArray<number>
}

/** Where a provider's devices stand, and where it says that they do; undefined where hardware stands nowhere in particular. */
export const standsIn = (
  { places, claimedPlaces }: Sited,
  draws: PlaceDraws,
  profile: Profile,
  { rules }: Pick<World, "rules">,
): { readonly place: string | undefined; readonly claimedPlace: string | undefined } => {
  const names = placesOf(profile, rules.devices)
  const at = (own: ReadonlyArray<number> | undefined, draw: number) =>
    own === undefined ? names[Math.floor(draw * names.length)] : names[own[Math.floor(draw * own.length)]!]
  const place = at(places, draws.place)
  return { place, claimedPlace: claimedPlaces === undefined ? place : at(claimedPlaces, draws.claimedPlace) }
}

/** Each request from users in a cell of its own, drawn of these, where hotspots elsewhere do not reach them. */
export const inCells = (
  requests: ReadonlyArray<JobRequest>,
  places: ReadonlyArray<number> | undefined,
  rng: (purpose: string) => Rng,
): ReadonlyArray<JobRequest> =>
  places === undefined
    ? requests
    : requests.map((request) => ({ ...request, region: cellName(places[Math.floor(rng("place").uniform() * places.length)]!) }))
