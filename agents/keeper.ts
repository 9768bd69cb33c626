import { agentKind, type Decision } from "../sim/agent.ts"
import { or, quantity } from "../sim/quantity.ts"

const fields = {
  lossUsdMax: quantity("Most that an upkeep may cost the keeper beyond what it is paid", { unit: "USD", min: 0, max: 1e6 }).pipe(or(0)),
  idleShare: quantity("Chance that the keeper does not look in a tick", { unit: "share", min: 0, max: 1 }).pipe(or(0)),
}

/** Asks the upkeep contract each tick whether there is something to do, and does it when the fee is worth the gas. */
export const keeper = agentKind({
  role: "keeper",
  fields,
  endow: () => ({ tokens: 0, usd: 0 }),
  begin: () => null,
  decide: ({ params, world, rng }): Decision<null> => {
    const { due } = world.ledger.uptime
    if (rng("idle").chance(params.idleShare) || due === undefined) return { memory: null, actions: [] }
    const lossUsd = world.gas.feeUsd("uptime.perform") - (world.rules.uptime?.keeperTokens ?? 0) * world.meanUsdPerToken
    return { memory: null, actions: lossUsd <= params.lossUsdMax ? [{ kind: "uptime.perform", ...due }] : [] }
  },
})
