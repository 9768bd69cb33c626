import { randomUUID } from "node:crypto"
import { mkdirSync, readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import type { Figure } from "../chain/bench.ts"
import { tickCount } from "../sim/clock.ts"
import { execute } from "./execution/execute.ts"
import type { Executor } from "./executor.ts"
import { runsOf } from "./experiment.ts"
import { packageFile } from "./packageRoot.ts"
import { say } from "./print.ts"
import { localQueue } from "./queue/localQueue.ts"
import { forgetProgram, postgresQueue } from "./queue/postgresQueue.ts"
import type { RunQueue, RunResult } from "./queue/runQueue.ts"
import { currentMaker, type Maker, runInputs } from "./runManifest.ts"
import { writeRun } from "./runStore.ts"
import { emptyExecutor } from "./scale/emptyExecutor.ts"
import { processCost } from "./scale/processCost.ts"
import { type CheckedScenario, readScenario } from "./scenarioFile.ts"
import { workOff } from "./workers.ts"

export interface QueueBenchOptions {
  /** An empty folder. */
  readonly folder: string
  /** Of the database; what the benchmark puts there is removed at its end. */
  readonly url: string
  /** Of each round, without results. */
  readonly runs: number
  /** Of each round, as large as those of a baseline run. */
  readonly results: number
}

/** By turns in a directory and in a database, so that both have the same neighbours on a shared machine. */
const rounds = 3

/** For one run, with so many at a time that nobody waits for work. */
interface Spent {
  readonly addMillis: number
  /** From the moment when all are added to the end of the last one. */
  readonly millis: number
  /** Of the host's process; the database has its own. */
  readonly processorMillis: number
}

/** What the real queue costs and bears, with runs that are not executed: medians of the rounds. The end of the scope removes them again. */
export const queueFigures = Effect.fn(function* ({ folder, url, runs, results }: QueueBenchOptions) {
  const checked = readScenario(packageFile("scenarios", "baseline.yaml"))
  // A program of its own: no sweep finds these results under the id of a run that it wants, and no benchmark those of an earlier one.
  const maker: Maker = { ...(yield* currentMaker), code: `bench ${randomUUID()}` }
  say("executing the baseline once")
  const baseline = yield* baselineRun(checked, maker, join(folder, "kept"))
  const [first] = runsOf(checked, ["empty"], maker)
  const small = yield* (yield* emptyExecutor(join(folder, "kept"), maker))(first!, () => undefined)

  const out = join(folder, "runs")
  mkdirSync(out)
  const directory = yield* localQueue(out, maker)
  yield* Effect.addFinalizer(() => Effect.ignore(forgetProgram(url, maker)))
  const database = yield* postgresQueue(url, maker)
  const empty = yield* emptyExecutor(out, maker)
  const keep =
    (result: RunResult): Executor =>
    () =>
      Effect.succeed(result)

  const once = Effect.fnUntraced(function* (queue: RunQueue, batch: string, count: number, workers: number, executor: Executor) {
    const seeds = Array.from({ length: count }, (_, index) => `${batch} ${index}`)
    const begin = performance.now()
    yield* queue.add(batch, runsOf(checked, seeds, maker))
    const added = performance.now()
    const processor = process.cpuUsage()
    let last = added
    const executors = Array.from({ length: workers }, () => executor)
    yield* workOff(queue, batch, { executors, out, onEnd: () => (last = performance.now()) })
    const { user, system } = process.cpuUsage(processor)
    const spent: Spent = {
      addMillis: (added - begin) / count,
      millis: (last - added) / count,
      processorMillis: (user + system) / 1000 / count,
    }
    return spent
  })
  const works = [
    { name: "emptyRun", in: { directory, database }, count: runs, workers: 2, executor: empty },
    { name: "oneWorker", in: { directory, database }, count: runs, workers: 1, executor: keep(small) },
    { name: "fourWorkers", in: { directory, database }, count: runs, workers: 4, executor: keep(small) },
    { name: "results", in: { database }, count: results, workers: 4, executor: keep(baseline.result) },
  ]
  const spent = new Map<string, Array<Spent>>()
  for (let round = 1; round <= rounds; round++) {
    say(`round ${round} of ${rounds}: ${runs} runs six times, and ${results} results of ${(baseline.bytes / 1e6).toFixed(2)} MB`)
    for (const { name, in: queues, count, workers, executor } of works)
      for (const [place, queue] of Object.entries(queues)) {
        const key = `${name}.${place}`
        spent.set(key, [...(spent.get(key) ?? []), yield* once(queue, `${key} ${round}`, count, workers, executor)])
      }
  }
  return figuresOf((work, part) => median(spent.get(work)!.map((one) => one[part])), baseline)
})

const median = (values: ReadonlyArray<number>): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

interface Baseline {
  readonly result: RunResult
  /** Of its files. */
  readonly bytes: number
  /** Of this process and its Anvil. */
  readonly processorSeconds: number
}

const baselineRun = Effect.fn(function* ({ scenario, catalogue }: CheckedScenario, maker: Maker, out: string) {
  const order = { scenario, catalogue, seed: "1" }
  const before = processCost().cpuSeconds
  let after = before
  const recording = yield* execute(order, {
    // After the last tick its Anvil is gone, and what it has used with it.
    onTick: ({ tick }) => {
      if (tick === tickCount(scenario.calendar)) after = processCost().cpuSeconds
    },
  })
  const { ticks, transactions, reverts, stateRoot, digest } = recording
  const host = { seconds: after - before, host: "bench" }
  mkdirSync(out, { recursive: true })
  const path = writeRun(out, { ...runInputs(order, maker), ticks, transactions, reverts, stateRoot, digest }, recording, host)
  const bytes = readdirSync(path).reduce((sum, name) => sum + statSync(join(path, name)).size, 0)
  return { result: { path, digest, ...host }, bytes, processorSeconds: after - before } satisfies Baseline
})

const figuresOf = (spent: (work: string, part: keyof Spent) => number, { bytes, processorSeconds }: Baseline): ReadonlyArray<Figure> => {
  /** The database beside the directory. */
  const both = (name: string, unit: string, valueIn: (place: string) => number): ReadonlyArray<Figure> =>
    ["directory", "database"].map((place) => ({
      name: `${name}.${place}`,
      value: valueIn(place),
      unit,
      ratio: valueIn(place) / valueIn("directory"),
      against: `${name}.directory`,
    }))
  const perSecond = (work: string): number => 1000 / spent(work, "millis")
  const results = perSecond("results.database")
  const megabytes = bytes / 1e6
  const fewer = "fourWorkers.database"
  return [
    ...both("emptyRun", "ms a run, 2 workers", (place) => spent(`emptyRun.${place}`, "millis")),
    ...both("emptyRun.processor", "ms of the host's processor", (place) => spent(`emptyRun.${place}`, "processorMillis")),
    ...both("add", "ms a run", (place) => spent(`fourWorkers.${place}`, "addMillis")),
    ...both("oneWorker", "runs/s", (place) => perSecond(`oneWorker.${place}`)),
    ...both("fourWorkers", "runs/s", (place) => perSecond(`fourWorkers.${place}`)),
    ...both("fourWorkers.processor", "ms of the host's processor", (place) => spent(`fourWorkers.${place}`, "processorMillis")),
    { name: "results.database", value: results, unit: "baseline results/s", ratio: results / perSecond(fewer), against: fewer },
    {
      name: "results.processor",
      value: spent("results.database", "processorMillis"),
      unit: "ms of the host's processor",
      ratio: spent("results.database", "processorMillis") / spent(fewer, "processorMillis"),
      against: "fourWorkers.processor.database",
    },
    { name: "results.volume", value: results * megabytes, unit: "MB/s", ratio: megabytes, against: "1 MB, a result" },
    {
      name: "baselineRun.processor",
      value: processorSeconds,
      unit: "s, with its Anvil's",
      ratio: (1000 * processorSeconds) / spent("emptyRun.database", "processorMillis"),
      against: "emptyRun.processor.database",
    },
  ]
}
