import type { Jobs } from "./job.ts"

/** The buyers' escrow slots in one tick, in which none comes free. */
export interface SlotBook {
  /** The buyer's first free slot, which is taken from now on. */
  readonly take: (buyer: string) => number
}

export const slotBook = ({ running, toSettle }: Jobs): SlotBook => {
  const byBuyer = new Map<string, Slots>()
  const slotsOf = (buyer: string): Slots => {
    let slots = byBuyer.get(buyer)
    if (slots === undefined) byBuyer.set(buyer, (slots = { taken: [], isSorted: false, place: 0, next: 0 }))
    return slots
  }
  for (const job of running) slotsOf(job.request.buyer).taken.push(job.slot)
  for (const { job } of toSettle) slotsOf(job.request.buyer).taken.push(job.slot)
  return { take: (buyer) => takeFirst(slotsOf(buyer)) }
}

interface Slots {
  readonly taken: Array<number>
  isSorted: boolean
  /** Of the taken slots, how many are below `next`, which is the first that may be free. */
  place: number
  next: number
}

const takeFirst = (slots: Slots): number => {
  if (!slots.isSorted) {
    slots.taken.sort((a, b) => a - b)
    slots.isSorted = true
  }
  while (slots.taken[slots.place] === slots.next) {
    slots.place++
    slots.next++
  }
  return slots.next++
}
