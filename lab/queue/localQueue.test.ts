import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, Stream } from "effect"
import { afterAll, describe, expect, it } from "vitest"
import { runsOf } from "../experiment.ts"
import { currentMaker, runIds, runInputs } from "../runManifest.ts"
import { writeRun } from "../runStore.ts"
import { emptyExecutor, emptyRecording } from "../scale/emptyExecutor.ts"
import { readScenario } from "../scenarioFile.ts"
import { localQueue } from "./localQueue.ts"
import type { RunFailure, RunQueue, WantedRun } from "./runQueue.ts"

const maker = Effect.runSync(currentMaker)
const checked = readScenario("scenarios/baseline.yaml")
const runs = [...runsOf(checked, ["1", "2", "3"], maker)]
const batch = "three"

const folders: Array<string> = []
const directory = (): string => {
  folders.push(mkdtempSync(join(tmpdir(), "depinlab-queue-")))
  return folders.at(-1)!
}
afterAll(() => folders.forEach((path) => rmSync(path, { recursive: true, force: true })))

/** Opens the queue of a directory as a host does, and closes it. */
const withQueue = <A, E>(out: string, use: (queue: RunQueue) => Effect.Effect<A, E>): Promise<A> =>
  Effect.runPromise(Effect.scoped(Effect.flatMap(localQueue(out, maker), use)))

const execute = (out: string, queue: RunQueue, run: WantedRun) =>
  Effect.gen(function* () {
    const executor = yield* emptyExecutor(out, maker)
    yield* queue.finish(run.id, yield* executor(run, () => {}))
  }).pipe(Effect.scoped)

const failure = (cause: RunFailure["cause"]): RunFailure => ({ cause, message: "it broke", replay: "lab replay" })

const statesOf = (queue: RunQueue) => Effect.map(Stream.runCollect(queue.records(batch)), (records) => records.map(({ state }) => state))

describe("the queue of a directory", () => {
  it("hands out each run once, whole, in order, whoever asks", () => {
    const out = directory()
    return withQueue(out, (first) =>
      Effect.gen(function* () {
        const second = yield* localQueue(out, maker)
        yield* first.add(batch, runs)
        yield* second.add(batch, runs)
        const taken = [yield* first.take(batch), yield* second.take(batch), yield* first.take(batch), yield* second.take(batch)]
        expect(taken.map((run) => run?.id)).toEqual([...runs.map(({ id }) => id), undefined])
        expect(runInputs(taken[1]!.order, maker)).toEqual(runInputs(runs[1]!.order, maker))
        expect(yield* first.counts(batch)).toEqual({ waiting: 0, running: 3, finished: 0, failed: 0 })
        yield* second.giveBack(runs[0]!.id)
        expect(yield* second.take(batch), "another host's run stays taken").toBeUndefined()
        yield* first.giveBack(runs[0]!.id)
        expect((yield* second.take(batch))?.id).toBe(runs[0]!.id)
      }).pipe(Effect.scoped),
    )
  })

  it("tries a run again once, and only when the machine failed; a new beginning gives the machine another chance", async () => {
    const out = directory()
    await withQueue(out, (queue) =>
      Effect.gen(function* () {
        yield* queue.add(batch, runs)
        const [model, machine] = [(yield* queue.take(batch))!.id, (yield* queue.take(batch))!.id]
        expect(yield* queue.fail(model, failure("model"))).toBe("failed")
        expect(yield* queue.fail(machine, failure("machine"))).toBe("waiting")
        expect((yield* queue.take(batch))!.id).toBe(runs[2]!.id)
        expect((yield* queue.take(batch))!.id).toBe(machine)
        expect(yield* queue.fail(machine, failure("machine"))).toBe("failed")
        expect(yield* statesOf(queue)).toEqual(["failed", "failed", "running"])
      }),
    )
    await withQueue(out, (queue) =>
      Effect.gen(function* () {
        yield* queue.add(batch, runs)
        expect(yield* statesOf(queue)).toEqual(["failed", "waiting", "waiting"])
        const [record] = yield* Stream.runCollect(queue.records(batch))
        expect(record!.failure).toEqual(failure("model"))
      }),
    )
  })

  it("is an index of the folders: what was finished is found again without it, and what is gone is run again", async () => {
    const out = directory()
    await withQueue(out, (queue) =>
      Effect.gen(function* () {
        yield* queue.add(batch, runs)
        for (const _ of runs) yield* execute(out, queue, (yield* queue.take(batch))!)
        yield* queue.saveOutcomes(runs[1]!.id, { "priceUsd.mean": 2, "burn.mean": NaN })
        expect(yield* statesOf(queue)).toEqual(["finished", "finished", "finished"])
      }),
    )
    rmSync(join(out, runs[0]!.id), { recursive: true })
    await withQueue(out, (queue) =>
      Effect.gen(function* () {
        yield* queue.add(batch, runs)
        expect(yield* statesOf(queue)).toEqual(["waiting", "finished", "finished"])
        const records = yield* Stream.runCollect(queue.records(batch))
        expect(records[1]!.outcomes).toEqual({ "priceUsd.mean": 2, "burn.mean": NaN })
      }),
    )
    rmSync(join(out, "catalogue.sqlite"))
    await withQueue(out, (queue) =>
      Effect.gen(function* () {
        yield* queue.add(batch, runs)
        expect(yield* statesOf(queue)).toEqual(["waiting", "finished", "finished"])
      }),
    )
  })

  it("keeps both of two results that differ, and says so; an equal second one is nothing new", () => {
    const out = directory()
    return withQueue(out, (queue) =>
      Effect.gen(function* () {
        yield* queue.add(batch, runs)
        const run = (yield* queue.take(batch))!
        yield* execute(out, queue, run)
        yield* execute(out, queue, run)
        expect(yield* statesOf(queue)).toEqual(["finished", "waiting", "waiting"])
        const other = emptyRecording("other")
        const { ticks, transactions, reverts, stateRoot, digest } = other
        const manifest = { ...runInputs(run.order, maker), ticks, transactions, reverts, stateRoot, digest }
        const path = writeRun(out, manifest, other, { seconds: 1, host: "elsewhere" })
        const error = yield* Effect.flip(queue.finish(run.id, { path, digest, seconds: 1, host: "elsewhere" }))
        expect(error).toMatchObject({ _tag: "RunDiverged", message: expect.stringContaining(`${run.id}.diverged`) })
        expect([run.id, `${run.id}.diverged`].map((name) => existsSync(join(out, name, "complete.json")))).toEqual([true, true])
        expect(yield* statesOf(queue)).toEqual(["failed", "waiting", "waiting"])
      }),
    )
  })

  it("says what to do when its file is none", async () => {
    const out = directory()
    writeFileSync(join(out, "catalogue.sqlite"), "I am a text, and long enough to be looked at as a database".repeat(100))
    await expect(withQueue(out, () => Effect.void)).rejects.toThrow(/catalogue\.sqlite: damaged .*move it away/)
  })
})

it("the ids of many seeds are those of the runs", () => {
  const idOf = runIds(checked, maker)
  for (const { id, order } of runs) expect([idOf(order.seed), runInputs(order, maker).id]).toEqual([id, id])
})
