/** The price that a node of a feed tells the others. One that colludes tells what its coalition wants to be believed, and signs whatever it sends. */
export interface PriceSighting {
  readonly kind: "price"
  readonly feed: string
  readonly usd: number
  readonly isColluding: boolean
}

/** How long each provider was up on a day, in basis points. */
export interface UptimeSighting {
  readonly kind: "uptime"
  readonly feed: string
  readonly day: number
  readonly uptimeBps: ReadonlyMap<string, number>
  readonly isColluding: boolean
}

export type Sighting = PriceSighting | UptimeSighting

/** A sighting, and whose it is. */
export interface Told<S extends Sighting = Sighting> {
  readonly node: string
  readonly sighting: S
}
