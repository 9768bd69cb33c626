import type { Action } from "../ledger.ts"

/** The last report that each oracle node sent. */
export const lastReports = (
  before: ReadonlyMap<string, Action>,
  decided: ReadonlyArray<{ readonly actor: { readonly id: string }; readonly decision: { readonly actions: ReadonlyArray<Action> } }>,
): ReadonlyMap<string, Action> => {
  const sent = decided.flatMap(({ actor, decision }) =>
    decision.actions.filter(({ kind }) => kind === "oracle.report").map((report) => [actor.id, report] as const),
  )
  return sent.length === 0 ? before : new Map([...before, ...sent])
}
