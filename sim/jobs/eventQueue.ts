import { compareIds } from "../sequence.ts"

/** Events by hour, then rank, then the id of what they are about: a heap of four children each, on typed arrays. */
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
  const move = (from: number, to: number): void => put(to, times[from]!, ranks[from]!, subjects[from]!)
  /** Puts an event where nothing below it comes before it, and moves down what comes after it. */
  const rise = (from: number, hours: number, rank: number, subject: number): void => {
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 2
      if (!isBefore(hours, rank, subject, parent)) break
      move(parent, at)
      at = parent
    }
    put(at, hours, rank, subject)
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
      rise(size++, hours, rank, subject)
    },
    drop: () => {
      size--
      if (size === 0) return
      // The last event belongs near the bottom: the gap goes all the way down, and it rises from there.
      let gap = 0
      for (let first = 1; first < size; first = 4 * gap + 1) {
        let next = first
        for (let child = first + 1; child < Math.min(first + 4, size); child++)
          if (isBefore(times[child]!, ranks[child]!, subjects[child]!, next)) next = child
        move(next, gap)
        gap = next
      }
      rise(gap, times[size]!, ranks[size]!, subjects[size]!)
    },
  }
}
