import type { WaitingTask } from "./job.ts"

/**
 * Tasks that wait, by number, in one tick. For the network as a whole they stand in one line, first come first served; where the first does not
 * fit, so many behind it may go before it. A task that nobody would take today, however idle, stands aside and keeps its place.
 */
export interface Line {
  readonly at: (task: number) => WaitingTask
  readonly isWaiting: (task: number) => boolean
  /** Joins the line; `isServed` says whether it stands in it, or aside. */
  readonly join: (task: WaitingTask, isServed: boolean) => number
  /** Joins the own queue of a site. */
  readonly joinSite: (task: WaitingTask, site: number) => number
  readonly leave: (task: number) => void
  /** Whether somebody who comes now may be looked at at once. */
  readonly isShort: () => boolean
  /** Offers the tasks of the line, in order, to `place`, which says whether it took one. */
  readonly serve: (place: (task: number) => boolean) => void
  /** The first in a site's own queue, or -1. */
  readonly firstAt: (site: number) => number
  readonly rest: () => ReadonlyArray<WaitingTask>
}

export const openLine = (backfill: number): Line => {
  const tasks: Array<WaitingTask> = []
  const isThere: Array<boolean> = []
  const served: Array<number> = []
  let head = 0
  let servedCount = 0
  const isServed: Array<boolean> = []
  const bySite = new Map<number, { readonly queue: Array<number>; head: number }>()

  const add = (task: WaitingTask, stands: boolean): number => {
    isThere.push(true)
    isServed.push(stands)
    return tasks.push(task) - 1
  }
  const leave = (task: number): void => {
    if (!isThere[task]) return
    isThere[task] = false
    if (isServed[task]) servedCount--
  }
  return {
    at: (task) => tasks[task]!,
    isWaiting: (task) => isThere[task]!,
    join: (task, stands) => {
      const number = add(task, stands)
      if (stands) {
        served.push(number)
        servedCount++
      }
      return number
    },
    joinSite: (task, site) => {
      const number = add(task, false)
      const queue = bySite.get(site)
      if (queue === undefined) bySite.set(site, { queue: [number], head: 0 })
      else queue.queue.push(number)
      return number
    },
    leave,
    isShort: () => servedCount <= backfill,
    serve: (place) => {
      if (servedCount === 0) return
      const refused: Array<number> = []
      let at = head
      for (; at < served.length && refused.length <= backfill; at++) {
        const task = served[at]!
        if (!isThere[task]) continue
        if (place(task)) leave(task)
        else refused.push(task)
      }
      // Those who still wait close up to the next, so that a place that has been left is looked at once.
      head = at - refused.length
      for (let place = 0; place < refused.length; place++) served[head + place] = refused[place]!
    },
    firstAt: (site) => {
      const own = bySite.get(site)
      if (own === undefined) return -1
      while (own.head < own.queue.length && !isThere[own.queue[own.head]!]) own.head++
      return own.queue[own.head] ?? -1
    },
    rest: () => tasks.filter((_, task) => isThere[task]!),
  }
}
