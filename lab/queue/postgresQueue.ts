import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { Effect, Option, Schedule, type Scope, Stream } from "effect"
import type { JobAttempt } from "pg-boss"
import { canonicalJson } from "../execution/canonicalJson.ts"
import { sha256 } from "../execution/sha256.ts"
import { catalogueFrom, catalogueParts, type Maker } from "../runManifest.ts"
import { type Database, type DatabaseUrlInvalid, openDatabase, type Transaction } from "./database.ts"
import { bossSchema, createTables, standing } from "./postgresTables.ts"
import { QueueFailed, RunDiverged, type RunCounts, type RunFailure, type RunQueue, type RunRecord, type WantedRun } from "./runQueue.ts"

export interface PostgresQueueOptions {
  /** A host that gave no sign of life for so long is taken for dead, and its runs are given to others. At least 10. */
  readonly silenceSeconds?: number
}

const runsPerStatement = 500
const recordsPerPage = 500
/** Hosts that were lost over one run, before it is taken for the cause. */
const lossesMost = 20
/** The most that pg-boss allows; a living host shows that it still works, so this ends nothing. */
const runSecondsMost = 24 * 3600
/** A host without work asks again after so long. */
const idleMillis = 1_000
/** Counting takes longer the more runs there are: a count is used again for this multiple of the time that it took. */
const countReuse = 50
const documentsKept = 256

/**
 * Runs for any number of hosts on any machines, in a PostgreSQL database: pg-boss hands out each to one host at a time, and takes it back from a
 * host that is silent; the files of a finished run are kept in the same transaction that removes it from the queue. A run may so be executed
 * twice, and counts once. The end of the scope gives back what this host has taken.
 */
export const postgresQueue = (
  url: string,
  maker: Maker,
  { silenceSeconds = 20 }: PostgresQueueOptions = {},
): Effect.Effect<RunQueue, QueueFailed | DatabaseUrlInvalid, Scope.Scope> =>
  Effect.gen(function* () {
    const lookSeconds = Math.ceil(silenceSeconds / 3)
    const database = yield* openDatabase(url, {
      schema: bossSchema,
      superviseIntervalSeconds: lookSeconds,
      monitorIntervalSeconds: lookSeconds,
      // Not used here: they would only ask.
      flowIntervalSeconds: 3600,
      bamIntervalSeconds: 3600,
    })
    yield* database.persist(() => database.transact(createTables))
    const held: Held = new Map()
    const queue = queueOf(database, held, programOf(maker), silenceSeconds)
    yield* Effect.addFinalizer(() => Effect.forEach([...held.keys()], (id) => Effect.ignore(queue.giveBack(id)), { discard: true }))
    const showLife = Effect.suspend(() => Effect.ignore(database.once(() => touch(database, held))))
    yield* Effect.forkScoped(Effect.repeat(showLife, Schedule.spaced(lookSeconds * 1_000)))
    return queue
  })

const programOf = (maker: Maker): string => sha256(canonicalJson(maker)).slice(0, 16)

/** Removes all runs of a program, and what came of them. */
export const forgetProgram = (url: string, maker: Maker): Effect.Effect<void, QueueFailed | DatabaseUrlInvalid> =>
  Effect.scoped(
    Effect.gen(function* () {
      const { boss, once, query, transact } = yield* openDatabase(url, { schema: bossSchema })
      yield* once(async () => {
        const rows = await query<{ readonly queue: string }>("SELECT queue FROM depinlab.batches WHERE program = $1", [programOf(maker)])
        for (const { queue } of rows) {
          await boss.deleteQueue(queue)
          await transact((transaction) => forgetBatch(transaction, queue))
        }
      })
    }),
  )

/** The runs that this host executes, by their ids. */
type Held = Map<string, { readonly queue: string; readonly job: JobAttempt; readonly place: number }>

const touch = async ({ boss }: Database, held: Held): Promise<void> => {
  const queues = Map.groupBy(held.values(), ({ queue }) => queue)
  for (const [queue, jobs] of queues)
    await boss.touch(
      queue,
      jobs.map(({ job }) => job),
    )
}

const queueOf = ({ boss, persist, once, query, transact }: Database, held: Held, program: string, silenceSeconds: number): RunQueue => {
  const queueName = (batch: string): string => `${program}-${sha256(batch).slice(0, 16)}`
  const documents = new Map<string, unknown>()
  const document = async (hash: string): Promise<unknown> => {
    if (!documents.has(hash)) {
      const [found] = await query<{ readonly json: string }>("SELECT json FROM depinlab.documents WHERE hash = $1", [hash])
      if (documents.size >= documentsKept) documents.clear()
      documents.set(hash, JSON.parse(found!.json))
    }
    return documents.get(hash)
  }

  const takeNow = async (queue: string): Promise<WantedRun | undefined> => {
    for (;;) {
      const [job] = await boss.fetch(queue)
      if (job === undefined) return undefined
      const [run] = await query<Taken>(
        `SELECT id, seed, scenario, catalogue, place FROM depinlab.runs JOIN depinlab.members ON run = id
         WHERE id = $1 AND queue = $2 AND digest IS NULL AND cause IS NULL`,
        [runId(job.id), queue],
      )
      if (run !== undefined) {
        const { id, seed, place } = run
        const scenario = (await document(run.scenario)) as WantedRun["order"]["scenario"]
        const catalogue = catalogueFrom((await document(run.catalogue)) as Parameters<typeof catalogueFrom>[0])
        held.set(id, { queue, job, place })
        return { id, order: { scenario, catalogue, seed } }
      }
      // It ended by way of another batch.
      await boss.deleteJob(queue, job.id)
    }
  }
  const lookAgainAt = new Map<string, number>()
  const take = (queue: string): Effect.Effect<WantedRun | undefined, QueueFailed> =>
    Effect.gen(function* () {
      const waitMillis = (lookAgainAt.get(queue) ?? 0) - performance.now()
      if (waitMillis > 0) yield* Effect.interruptible(Effect.sleep(waitMillis))
      const run = yield* persist(() => takeNow(queue))
      if (run === undefined) lookAgainAt.set(queue, performance.now() + idleMillis)
      else lookAgainAt.delete(queue)
      return run
    })

  /** Takes a run out of this host's hands; false when it was out of them already, because the host was taken for dead. */
  const letGo = async (transaction: Transaction, id: string): Promise<boolean> => {
    const { queue, job } = held.get(id)!
    // The published type of the answer leaves its fields out.
    const { affected } = (await boss.deleteJob(queue, job, { db: transaction.db })) as { readonly affected: number }
    return affected > 0
  }
  const waitAgain = async (transaction: Transaction, id: string): Promise<void> => {
    const { queue, place } = held.get(id)!
    await boss.insert(queue, [waitingJob(id, place)], { db: transaction.db })
  }
  const giveBack = async (id: string): Promise<void> => {
    if (!held.has(id)) return
    await transact(async (transaction) => {
      if (await letGo(transaction, id)) await waitAgain(transaction, id)
    })
    held.delete(id)
  }

  const counted = new Map<string, { readonly counts: RunCounts; readonly untilMillis: number }>()
  const count = async (queue: string): Promise<RunCounts> => {
    const known = counted.get(queue)
    const start = performance.now()
    if (known !== undefined && start < known.untilMillis) return known.counts
    const rows = await query<{ readonly state: keyof RunCounts; readonly count: number }>(
      `SELECT state, count(*)::int AS count FROM (${standing}) AS standing GROUP BY state`,
      [queue],
    )
    const counts = { waiting: 0, running: 0, finished: 0, failed: 0, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) }
    const end = performance.now()
    counted.set(queue, { counts, untilMillis: end + countReuse * (end - start) })
    return counts
  }

  return {
    add: (batch, runs) =>
      // Not tried again in the middle: the runs may be there to be read only once.
      once(async () => {
        const queue = queueName(batch)
        counted.delete(queue)
        await boss.createQueue(queue, {
          retryLimit: lossesMost,
          expireInSeconds: runSecondsMost,
          heartbeatSeconds: silenceSeconds,
          retentionSeconds: 10 * 365 * 24 * 3600,
          deleteAfterSeconds: 0,
        })
        await transact(async (transaction) => {
          await transaction.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [queue])
          await transaction.query("INSERT INTO depinlab.batches (queue, name, program) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", [
            queue,
            batch,
            program,
          ])
          await list(transaction, runs)
          await enlist(transaction, queue)
          await transaction.query(
            `DELETE FROM ${bossSchema}.job USING depinlab.runs WHERE name = $1 AND state > 'active' AND runs.job = job.id`,
            [queue],
          )
          const waiting = await transaction.query<{ readonly run: string; readonly place: number }>(
            `SELECT run, place FROM incoming JOIN depinlab.runs ON runs.id = run
             WHERE digest IS NULL AND cause IS NULL AND NOT EXISTS (SELECT FROM ${bossSchema}.job WHERE name = $1 AND job.id = runs.job)
             ORDER BY place`,
            [queue],
          )
          for (let start = 0; start < waiting.length; start += runsPerStatement)
            await boss.insert(
              queue,
              waiting.slice(start, start + runsPerStatement).map(({ run, place }) => waitingJob(run, place)),
              { db: transaction.db },
            )
        })
      }),
    take: (batch) => take(queueName(batch)),
    giveBack: (id) => persist(() => giveBack(id)),
    finish: (id, { path, digest, seconds, host }) =>
      persist(async () => {
        const files = readdirSync(path).map((name) => ({ name, bytes: readFileSync(join(path, name)) }))
        const diverged = await transact(async ({ query, db }) => {
          const [kept] = await query<{ readonly digest: string | null; readonly host: string }>(
            "SELECT digest, host FROM depinlab.runs WHERE id = $1 FOR UPDATE",
            [id],
          )
          const values = files.map((_, index) => `($1, $2, $${2 * index + 3}, $${2 * index + 4})`)
          await query(`INSERT INTO depinlab.files (run, digest, name, bytes) VALUES ${values.join(", ")} ON CONFLICT DO NOTHING`, [
            id,
            digest,
            ...files.flatMap(({ name, bytes }) => [name, bytes]),
          ])
          for (const { queue } of await query<{ readonly queue: string }>("SELECT queue FROM depinlab.members WHERE run = $1", [id]))
            await boss.deleteJob(queue, jobId(id), { db })
          if (kept!.digest === null || kept!.digest === digest) {
            await query(
              `UPDATE depinlab.runs SET digest = $2, seconds = $3, host = $4, cause = NULL, message = NULL, replay = NULL
               WHERE id = $1 AND digest IS NULL`,
              [id, digest, seconds, host],
            )
            return undefined
          }
          const message = `run ${id} gave two results: ${kept!.host} found digest ${kept!.digest}, and ${host} found ${digest}; the database keeps both, please report it`
          await query("UPDATE depinlab.runs SET cause = 'model', message = $2, replay = '' WHERE id = $1", [id, message])
          return new RunDiverged({ message })
        })
        held.delete(id)
        return diverged
      }).pipe(Effect.flatMap((diverged) => (diverged === undefined ? Effect.void : Effect.fail(diverged)))),
    fail: (id, { cause, message, replay }) =>
      persist(async () => {
        const state = await transact(async (transaction) => {
          const [run] = await transaction.query<{ readonly failures: number }>(
            "SELECT failures FROM depinlab.runs WHERE id = $1 FOR UPDATE",
            [id],
          )
          // Another host has it, or had the end of it.
          if (!(await letGo(transaction, id))) return "waiting"
          const isFinal = cause === "model" || run!.failures > 0
          if (isFinal) await transaction.query(noteFailure, [id, cause, message, replay])
          else {
            await transaction.query("UPDATE depinlab.runs SET failures = failures + 1 WHERE id = $1", [id])
            await waitAgain(transaction, id)
          }
          return isFinal ? "failed" : "waiting"
        })
        held.delete(id)
        return state
      }),
    counts: (batch) => persist(() => count(queueName(batch))),
    records: (batch) =>
      Stream.paginate(-1, (place) =>
        persist(async () => {
          const rows = await query<Row>(
            `SELECT standing.*, (SELECT jsonb_agg(jsonb_build_array(outcome, value::text)) FROM depinlab.outcomes WHERE run = standing.id) AS outcomes
             FROM (${standing} AND place > $2 ORDER BY place LIMIT ${recordsPerPage}) AS standing ORDER BY place`,
            [queueName(batch), place],
          )
          const last = rows.length < recordsPerPage ? Option.none<number>() : Option.some(rows.at(-1)!.place)
          return [rows.map(recordOf), last] as const
        }),
      ),
    rows: (id) =>
      persist(async () => {
        const files = await query<{ readonly name: string; readonly bytes: Uint8Array }>(
          `SELECT name, bytes FROM depinlab.files JOIN depinlab.runs ON runs.id = run AND runs.digest = files.digest
           WHERE run = $1 AND name IN ('complete.json', 'rows.parquet')`,
          [id],
        )
        const file = new Map(files.map(({ name, bytes }) => [name, bytes]))
        const bytes = file.get("rows.parquet")
        const digests = JSON.parse(new TextDecoder().decode(file.get("complete.json")) || "{}") as Readonly<Record<string, string>>
        if (bytes === undefined || sha256(bytes) !== digests["rows.parquet"])
          throw new QueueFailed({ message: `run ${id}: its rows.parquet in the database is missing, or not what the run wrote` })
        return bytes
      }),
    saveOutcomes: (id, outcomes) =>
      persist(async () => {
        await query(
          `INSERT INTO depinlab.outcomes (run, outcome, value) SELECT $1, * FROM unnest($2::text[], $3::float8[])
           ON CONFLICT (run, outcome) DO UPDATE SET value = excluded.value`,
          [id, Object.keys(outcomes), Object.values(outcomes).map(String)],
        )
      }),
  }
}

/** With its runs, which no other batch may have. */
const forgetBatch = async ({ query }: Transaction, queue: string): Promise<void> => {
  for (const table of ["files", "outcomes"])
    await query(`DELETE FROM depinlab.${table} USING depinlab.members WHERE members.run = ${table}.run AND queue = $1`, [queue])
  await query(
    "WITH gone AS (DELETE FROM depinlab.members WHERE queue = $1 RETURNING run) DELETE FROM depinlab.runs USING gone WHERE id = gone.run",
    [queue],
  )
  await query("DELETE FROM depinlab.batches WHERE queue = $1", [queue])
}

const noteFailure = "UPDATE depinlab.runs SET cause = $2, message = $3, replay = $4 WHERE id = $1"

/** pg-boss wants a UUID; one run has the same in the queues of all batches. */
const jobId = (run: string): string => `${run.slice(0, 8)}-${run.slice(8, 12)}-${run.slice(12, 16)}-0000-000000000000`
const runId = (job: string): string => job.replaceAll("-", "").slice(0, 16)

/** Of equal priority, pg-boss takes the oldest; all that are added at once are equally old. */
const waitingJob = (run: string, place: number) => ({ id: jobId(run), priority: -place })

/** Puts runs into the table `incoming` of this transaction, and what executes them into the database. */
const list = async ({ query }: Transaction, runs: Iterable<WantedRun>): Promise<void> => {
  await query("CREATE TEMPORARY TABLE incoming (run text PRIMARY KEY, place integer NOT NULL) ON COMMIT DROP")
  const hashes = new WeakMap<object, string>()
  const keep = async (owner: object, value: unknown): Promise<string> => {
    const known = hashes.get(owner)
    if (known !== undefined) return known
    const json = canonicalJson(value)
    const hash = sha256(json)
    await query("INSERT INTO depinlab.documents (hash, json) VALUES ($1, $2) ON CONFLICT DO NOTHING", [hash, json])
    hashes.set(owner, hash)
    return hash
  }
  const write = async (rows: ReadonlyArray<ReadonlyArray<string>>, place: number): Promise<void> => {
    const [ids, seeds, scenarios, catalogues] = [0, 1, 2, 3].map((column) => rows.map((row) => row[column]!))
    await query(
      `INSERT INTO depinlab.runs (id, job, seed, scenario, catalogue) SELECT * FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[])
       ON CONFLICT DO NOTHING`,
      [ids, ids!.map(jobId), seeds, scenarios, catalogues],
    )
    await query("INSERT INTO incoming SELECT run, $2 + row_number() OVER () - 1 FROM unnest($1::text[]) AS run ON CONFLICT DO NOTHING", [
      ids,
      place,
    ])
  }
  let place = 0
  let rows: Array<ReadonlyArray<string>> = []
  for (const { id, order } of runs) {
    rows.push([id, order.seed, await keep(order.scenario, order.scenario), await keep(order.catalogue, catalogueParts(order.catalogue))])
    if (rows.length < runsPerStatement) continue
    await write(rows, place)
    place += rows.length
    rows = []
  }
  if (rows.length > 0) await write(rows, place)
}

/** Makes the runs of `incoming` those of a batch, and no others. */
const enlist = async ({ query }: Transaction, queue: string): Promise<void> => {
  await query("DELETE FROM depinlab.members WHERE queue = $1 AND NOT EXISTS (SELECT FROM incoming WHERE incoming.run = members.run)", [
    queue,
  ])
  await query(
    `INSERT INTO depinlab.members (queue, place, run) SELECT $1, place, run FROM incoming
     ON CONFLICT (queue, run) DO UPDATE SET place = excluded.place WHERE members.place <> excluded.place`,
    [queue],
  )
  await query(
    `DELETE FROM ${bossSchema}.job WHERE name = $1 AND state < 'active'
     AND NOT EXISTS (SELECT FROM incoming JOIN depinlab.runs ON runs.id = run WHERE runs.job = job.id)`,
    [queue],
  )
  await query(
    `UPDATE depinlab.runs SET failures = 0, cause = NULL, message = NULL, replay = NULL FROM incoming
     WHERE runs.id = run AND (cause = 'machine' OR failures > 0)`,
  )
}

interface Taken {
  readonly id: string
  readonly seed: string
  readonly scenario: string
  readonly catalogue: string
  readonly place: number
}

interface Row {
  readonly place: number
  readonly id: string
  readonly seed: string
  readonly state: keyof RunCounts
  readonly digest: string
  readonly seconds: number
  readonly host: string
  readonly cause: RunFailure["cause"] | null
  readonly message: string
  readonly replay: string
  readonly outcomes: ReadonlyArray<readonly [string, string]> | null
}

const recordOf = ({ id, seed, state, digest, seconds, host, cause, message, replay, outcomes }: Row): RunRecord => ({
  id,
  seed,
  state,
  ...(state === "finished" ? { result: { digest, seconds, host } } : {}),
  ...(state === "failed" ? { failure: cause === null ? lost : { cause, message, replay } } : {}),
  outcomes: Object.fromEntries((outcomes ?? []).map(([outcome, value]) => [outcome, Number(value)])),
})

const lost: RunFailure = {
  cause: "machine",
  message: `${lossesMost} hosts were lost while they executed it; run the same command again where there is more memory`,
  replay: "",
}
