import { powerFloorUsdPerGpuHour, topAskUsdPerGpuHour } from "./providerOutlook.ts"
import { provider } from "./provider.ts"
import { fields as providerFields, type Memory as ProviderMemory } from "./providerTurn.ts"
import { agentKind, type Decision, type Params, type Turn } from "../sim/agent.ts"
import { exp, ln } from "../sim/maths.ts"
import { drawn, or } from "../sim/quantity.ts"

const fields = {
  ...providerFields,
  budgetUsd: drawn("What it is ready to lose below cost", { unit: "USD", min: 0, max: 1e9 }),
  startDay: drawn("First day on which it sells below cost", { unit: "days", min: 0, max: 3_650 }).pipe(or(0)),
  underShare: drawn("What it asks meanwhile, of what its power costs", { unit: "share", min: 0.01, max: 0.99 }).pipe(or(0.5)),
  overShare: drawn("What it asks afterwards, of what a cloud takes", { unit: "share", min: 0.01, max: 1 }).pipe(or(0.7)),
  rivalsShare: drawn("It stops when others have no more machines left than this, of those they had", {
    unit: "share",
    min: 0,
    max: 1,
  }).pipe(or(0.5)),
}

interface Memory {
  readonly business: ProviderMemory
  readonly phase: "waiting" | "attacking" | "reaping"
  /** Others' machines when it began. */
  readonly rivalGpus: number
  readonly lostUsd: number
}

type PredatorTurn = Turn<Params<typeof fields>, Memory>

/**
 * A provider that sells below the cost of its power until its rivals have left or its budget is lost, and then asks almost what a cloud does. It
 * never leaves meanwhile, whatever it loses.
 */
export const predator = agentKind({
  role: "provider",
  fields,
  endow: provider.endow,
  begin: (params, rules, rng): Memory => ({ business: provider.begin(params, rules, rng), phase: "waiting", rivalGpus: 0, lostUsd: 0 }),
  decide: (turn): Decision<Memory> => {
    const memory = nextPhase(turn)
    const isAttacking = memory.phase === "attacking"
    const params = isAttacking ? { ...turn.params, noticeDays: Infinity } : turn.params
    const business = { ...turn, params, memory: memory.business }
    const { memory: after, plan, ...decision } = provider.decide(business)
    if (memory.phase === "waiting" || plan === undefined)
      return { ...decision, memory: { ...memory, business: after }, ...(plan === undefined ? {} : { plan }) }
    const askUsdPerGpuHour = isAttacking
      ? powerFloorUsdPerGpuHour(business) * turn.params.underShare
      : topAskUsdPerGpuHour(business) * turn.params.overShare
    const stays = isAttacking ? { leavesDay: undefined } : {}
    const lostUsd = isAttacking ? memory.lostUsd - lastDayUsd(turn.params, memory.business, after) : memory.lostUsd
    return {
      ...decision,
      memory: { ...memory, lostUsd, business: { ...after, ...stays, askUsdPerGpuHour } },
      plan: { ...plan, askUsdPerGpuHour },
    }
  },
})

const nextPhase = (turn: PredatorTurn): Memory => {
  const { memory, params, world } = turn
  switch (memory.phase) {
    case "waiting":
      return params.budgetUsd > 0 && world.now.day >= params.startDay && world.sites.has(turn.self)
        ? { ...memory, phase: "attacking", rivalGpus: rivalGpus(turn) }
        : memory
    case "attacking": {
      const isOver = memory.lostUsd >= params.budgetUsd || rivalGpus(turn) <= memory.rivalGpus * params.rivalsShare
      if (!isOver) return memory
      // What the war took says nothing of what comes after.
      return { ...memory, phase: "reaping", business: { ...memory.business, profitUsdPerDay: 0 } }
    }
    case "reaping":
      return memory
  }
}

/** The profit of the day that the provider has just reviewed, taken out of its smoothed one; 0 between reviews. */
const lastDayUsd = ({ patienceDays }: { readonly patienceDays: number }, before: ProviderMemory, after: ProviderMemory): number => {
  if (after.profitUsdPerDay === before.profitUsdPerDay) return 0
  const keep = exp(-ln(2) / patienceDays)
  return (after.profitUsdPerDay - before.profitUsdPerDay * keep) / (1 - keep)
}

/** Machines on of all but its own group. */
const rivalGpus = ({ self, world }: PredatorTurn): number => {
  const own = self.slice(0, self.lastIndexOf("-") + 1)
  let gpus = 0
  for (const [id, { plan }] of world.sites) if (!id.startsWith(own)) gpus += plan.gpusOn
  return gpus
}
