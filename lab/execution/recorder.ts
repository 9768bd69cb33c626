import { createHash } from "node:crypto"
import type { LiquidityOutcome } from "../../sim/liquidity/liquidityOutcome.ts"
import type { AgentOutcome } from "../../sim/outcome.ts"
import type { RunResult, TickRecord } from "../../sim/run.ts"
import { canonicalJson } from "./canonicalJson.ts"
import type { Table } from "./table.ts"

/** Everything that a run leaves behind. */
export interface Recording {
  readonly rows: Table
  readonly events: Table
  readonly agents: Table
  readonly liquidity: Table
  /** sha256 over every row, every event and the final state: equal for equal runs, and for nothing else. */
  readonly digest: string
  readonly stateRoot: string
  readonly ticks: number
  readonly transactions: number
  readonly reverts: number
}

/** Collects a run tick by tick, and its digest with it. The digest knows nothing of the scenario's text, only of what happened. */
export const openRecorder = () => {
  const hash = createHash("sha256")
  const ticks: number[] = []
  const columns = new Map<string, number[]>()
  const events = {
    tick: [] as number[],
    place: [] as number[],
    agent: [] as string[],
    action: [] as string[],
    status: [] as string[],
    reason: [] as string[],
    order: [] as string[],
    facts: [] as string[],
  }
  let reverts = 0

  const record = ({ tick, row, receipts }: TickRecord): void => {
    hash.update(canonicalJson({ tick, row }))
    for (const [name, value] of Object.entries(row)) {
      const column = columns.get(name) ?? Array.from(ticks, () => NaN)
      column.push(value)
      columns.set(name, column)
    }
    ticks.push(tick)
    for (const [place, { order, status, reason, facts }] of receipts.entries()) {
      const { kind, ...details } = order.action
      const cells = {
        agent: order.agent,
        action: kind,
        status,
        reason,
        order: canonicalJson({ ...details, tipWei: order.tipWei }),
        facts: canonicalJson(facts),
      }
      hash.update(canonicalJson({ tick, place, ...cells }))
      events.tick.push(tick)
      events.place.push(place)
      for (const [name, cell] of Object.entries(cells) as ReadonlyArray<[keyof typeof cells, string]>) events[name].push(cell)
      if (status === "reverted") reverts++
    }
  }

  const close = (result: RunResult): Recording => {
    hash.update(canonicalJson({ stateRoot: result.stateDigest }))
    return {
      rows: [
        { name: "tick", type: "INT32", data: ticks },
        ...[...columns].map(([name, data]) => ({ name, type: "DOUBLE" as const, data: ticks.map((_, index) => data[index] ?? NaN) })),
      ],
      events: Object.entries(events).map(([name, data]) => ({
        name,
        type: typeof data[0] === "number" ? ("INT32" as const) : ("STRING" as const),
        data,
      })),
      agents: agentTable(result.agents),
      liquidity: liquidityTable(result.liquidity),
      digest: hash.digest("hex"),
      stateRoot: result.stateDigest,
      ticks: result.ticks,
      transactions: events.tick.length,
      reverts,
    }
  }

  return { record, close }
}

/** One row an agent; a column that its role does not have is NaN there. */
const agentTable = (agents: ReadonlyArray<AgentOutcome>): Table => {
  const names = [...new Set(agents.flatMap(({ values }) => Object.keys(values)))]
  return [
    ...(["id", "kind", "role", "group"] as const).map((name) => ({
      name,
      type: "STRING" as const,
      data: agents.map((agent) => agent[name]),
    })),
    { name: "gpu", type: "STRING", data: agents.map(({ gpu }) => gpu ?? "") },
    ...names.map((name) => ({ name, type: "DOUBLE" as const, data: agents.map(({ values }) => values[name] ?? NaN) })),
  ]
}

/** One row for each owner in each pool. */
const liquidityTable = (outcomes: ReadonlyArray<LiquidityOutcome>): Table => [
  ...(["pool", "owner"] as const).map((name) => ({ name, type: "STRING" as const, data: outcomes.map((outcome) => outcome[name]) })),
  ...(
    [
      "valueUsd",
      "flowsUsd",
      "holdingUsd",
      "feesUsd",
      "impermanentLossUsd",
      "roundingUsd",
      "lossVersusRebalancingUsd",
      "incentivesUsd",
      "residualUnits",
    ] as const
  ).map((name) => ({ name, type: "DOUBLE" as const, data: outcomes.map((outcome) => outcome[name]) })),
]
