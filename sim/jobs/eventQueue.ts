import { compareIds } from "../sequence.ts"

/**
 * Events by hour, then rank, then the id of what they are about: a calendar queue (Brown 1988). The time ahead is cut into slices; an event far ahead
 * is only noted in its slice, and the few of the slice at hand are a heap. It costs the same however many wait, and no object is made of an event.
 */
export interface EventQueue {
  /** Goes on to the next event, and takes it out; false where none is left. */
  readonly next: () => boolean
  /** Of the event that `next` went on to. */
  readonly hours: () => number
  readonly rank: () => number
  readonly subject: () => number
  readonly push: (hours: number, rank: number, subject: number) => void
}

export interface QueueSpan {
  /** When the first events are about to come, and the last. One outside costs more, and keeps its place in the order. */
  readonly fromHours: number
  readonly untilHours: number
  /** About so many. */
  readonly events: number
}

/** `idOf` names the subject of an event of a rank; it is asked only where two events fall together. */
export const eventQueue = (idOf: (rank: number, subject: number) => string, { fromHours, untilHours, events }: QueueSpan): EventQueue => {
  let times = new Float64Array(events)
  let ranks = new Uint8Array(events)
  let subjects = new Int32Array(events)
  /** The event noted before it in its slice, or -1. */
  let earlier = new Int32Array(events)
  let count = 0
  let current = -1

  const latest = new Int32Array(Math.max(1, events)).fill(-1)
  const slicesPerHour = latest.length / (untilHours - fromHours)
  /** The heap has the events of this slice, and of those before. */
  let open = -1
  const heap: Array<number> = []

  const isBefore = (event: number, other: number): boolean => {
    const hours = times[event]!
    const otherHours = times[other]!
    if (hours !== otherHours) return hours < otherHours
    const rank = ranks[event]!
    const otherRank = ranks[other]!
    if (rank !== otherRank) return rank < otherRank
    return compareIds(idOf(rank, subjects[event]!), idOf(rank, subjects[other]!)) < 0
  }
  const rise = (event: number): void => {
    let at = heap.length
    heap.push(event)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!isBefore(event, heap[parent]!)) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = event
  }
  /** Takes the first out of the heap. */
  const take = (): number => {
    const first = heap[0]!
    const event = heap.pop()!
    const size = heap.length
    if (size === 0) return first
    let at = 0
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && isBefore(heap[child + 1]!, heap[child]!)) child++
      if (!isBefore(heap[child]!, event)) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = event
    return first
  }
  const grow = (): void => {
    const capacity = 2 * count + 64
    const grown = { times: new Float64Array(capacity), ranks: new Uint8Array(capacity), subjects: new Int32Array(capacity) }
    grown.times.set(times)
    grown.ranks.set(ranks)
    grown.subjects.set(subjects)
    ;({ times, ranks, subjects } = grown)
    const links = new Int32Array(capacity)
    links.set(earlier)
    earlier = links
  }
  return {
    hours: () => times[current]!,
    rank: () => ranks[current]!,
    subject: () => subjects[current]!,
    push: (hours, rank, subject) => {
      if (count === times.length) grow()
      const event = count++
      times[event] = hours
      ranks[event] = rank
      subjects[event] = subject
      const slice = Math.min(Math.floor((hours - fromHours) * slicesPerHour), latest.length - 1)
      if (slice <= open) return rise(event)
      earlier[event] = latest[slice]!
      latest[slice] = event
    },
    next: () => {
      while (heap.length === 0) {
        if (++open >= latest.length) return false
        for (let event = latest[open]!; event >= 0; event = earlier[event]!) rise(event)
      }
      current = take()
      return true
    },
  }
}
