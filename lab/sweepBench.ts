import { type ChildProcess, spawn } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { Effect } from "effect"
import { agents } from "../agents/index.ts"
import { anvil } from "../chain/anvil.ts"
import type { Figure } from "../chain/bench.ts"
import { openLedger } from "../chain/chainLedger.ts"
import { genesisSeconds } from "../chain/genesis.ts"
import { rpc } from "../chain/rpc.ts"
import { cast } from "../sim/actor.ts"
import { genesis } from "../sim/genesis.ts"
import { canonicalJson } from "./execution/canonicalJson.ts"
import { execute } from "./execution/execute.ts"
import { executeRuns, runsOf } from "./experiment.ts"
import { foregroundFlags } from "./foregroundFlags.ts"
import { packageFile } from "./packageRoot.ts"
import { localQueue } from "./queue/localQueue.ts"
import type { RunQueue } from "./queue/runQueue.ts"
import { currentMaker, runInputs } from "./runManifest.ts"
import { writeRun } from "./runStore.ts"
import { emptyExecutor } from "./scale/emptyExecutor.ts"
import { type CheckedScenario, readScenario } from "./scenarioFile.ts"

const fixedCostMaxMillis = 400
const queueMaxMillis = 5

const median = (values: ReadonlyArray<number>): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

/** What a run costs before its first tick and after its last, in a worker that is warm: the median of `repeats`. */
export const fixedCost = Effect.fn(function* (out: string, repeats: number) {
  const { scenario, catalogue } = readScenario(packageFile("scenarios", "baseline.yaml"))
  const maker = yield* currentMaker
  const order = { scenario: { ...scenario, calendar: { ...scenario.calendar, days: 1 } }, catalogue, seed: "1" }
  const recording = yield* execute(order)
  const { ticks, transactions, reverts, stateRoot, digest } = recording
  const millis: Record<"anvil" | "deployment" | "writing", Array<number>> = { anvil: [], deployment: [], writing: [] }
  for (let n = 0; n < repeats; n++) {
    const begin = performance.now()
    let [started, deployed] = [0, 0]
    yield* Effect.scoped(
      Effect.gen(function* () {
        const world = genesis(order.scenario, cast(order.scenario, agents, order.seed))
        const { port } = yield* anvil(genesisSeconds(world))
        const client = yield* rpc(port)
        started = performance.now()
        yield* Effect.promise(() => openLedger(client, world))
        deployed = performance.now()
      }),
    )
    const stopped = performance.now()
    writeRun(join(out, `fixed-${n}`), { ...runInputs(order, maker), ticks, transactions, reverts, stateRoot, digest }, recording, {})
    millis.anvil.push(started - begin + stopped - deployed)
    millis.deployment.push(deployed - started)
    millis.writing.push(performance.now() - stopped)
  }
  const parts = Object.entries(millis).map(([name, values]) => [name, median(values)] as const)
  const whole = parts.reduce((sum, [, value]) => sum + value, 0)
  const figure = (name: string, value: number): Figure => ({
    name,
    value,
    unit: "ms a run",
    ratio: value / fixedCostMaxMillis,
    against: `${fixedCostMaxMillis} ms`,
  })
  return [figure("fixedCost", whole), ...parts.map(([name, value]) => figure(`fixedCost.${name}`, value))]
})

/** What the catalogue adds to a run, and how the host's memory grows with runs, measured with empty runs. */
export const hostCost = Effect.fn(function* (out: string, few: number, many: number) {
  const checked = readScenario(packageFile("scenarios", "baseline.yaml"))
  const first = yield* emptyRuns(join(out, "few"), checked, few)
  const second = yield* emptyRuns(join(out, "many"), checked, many)
  return [
    {
      name: "fixedCost.queue",
      value: second.queueMillis / many,
      unit: "ms a run",
      ratio: second.queueMillis / many / queueMaxMillis,
      against: `${queueMaxMillis} ms`,
    },
    {
      name: "hostMemory",
      value: second.memoryMib,
      unit: `MiB in use after ${many} empty runs`,
      ratio: second.memoryMib / first.memoryMib,
      against: `after ${few} empty runs`,
    },
  ] satisfies ReadonlyArray<Figure>
})

/** Node has it only for who asks. */
const collectGarbage = (): void => {
  setFlagsFromString("--expose-gc")
  const collect: () => void = runInNewContext("gc")
  collect()
}

const emptyRuns = (out: string, checked: CheckedScenario, count: number) =>
  Effect.gen(function* () {
    mkdirSync(out, { recursive: true })
    const maker = yield* currentMaker
    const spent = { millis: 0 }
    const queue = timed(yield* localQueue(out, maker), spent)
    const seeds = (function* () {
      for (let seed = 1; seed <= count; seed++) yield String(seed)
    })()
    const runs = runsOf(checked, seeds, maker)
    yield* executeRuns(runs, { batch: "empty", out, queue, maker, workers: 1, openExecutor: emptyExecutor })
    collectGarbage()
    return { queueMillis: spent.millis, memoryMib: process.memoryUsage().heapUsed / 2 ** 20 }
  }).pipe(Effect.scoped)

const timed = (queue: RunQueue, spent: { millis: number }): RunQueue => {
  const watched = <A, E>(work: Effect.Effect<A, E>): Effect.Effect<A, E> =>
    Effect.suspend(() => {
      const begin = performance.now()
      return Effect.ensuring(
        work,
        Effect.sync(() => (spent.millis += performance.now() - begin)),
      )
    })
  return {
    ...queue,
    add: (batch, runs) => watched(queue.add(batch, runs)),
    take: (batch) => watched(queue.take(batch)),
    finish: (id, result) => watched(queue.finish(id, result)),
  }
}

/** Two workers of one sweep against two processes that know nothing of each other, with the same runs. */
export const efficiency = Effect.fn(function* (out: string, runs: number) {
  const { scenario } = readScenario(packageFile("scenarios", "baseline.yaml"))
  const path = join(out, "ten-days.json")
  mkdirSync(out, { recursive: true })
  writeFileSync(path, canonicalJson({ ...scenario, calendar: { ...scenario.calendar, days: 10 }, objectives: [] }))
  const seconds = async (...hosts: ReadonlyArray<ReadonlyArray<string>>): Promise<number> => {
    const begin = performance.now()
    const children = hosts.map((args) =>
      spawn(process.execPath, [...foregroundFlags, packageFile("dist", "lab.js"), "run", path, ...args], { stdio: "ignore" }),
    )
    for (const child of children) await exited(child)
    return (performance.now() - begin) / 1000
  }
  const apart = yield* Effect.promise(() =>
    seconds(...["a", "b"].map((name) => ["--seeds", String(runs / 2), "--workers", "1", "--out", join(out, `apart-${name}`)])),
  )
  const together = yield* Effect.promise(() => seconds(["--seeds", String(runs), "--workers", "2", "--out", join(out, "together")]))
  return {
    name: "efficiency",
    value: apart / together,
    unit: "of two independent processes",
    ratio: apart / together / 0.9,
    against: `0.9; ${runs} runs in ${together.toFixed(1)} s, apart ${apart.toFixed(1)} s`,
  } satisfies Figure
})

const exited = (child: ChildProcess): Promise<void> =>
  new Promise((done, fail) =>
    child.exitCode === null
      ? child.once("exit", (code) => (code === 0 ? done() : fail(new Error(`a host of the benchmark ended with code ${code}`))))
      : done(),
  )
