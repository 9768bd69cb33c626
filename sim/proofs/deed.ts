import type { Temptation } from "./deterrence.ts"
import { countDeeds, emptyTally, type Tally } from "./frontier.ts"

/** What a provider really does in an epoch: known to the experiment and to who looks at the machines, never to a contract. */
export interface Deed {
  readonly isCheating: boolean
  /** What it weighs at the rules as they are, where it weighs at all. */
  readonly temptation?: Temptation
}

/** Deeds of the epoch that runs, and of the one before. */
export interface Deeds {
  readonly open: ReadonlyMap<string, Deed>
  readonly closed: ReadonlyMap<string, Deed>
  /** Of all closed epochs. */
  readonly tally: Tally
}

export const noDeeds: Deeds = { open: new Map(), closed: new Map(), tally: emptyTally }

/** A provider that cheats in any tick of an epoch has cheated in it. */
export const noteDeeds = (before: Deeds, isNewEpoch: boolean, deeds: ReadonlyMap<string, Deed>): Deeds => {
  const open = new Map(isNewEpoch ? [] : before.open)
  for (const [id, deed] of deeds) open.set(id, { ...deed, isCheating: deed.isCheating || (open.get(id)?.isCheating ?? false) })
  if (!isNewEpoch) return { ...before, open }
  return { open, closed: before.open, tally: countDeeds(before.tally, before.open.values()) }
}
