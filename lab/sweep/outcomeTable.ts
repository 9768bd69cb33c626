import { Effect, Stream } from "effect"
import type { Row } from "../../sim/metric.ts"
import { tableRows } from "../execution/table.ts"
import { reached } from "../objective.ts"
import type { QueueFailed, RunQueue, RunRecord } from "../queue/runQueue.ts"
import type { Maker } from "../runManifest.ts"
import { type Outcome, outcomeId, outcomeOf } from "./sweepFile.ts"
import type { SweepPlan } from "./variants.ts"

/** What a sweep's runs came to: the numbers that its analysis is made from, and nothing else of the runs. */
export interface OutcomeTable {
  readonly outcomes: ReadonlyArray<Outcome>
  /** By outcome id: for each variant one number a seed, NaN where the run failed or the metric has none. */
  readonly values: Readonly<Record<string, ReadonlyArray<Float64Array>>>
  /** For each variant the id of each seed's run, null where it failed. */
  readonly runs: ReadonlyArray<ReadonlyArray<string | null>>
  readonly failures: ReadonlyArray<{ readonly variant: number; readonly seed: string; readonly message: string; readonly replay: string }>
  /** What made all of them. */
  readonly maker: Maker
}

/** What a sweep looks at: what its file lists, by default the mean of some; and whatever the scenario's objectives are about. */
export const outcomesOf = ({ sweep, base }: SweepPlan): ReadonlyArray<Outcome> => {
  const objectives = base.scenario.objectives.map(({ metric, window }): Outcome => ({ metric, window }))
  const listed = sweep.outcomes ?? leading
  const profit = sweep.design.kind === "attack" ? [sweep.design.profit] : []
  const watched = sweep.until === undefined ? [] : [outcomeOf(sweep.until.outcome)]
  return [...new Map([...listed, ...objectives, ...profit, ...watched].map((outcome) => [outcomeId(outcome), outcome])).values()]
}

/** The question of most sweeps: does the network pay its providers, serve its buyers, and keep its token? */
const leading: ReadonlyArray<Outcome> = [
  { metric: "providerProfitUsd", window: "mean" },
  { metric: "jobsServed", window: "mean" },
  { metric: "priceUsd", window: "end" },
]

/** Reads a sweep's numbers from the runs of its batch, only the wanted columns, and each run only once: the queue remembers them. */
export const outcomeTable = (
  queue: RunQueue,
  batch: string,
  /** Of each variant's runs, in the order of the seeds. */
  runIds: ReadonlyArray<ReadonlyArray<string>>,
  outcomes: ReadonlyArray<Outcome>,
  maker: Maker,
): Effect.Effect<OutcomeTable, QueueFailed> =>
  Effect.gen(function* () {
    const ids = outcomes.map(outcomeId)
    const places = new Map<string, Array<readonly [variant: number, seed: number]>>()
    for (const [variant, ofVariant] of runIds.entries())
      for (const [seed, id] of ofVariant.entries()) places.set(id, [...(places.get(id) ?? []), [variant, seed]])
    const values = Object.fromEntries(ids.map((id) => [id, runIds.map(({ length }) => new Float64Array(length).fill(NaN))]))
    const runs = runIds.map((ofVariant) => ofVariant.map((): string | null => null))
    const failures: Array<OutcomeTable["failures"][number] & { readonly place: number }> = []
    yield* Stream.runForEach(queue.records(batch), (record) =>
      Effect.map(
        record.state === "finished" ? numbersOf(queue, record, outcomes) : Effect.succeed({}),
        (numbers: RunRecord["outcomes"]) => {
          for (const [variant, seed] of places.get(record.id) ?? []) {
            if (record.failure !== undefined) {
              const { message, replay } = record.failure
              failures.push({ variant, seed: record.seed, message, replay, place: seed })
            } else if (record.state === "finished") runs[variant]![seed] = record.id
            for (const id of ids) values[id]![variant]![seed] = numbers[id] ?? NaN
          }
        },
      ),
    )
    const inOrder = failures.toSorted((a, b) => a.variant - b.variant || a.place - b.place).map(({ place: _, ...failure }) => failure)
    return { outcomes, values, runs, failures: inOrder, maker }
  })

const numbersOf = (
  queue: RunQueue,
  { id, outcomes: known }: RunRecord,
  outcomes: ReadonlyArray<Outcome>,
): Effect.Effect<RunRecord["outcomes"], QueueFailed> => {
  const missing = outcomes.filter((outcome) => !(outcomeId(outcome) in known))
  if (missing.length === 0) return Effect.succeed(known)
  return Effect.gen(function* () {
    const bytes = yield* queue.rows(id)
    const columns = missing.flatMap(({ metric }) => [metric, `${metric}.all`])
    const rows = (yield* Effect.promise(() => tableRows(bytes, columns))) as ReadonlyArray<Row>
    const found = Object.fromEntries(missing.map((outcome) => [outcomeId(outcome), reached(outcome, rows)]))
    yield* queue.saveOutcomes(id, found)
    return { ...known, ...found }
  })
}
