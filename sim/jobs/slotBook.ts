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
    if (slots === undefined) byBuyer.set(buyer, (slots = { taken: [], flags: undefined, next: 0 }))
    return slots
  }
  for (const job of running) slotsOf(job.request.buyer).taken.push(job.slot)
  for (const { job } of toSettle) slotsOf(job.request.buyer).taken.push(job.slot)
  return { take: (buyer) => takeFirst(slotsOf(buyer)) }
}

interface Slots {
  readonly taken: Array<number>
  /** By slot, made when the first one is taken. */
  flags: Uint8Array | undefined
  next: number
}

const takeFirst = (slots: Slots): number => {
  if (slots.flags === undefined) {
    let highest = -1
    for (const slot of slots.taken) if (slot > highest) highest = slot
    slots.flags = new Uint8Array(highest + 1)
    for (const slot of slots.taken) slots.flags[slot] = 1
  }
  while (slots.flags[slots.next] === 1) slots.next++
  return slots.next++
}
