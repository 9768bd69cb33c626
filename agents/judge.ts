import { agentKind, type Decision } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import { drawn, or, quantity } from "../sim/quantity.ts"
import { payFromPocket } from "./payFromPocket.ts"

const fields = {
  errorShare: drawn("Chance that the judge finds the wrong side right", { unit: "share", min: 0, max: 1 }),
  caseUsd: quantity("What it costs to look at the machines of one case", { unit: "USD", min: 0, max: 1e6 }).pipe(or(0)),
}

/** The numbers of cases and of disputes that it has ruled on. */
interface Memory {
  readonly cases: ReadonlySet<number>
  readonly disputes: ReadonlySet<number>
}

/**
 * One of the second committee: looks at the machines themselves when a provider appeals, and at the result when a buyer disputes it, once for each
 * case.
 */
export const judge = agentKind({
  role: "keeper",
  fields,
  endow: () => ({ tokens: 0, usd: 0 }),
  begin: (): Memory => ({ cases: new Set(), disputes: new Set() }),
  decide: ({ params, memory, world, rng }): Decision<Memory> => {
    const open = [...world.board.cases].filter(
      ([id, { isAppealed, decidesAtSeconds }]) => isAppealed && !memory.cases.has(id) && world.now.timestampSeconds < decidesAtSeconds,
    )
    const contested = [...(world.results?.contested ?? [])].filter(
      ([id, { decidesAtSeconds }]) => !memory.disputes.has(id) && world.now.timestampSeconds < decidesAtSeconds,
    )
    if (open.length + contested.length === 0) return { memory, actions: [] }
    const rulings = open.map(([id, { isGuilty }]): Action => ({
      kind: "slashing.rule",
      id,
      isUpheld: rng(`case/${id}`).chance(params.errorShare) ? !isGuilty : isGuilty,
    }))
    const verdicts = contested.map(([id, { isWrong }]): Action => ({
      kind: "disputes.rule",
      id,
      isRefund: rng(`dispute/${id}`).chance(params.errorShare) ? !isWrong : isWrong,
    }))
    return {
      memory: {
        cases: new Set([...memory.cases, ...open.map(([id]) => id)]),
        disputes: new Set([...memory.disputes, ...contested.map(([id]) => id)]),
      },
      actions: [...payFromPocket((open.length + contested.length) * params.caseUsd, "checks"), ...rulings, ...verdicts],
    }
  },
})
