import type { Jobs } from "./job.ts"

/** The buyers' escrow slots in one tick, in which none comes free. */
export interface SlotBook {
  /** The buyer's first free slot, which is taken from now on. */
  readonly take: (buyer: string) => number
}

/** Where nothing is held for a single job. */
export const noSlots: SlotBook = { take: () => 0 }

export const slotBook = ({ running, toSettle }: Jobs): SlotBook => {
  const byBuyer = new Map<string, Slots>()
  const slotsOf = (buyer: string): Slots => {
    let slots = byBuyer.get(buyer)
    if (slots === undefined) byBuyer.set(buyer, (slots = { isTaken: [], next: 0 }))
    return slots
  }
  for (const job of running) slotsOf(job.request.buyer).isTaken[job.slot] = true
  for (const { job } of toSettle) slotsOf(job.request.buyer).isTaken[job.slot] = true
  return {
    take: (buyer) => {
      const slots = slotsOf(buyer)
      while (slots.isTaken[slots.next] === true) slots.next++
      return slots.next++
    },
  }
}

interface Slots {
  readonly isTaken: Array<boolean>
  next: number
}
