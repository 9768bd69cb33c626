import type { Fact, Receipt } from "./ledger.ts"

type FactOf<Kind extends Fact["kind"]> = Extract<Fact, { readonly kind: Kind }>

/** All facts of one kind, in order. */
export const factsOf = <Kind extends Fact["kind"]>(receipts: ReadonlyArray<Receipt>, kind: Kind): ReadonlyArray<FactOf<Kind>> =>
  receipts.flatMap(({ facts }) => facts.filter((fact): fact is FactOf<Kind> => fact.kind === kind))

/** The sum of an amount over all facts of one kind. */
export const sumOf = <Kind extends Fact["kind"]>(
  receipts: ReadonlyArray<Receipt>,
  kind: Kind,
  amount: (fact: FactOf<Kind>) => bigint,
): bigint => {
  let sum = 0n
  for (const { facts } of receipts) for (const fact of facts) if (fact.kind === kind) sum += amount(fact as FactOf<Kind>)
  return sum
}
