import type { Decision } from "../agent.ts"
import type { Moment } from "../clock.ts"
import type { Receipt } from "../ledger.ts"
import { type Board, emptyBoard, postBoard } from "./board.ts"
import { type Deeds, noDeeds, noteDeeds } from "./deed.ts"

/** What is known of work beside the chain: to all, and to the experiment alone. */
export interface Proofs {
  readonly board: Board
  readonly deeds: Deeds
}

export const noProofs: Proofs = { board: emptyBoard, deeds: noDeeds }

interface Decided {
  readonly actor: { readonly id: string }
  readonly decision: Pick<Decision<unknown>, "machines" | "deed">
}

/** At the end of a tick. */
export const stepProofs = (
  { board, deeds }: Proofs,
  now: Moment,
  receipts: ReadonlyArray<Receipt>,
  decisions: ReadonlyArray<Decided>,
): Proofs => {
  const parts = <A>(of: (decision: Decided["decision"]) => A | undefined): ReadonlyMap<string, A> =>
    new Map(
      decisions.flatMap(({ actor, decision }): Array<[string, A]> => {
        const part = of(decision)
        return part === undefined ? [] : [[actor.id, part]]
      }),
    )
  const noted = noteDeeds(
    deeds,
    now.tickOfEpoch === 0,
    parts(({ deed }) => deed),
  )
  return {
    board: postBoard(
      board,
      now,
      receipts,
      parts(({ machines }) => machines),
      noted,
    ),
    deeds: noted,
  }
}
