import type { Actor } from "../actor.ts"
import { type Books, profitUsd } from "../books.ts"
import type { Site } from "../jobs/site.ts"

/** What a predator lost while it asked less than its power costs, and what it earned at all other times, in dollars. */
export interface PredationBook {
  readonly spentUsd: number
  readonly gainedUsd: number
}

export type PredationLedger = ReadonlyMap<string, PredationBook>

export const openPredationLedger = (actors: ReadonlyArray<Actor>): PredationLedger =>
  new Map(actors.flatMap(({ id, kind }) => (kind === "predator" ? [[id, { spentUsd: 0, gainedUsd: 0 }]] : [])))

/** Posts one tick. */
export const postPredation = (
  before: PredationLedger,
  booksBefore: Books,
  books: Books,
  sites: ReadonlyMap<string, Site>,
): PredationLedger =>
  before.size === 0
    ? before
    : new Map(
        [...before].map(([id, { spentUsd, gainedUsd }]) => {
          const earnedUsd = profitUsd(books.get(id)!) - profitUsd(booksBefore.get(id)!)
          const plan = sites.get(id)?.plan
          const isBelowCost = plan !== undefined && plan.gpusOn > 0 && plan.askUsdPerGpuHour < (plan.floorUsdPerGpuHour ?? 0)
          return [id, isBelowCost ? { spentUsd: spentUsd - earnedUsd, gainedUsd } : { spentUsd, gainedUsd: gainedUsd + earnedUsd }]
        }),
      )
