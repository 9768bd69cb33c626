import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Cause, Effect, Exit, Scope, Stream } from "effect"
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest"
import { sha256 } from "../execution/sha256.ts"
import { exitCode } from "../exitCode.ts"
import { currentMaker, runInputs } from "../runManifest.ts"
import { readScenario } from "../scenarioFile.ts"
import { missingPostgres, type PostgresServer, startPostgres } from "../testing/postgresServer.ts"
import { forgetProgram, postgresQueue } from "./postgresQueue.ts"
import type { RunQueue, RunRecord, RunResult, WantedRun } from "./runQueue.ts"

const missing = missingPostgres()
if (missing !== undefined) test.skip(`the queue in a database: ${missing}`)

describe.skipIf(missing !== undefined)("the queue in a database", () => {
  let server: PostgresServer
  let folder: string
  const scopes: Array<Scope.Closeable> = []
  const maker = Effect.runSync(currentMaker)
  const { scenario, catalogue } = readScenario("scenarios/baseline.yaml")
  const runs = (batch: string, count: number): ReadonlyArray<WantedRun> =>
    Array.from({ length: count }, (_, index) => {
      const order = { scenario, catalogue, seed: `${batch} ${index}` }
      return { id: runInputs(order, maker).id, order }
    })

  beforeAll(async () => {
    server = await startPostgres()
    folder = mkdtempSync(join(tmpdir(), "depinlab-queue-"))
  })
  afterEach(async () => {
    for (const scope of scopes.splice(0)) await Effect.runPromise(Scope.close(scope, Exit.void))
  })
  afterAll(async () => {
    await server.remove()
    rmSync(folder, { recursive: true })
  })

  /** A host of its own. */
  const host = async (program = maker): Promise<RunQueue> => {
    const scope = Effect.runSync(Scope.make())
    scopes.push(scope)
    return Effect.runPromise(postgresQueue(server.url, program, { silenceSeconds: 10 }).pipe(Effect.provideService(Scope.Scope, scope)))
  }
  const records = (queue: RunQueue, batch: string): Promise<ReadonlyArray<RunRecord>> =>
    Effect.runPromise(Stream.runCollect(queue.records(batch)))

  /** What a worker leaves behind. */
  const result = (id: string, digest: string, host = "here"): RunResult => {
    const path = join(folder, `${id}-${digest}`)
    const rows = Buffer.from(`rows ${digest}`)
    mkdirSync(path, { recursive: true })
    writeFileSync(join(path, "rows.parquet"), rows)
    writeFileSync(join(path, "complete.json"), JSON.stringify({ "rows.parquet": sha256(rows) }))
    return { path, digest, seconds: 1.5, host }
  }
  const failure = { cause: "machine", message: "Anvil died", replay: "replay it" } as const

  test("hands out each run once, in order, as it was added, and remembers how it ended", async () => {
    const [one, other] = [await host(), await host()]
    const wanted = runs("order", 5)
    await Effect.runPromise(one.add("order", wanted))
    await Effect.runPromise(other.add("order", wanted))
    expect(await Effect.runPromise(one.counts("order"))).toEqual({ waiting: 5, running: 0, finished: 0, failed: 0 })
    const taken = []
    for (const queue of [one, other, one, other, one]) taken.push(await Effect.runPromise(queue.take("order")))
    expect(taken).toEqual(wanted)
    expect(await Effect.runPromise(other.take("order"))).toBeUndefined()

    await Effect.runPromise(one.finish(wanted[0]!.id, result(wanted[0]!.id, "d0")))
    await Effect.runPromise(other.fail(wanted[1]!.id, { ...failure, cause: "model" }))
    await Effect.runPromise(one.saveOutcomes(wanted[0]!.id, { "profit.mean": 0.1 + 0.2, "price.final": NaN }))
    expect((await records(other, "order")).map(({ state }) => state)).toEqual(["finished", "failed", "running", "running", "running"])
    expect((await records(other, "order"))[0]).toEqual({
      id: wanted[0]!.id,
      seed: "order 0",
      state: "finished",
      result: { digest: "d0", seconds: 1.5, host: "here" },
      outcomes: { "profit.mean": 0.1 + 0.2, "price.final": NaN },
    })
    expect((await records(other, "order"))[1]).toMatchObject({ failure: { cause: "model", message: "Anvil died", replay: "replay it" } })
    expect(Buffer.from(await Effect.runPromise(other.rows(wanted[0]!.id))).toString()).toBe("rows d0")
  })

  test("lets a run wait again when it is given back, when its host stops, and once when the machine failed", async () => {
    const [one, other] = [await host(), await host()]
    const wanted = runs("again", 3)
    await Effect.runPromise(one.add("again", wanted))
    const [first] = [await Effect.runPromise(one.take("again")), await Effect.runPromise(one.take("again"))]
    await Effect.runPromise(one.giveBack(first!.id))
    expect((await Effect.runPromise(other.take("again")))!.id).toBe(first!.id)

    expect(await Effect.runPromise(other.fail(first!.id, failure))).toBe("waiting")
    expect((await Effect.runPromise(other.take("again")))!.id).toBe(first!.id)
    expect(await Effect.runPromise(other.fail(first!.id, failure))).toBe("failed")
    expect((await records(other, "again")).map(({ state }) => state)).toEqual(["failed", "running", "waiting"])

    await Effect.runPromise(Scope.close(scopes.shift()!, Exit.void))
    expect((await records(other, "again")).map(({ state }) => state)).toEqual(["failed", "waiting", "waiting"])
    await Effect.runPromise(other.add("again", wanted))
    expect((await records(other, "again")).map(({ state }) => state)).toEqual(["waiting", "waiting", "waiting"])
  })

  test("shares finished runs between batches, forgets what a batch no longer wants, and keeps programs apart", async () => {
    const queue = await host()
    const wanted = runs("shared", 4)
    await Effect.runPromise(queue.add("one", wanted.slice(0, 3)))
    await Effect.runPromise(queue.add("two", wanted.slice(1)))
    const { id } = (await Effect.runPromise(queue.take("two")))!
    expect(id).toBe(wanted[1]!.id)
    await Effect.runPromise(queue.finish(id, result(id, "shared")))
    expect((await records(queue, "one")).map(({ state }) => state)).toEqual(["waiting", "finished", "waiting"])
    await Effect.runPromise(queue.add("one", wanted.slice(1, 2)))
    expect(await Effect.runPromise(queue.counts("one"))).toEqual({ waiting: 0, running: 0, finished: 1, failed: 0 })
    expect(await Effect.runPromise(queue.take("one"))).toBeUndefined()

    const foreign = await host({ ...maker, anvil: "2.0.0" })
    expect(await Effect.runPromise(foreign.counts("two"))).toEqual({ waiting: 0, running: 0, finished: 0, failed: 0 })
  })

  test("takes a second, equal result in silence, and keeps both of two that differ", async () => {
    const [one, other] = [await host(), await host()]
    const [run] = runs("twice", 1)
    await Effect.runPromise(one.add("twice", [run!]))
    await Effect.runPromise(one.take("twice"))
    await Effect.runPromise(one.finish(run!.id, result(run!.id, "same", "near")))
    await Effect.runPromise(other.finish(run!.id, result(run!.id, "same", "far")))
    expect((await records(one, "twice"))[0]).toMatchObject({ state: "finished", result: { host: "near" } })

    const message = `run ${run!.id} gave two results: near found digest same, and far found other`
    expect(await Effect.runPromise(Effect.flip(other.finish(run!.id, result(run!.id, "other", "far"))))).toMatchObject({
      _tag: "RunDiverged",
      message: expect.stringContaining(message),
    })
    expect((await records(one, "twice"))[0]).toMatchObject({ state: "failed", failure: { message: expect.stringContaining(message) } })
    expect(Buffer.from(await Effect.runPromise(one.rows(run!.id))).toString()).toBe("rows same")
  })

  test("waits for a database that is killed and comes back, and loses nothing", async () => {
    const queue = await host()
    const wanted = runs("killed", 3)
    await Effect.runPromise(queue.add("killed", wanted))
    await Effect.runPromise(queue.take("killed"))
    await server.kill()
    const ends = Effect.runPromise(queue.finish(wanted[0]!.id, result(wanted[0]!.id, "kept")))
    const second = Effect.runPromise(queue.take("killed"))
    await server.start()
    await ends
    expect((await second)!.id).toBe(wanted[1]!.id)
    expect((await records(queue, "killed")).map(({ state }) => state)).toEqual(["finished", "running", "waiting"])
  })

  test("forgets all of a program, and nothing of another", async () => {
    const passing = { ...maker, code: "passing" }
    const [lasting, brief] = [await host(), await host(passing)]
    const [kept, gone] = [maker, passing].map((by) => {
      const order = { scenario, catalogue, seed: "forgotten" }
      return { id: runInputs(order, by).id, order }
    })
    for (const [queue, run] of [[lasting, kept!] as const, [brief, gone!] as const]) {
      await Effect.runPromise(queue.add("forgotten", [run]))
      await Effect.runPromise(queue.take("forgotten"))
      await Effect.runPromise(queue.finish(run.id, result(run.id, "done")))
      await Effect.runPromise(queue.saveOutcomes(run.id, { "profit.mean": 1 }))
    }
    await Effect.runPromise(forgetProgram(server.url, passing))
    expect(await records(brief, "forgotten")).toEqual([])
    expect(await Effect.runPromise(Effect.flip(brief.rows(gone!.id)))).toMatchObject({ message: expect.stringContaining("is missing") })
    expect((await records(lasting, "forgotten")).map(({ state, outcomes }) => [state, outcomes])).toEqual([
      ["finished", { "profit.mean": 1 }],
    ])
    expect(Buffer.from(await Effect.runPromise(lasting.rows(kept!.id))).toString()).toBe("rows done")
  })

  test("says what is wrong with a database, and never its password", async () => {
    const open = (url: string) => Effect.runPromise(Effect.flip(Effect.scoped(postgresQueue(url, maker))))
    const noUrl = await open("mysql://me:secret@host/x")
    expect(noUrl.message).toMatch(/not a URL like postgres:/)
    expect(exitCode(Cause.fail(noUrl))).toBe(2)
    expect((await open("postgres://me:secret@127.0.0.1:1/x")).message).toBe(
      "postgres://127.0.0.1:1/x: connect ECONNREFUSED 127.0.0.1:1; finished runs are kept: see that it runs and is reached from here, then run the same command again",
    )
    expect((await open(server.url.replace("/postgres?", "/absent?"))).message).toMatch(/database "absent" does not exist; create it first/)
  })
})
