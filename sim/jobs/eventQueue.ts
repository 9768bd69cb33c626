import { compareIds } from "../sequence.ts"

/** Events by hour, then rank, then the id of what they are about: a binary heap on typed arrays. */
export interface EventQueue {
  /** The next event; only good while `size` is above 0. */
  readonly hours: () => number
  readonly rank: () => number
  readonly subject: () => number
  readonly size: () => number
  readonly push: (hours: number, rank: number, subject: number) => void
  /** Removes the next event. */
  readonly drop: () => void
}

/** `idOf` names the subject of an event of a rank; it is asked only where two events fall together. */
export const eventQueue = (idOf: (rank: number, subject: number) => string, capacity = 1024): EventQueue => {
  let times = new Float64Array(capacity)
  let ranks = new Uint8Array(capacity)
  let subjects = new Int32Array(capacity)
  let size = 0

  const isBefore = (hours: number, rank: number, subject: number, other: number): boolean => {
    const otherHours = times[other]!
    if (hours !== otherHours) return hours < otherHours
    const otherRank = ranks[other]!
    if (rank !== otherRank) return rank < otherRank
    return compareIds(idOf(rank, subject), idOf(rank, subjects[other]!)) < 0
  }
  const put = (at: number, hours: number, rank: number, subject: number): void => {
    times[at] = hours
    ranks[at] = rank
    subjects[at] = subject
  }
  const grow = (): void => {
    const [oldTimes, oldRanks, oldSubjects] = [times, ranks, subjects]
    times = new Float64Array(size * 2)
    ranks = new Uint8Array(size * 2)
    subjects = new Int32Array(size * 2)
    times.set(oldTimes)
    ranks.set(oldRanks)
    subjects.set(oldSubjects)
  }
  return {
    hours: () => times[0]!,
    rank: () => ranks[0]!,
    subject: () => subjects[0]!,
    size: () => size,
    push: (hours, rank, subject) => {
      if (size === times.length) grow()
      let at = size++
      while (at > 0) {
        const parent = (at - 1) >> 1
        if (!isBefore(hours, rank, subject, parent)) break
        put(at, times[parent]!, ranks[parent]!, subjects[parent]!)
        at = parent
      }
      put(at, hours, rank, subject)
    },
    drop: () => {
      size--
      if (size === 0) return
      const [hours, rank, subject] = [times[size]!, ranks[size]!, subjects[size]!]
      let at = 0
      for (;;) {
        let child = 2 * at + 1
        if (child >= size) break
        if (child + 1 < size && isBefore(times[child + 1]!, ranks[child + 1]!, subjects[child + 1]!, child)) child++
        if (isBefore(hours, rank, subject, child)) break
        put(at, times[child]!, ranks[child]!, subjects[child]!)
        at = child
      }
      put(at, hours, rank, subject)
    },
  }
}
