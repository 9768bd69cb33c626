import { createHash } from "node:crypto"
import type { LiquidityOutcome } from "../../sim/liquidity/liquidityOutcome.ts"
import type { AgentOutcome } from "../../sim/outcome.ts"
import type { RunResult, TickRecord } from "../../sim/run.ts"
import { canonicalJson } from "./canonicalJson.ts"
import { openTable, type Table } from "./table.ts"

/** Everything that a run leaves behind. */
export interface Recording {
  readonly rows: Table
  /** A Parquet file, for which a run of a million jobs has no room as a table. */
  readonly events: Uint8Array
  readonly agents: Table
  readonly liquidity: Table
  /** sha256 over every row, every event and the final state: equal for equal runs, and for nothing else. */
  readonly digest: string
  readonly stateRoot: string
  readonly ticks: number
  readonly transactions: number
  readonly reverts: number
}

const eventColumns = [
  { name: "tick", type: "INT32" },
  { name: "place", type: "INT32" },
  ...(["agent", "action", "status", "reason", "order", "facts"] as const).map((name) => ({ name, type: "STRING" as const })),
] as const

/** Collects a run tick by tick, and its digest with it. The digest knows nothing of the scenario's text, only of what happened. */
export const openRecorder = () => {
  const hash = createHash("sha256")
  const ticks: number[] = []
  const columns = new Map<string, number[]>()
  const events = openTable(eventColumns)
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
      events.add(tick, place, ...Object.values(cells))
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
      events: events.close(),
      agents: agentTable(result.agents),
      liquidity: liquidityTable(result.liquidity),
      digest: hash.digest("hex"),
      stateRoot: result.stateDigest,
      ticks: result.ticks,
      transactions: events.rowCount(),
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
