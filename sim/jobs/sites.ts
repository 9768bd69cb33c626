import type { Roster } from "./roster.ts"
import type { Site, SitePlan } from "./site.ts"

/** What is known of all sites, by their number in the roster; the fields are those of `Site`. */
export interface SiteColumns {
  readonly plan: ReadonlyArray<SitePlan>
  readonly busyGpus: Int32Array
  readonly downUntilHours: Float64Array
  readonly nextFailureHours: Float64Array
  readonly sinceHours: Float64Array
  readonly onGpuHours: Float64Array
  readonly busyGpuHours: Float64Array
  readonly pricedUsd: Float64Array
}

/** The sites between two ticks. A tick leaves columns, and the next one goes on from them; a site is put together only for who asks for it. */
export class Sites implements ReadonlyMap<string, Site> {
  readonly roster: Roster
  readonly columns: SiteColumns
  #asked: Array<Site | undefined> | undefined

  constructor(roster: Roster, columns: SiteColumns) {
    this.roster = roster
    this.columns = columns
  }

  get size(): number {
    return this.roster.ids.length
  }

  has(provider: string): boolean {
    return this.roster.has(provider)
  }

  get(provider: string): Site | undefined {
    return this.roster.has(provider) ? this.#at(this.roster.indexOf(provider)) : undefined
  }

  keys(): MapIterator<string> {
    return this.roster.ids.values()
  }

  *values(): MapIterator<Site> {
    for (let site = 0; site < this.size; site++) yield this.#at(site)
  }

  *entries(): MapIterator<[string, Site]> {
    for (let site = 0; site < this.size; site++) yield [this.roster.ids[site]!, this.#at(site)]
  }

  [Symbol.iterator](): MapIterator<[string, Site]> {
    return this.entries()
  }

  forEach(tell: (site: Site, provider: string, sites: ReadonlyMap<string, Site>) => void): void {
    for (const [provider, site] of this) tell(site, provider, this)
  }

  #at(site: number): Site {
    const { plan, busyGpus, downUntilHours, nextFailureHours, sinceHours, onGpuHours, busyGpuHours, pricedUsd } = this.columns
    this.#asked ??= Array.from({ length: this.size })
    return (this.#asked[site] ??= {
      plan: plan[site]!,
      busyGpus: busyGpus[site]!,
      downUntilHours: downUntilHours[site]!,
      nextFailureHours: nextFailureHours[site]!,
      sinceHours: sinceHours[site]!,
      onGpuHours: onGpuHours[site]!,
      busyGpuHours: busyGpuHours[site]!,
      pricedUsd: pricedUsd[site]!,
    })
  }
}
