import type { Fact } from "./ledger.ts"
import type { Decision } from "./agent.ts"
import { agree, type Agreement } from "./protocols/rewardTree.ts"

interface Decided {
  readonly actor: { readonly id: string }
  readonly decision: Decision<unknown>
}

type WorkClaimed = Extract<Fact, { readonly kind: "oracle.workClaimed" }>

/** Signed messages of one tick that never become transactions. */
export interface Messages {
  readonly claims: ReadonlyArray<WorkClaimed>
  readonly observations: ReadonlyMap<string, { readonly epoch: number; readonly workMillis: ReadonlyMap<string, bigint> }>
}

export const silence: Messages = { claims: [], observations: new Map() }

/** Where rewards are in a tree, claims of work and reports on it are said to each other and not to the chain: takes them out of the decisions. */
export const speak = <D extends Decided>(
  decided: ReadonlyArray<D>,
): { readonly decided: ReadonlyArray<D>; readonly messages: Messages } => {
  const claims: Array<WorkClaimed> = []
  const observations = new Map<string, Extract<Decision<unknown>["actions"][number], { readonly kind: "oracle.report" }>>()
  const rest = decided.map((one): D => {
    const { actor, decision } = one
    if (!decision.actions.some(({ kind }) => kind === "oracle.claimWork" || kind === "oracle.report")) return one
    const actions = decision.actions.filter((action) => {
      if (action.kind === "oracle.claimWork") {
        claims.push({ kind: "oracle.workClaimed", agent: actor.id, epoch: action.epoch, workMillis: action.workMillis })
        return false
      }
      if (action.kind !== "oracle.report") return true
      observations.set(actor.id, action)
      return false
    })
    return { ...one, decision: { ...decision, actions } }
  })
  return claims.length + observations.size === 0 ? { decided, messages: silence } : { decided: rest, messages: { claims, observations } }
}

/** What the reporters' messages of a tick come to; the agreement before, while they are silent. */
export const hear = (
  before: Agreement | undefined,
  { observations }: Messages,
  claims: Parameters<typeof agree>[0],
  toleranceBps: number,
): Agreement | undefined => {
  const [first] = observations.values()
  return first === undefined ? before : agree(claims, observations, first.epoch, toleranceBps)
}
