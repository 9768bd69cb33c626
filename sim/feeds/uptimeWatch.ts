import type { World } from "../world.ts"

/** What a node has seen of a provider since the day began. */
interface Seen {
  /** Total of the site when it was last looked at. */
  readonly onGpuHours: number
  readonly hours: number
  readonly upHours: number
  /** Whether it is out of sight until it is looked at again. */
  readonly isHidden: boolean
}

export type UptimeWatch = ReadonlyMap<string, Seen>

/**
 * Looks at every active provider once a tick: the hours for which its registered GPUs answered, of those that passed. Nobody tells the node why
 * a GPU does not answer, so one that never existed is down, and so is one behind a broken line.
 */
export const watch = (before: UptimeWatch, { ledger, sites, now, hidesFromOracles }: World): UptimeWatch => {
  const next = new Map<string, Seen>()
  for (const [provider, { status, gpuCount }] of ledger.registry.providers) {
    const site = sites.get(provider)
    if (status !== "active" || site === undefined) continue
    const { onGpuHours } = site
    const isHidden = hidesFromOracles?.(provider) ?? false
    const seen = before.get(provider)
    if (seen === undefined) next.set(provider, { onGpuHours, hours: 0, upHours: 0, isHidden })
    else {
      const upHours = seen.isHidden ? 0 : Math.min(now.hours, (onGpuHours - seen.onGpuHours) / gpuCount)
      next.set(provider, { onGpuHours, hours: seen.hours + now.hours, upHours: seen.upHours + upHours, isHidden })
    }
  }
  return next
}

/** A new day: totals go on from where they are. */
export const restart = (before: UptimeWatch): UptimeWatch =>
  new Map([...before].map(([provider, seen]) => [provider, { ...seen, hours: 0, upHours: 0 }]))

/** Share of the time seen for which each provider was up; nothing of whom was not seen. */
export const uptimeShares = (watched: UptimeWatch): ReadonlyMap<string, number> =>
  new Map([...watched].filter(([, { hours }]) => hours > 0).map(([provider, { hours, upHours }]) => [provider, upHours / hours]))
