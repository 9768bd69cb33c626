import type { Book, Books } from "../books.ts"
import type { Moment } from "../clock.ts"
import type { Receipt } from "../ledger.ts"
import { fromWei, HOURS_PER_DAY } from "../units.ts"
import type { Board } from "./board.ts"
import type { Deeds } from "./deed.ts"
import { deterrence } from "./deterrence.ts"

/** Posts what providers really did beside what was slashed from them: slashes are for the epoch before the one in which they come. */
export const postDeeds = (
  books: Books,
  receipts: ReadonlyArray<Receipt>,
  deeds: Deeds,
  cases: Board["cases"],
  usdPerToken: number,
  now: Moment,
): Books => {
  if (deeds.open.size + deeds.closed.size === 0) return books
  const next = new Map(books)
  const add = (agent: string, entries: (book: Book) => Partial<Book>) => {
    const book = next.get(agent)
    if (book !== undefined) next.set(agent, { ...book, ...entries(book) })
  }
  for (const [id, { isCheating, temptation }] of deeds.open) {
    if (isCheating) add(id, (book) => (book.slashedTokens > 0 ? {} : { undetectedDays: book.undetectedDays + now.hours / HOURS_PER_DAY }))
    if (!now.isEpochEnd) continue
    // As the frontier counts: where nothing is saved, nothing is weighed.
    const weighed = temptation !== undefined && temptation.savedUsd > 0 ? temptation : undefined
    add(id, ({ deedEpochs, cheatEpochs, deterrenceSum, weighedEpochs }) => ({
      deedEpochs: deedEpochs + 1,
      cheatEpochs: cheatEpochs + (isCheating ? 1 : 0),
      deterrenceSum: deterrenceSum + (weighed === undefined ? 0 : deterrence(weighed)),
      weighedEpochs: weighedEpochs + (weighed === undefined ? 0 : 1),
    }))
  }
  for (const { facts } of receipts)
    for (const fact of facts) {
      if (fact.kind !== "registry.slashed" && fact.kind !== "registry.seized" && fact.kind !== "slashing.overturned") continue
      const isReturn = fact.kind === "slashing.overturned"
      const tokens = fromWei(fact.amountWei) * (isReturn ? -1 : 1)
      const isInnocent = isReturn ? cases.get(fact.id)?.isGuilty === false : !(deeds.closed.get(fact.provider)?.isCheating ?? false)
      if (isInnocent)
        add(fact.provider, ({ slashedInnocentTokens, slashedInnocentUsd }) => ({
          slashedInnocentTokens: slashedInnocentTokens + tokens,
          slashedInnocentUsd: slashedInnocentUsd + tokens * usdPerToken,
        }))
    }
  return next
}
