import { randomUUID } from "node:crypto"
import { join } from "node:path"
import { DatabaseSync, type SQLOutputValue } from "node:sqlite"
import { Effect, Option, type Scope, Stream } from "effect"
import { canonicalJson } from "../execution/canonicalJson.ts"
import { sha256 } from "../execution/sha256.ts"
import { catalogueFrom, catalogueParts, type Maker } from "../runManifest.ts"
import { endOf, tableFile } from "../runStore.ts"
import { isHostAlive, takeHostLock } from "./hostLock.ts"
import { QueueFailed, RunDiverged, type RunCounts, type RunFailure, type RunQueue, type RunRecord, type WantedRun } from "./runQueue.ts"

const fileName = "catalogue.sqlite"
const version = 1
/** Other hosts write for milliseconds, and for some seconds while they add many runs. */
const busyMillis = 60_000
const recordsPerPage = 200

/**
 * Runs of one directory, for any number of hosts on one machine: `<out>/catalogue.sqlite`. It is an index. What is finished is in the folders
 * of the runs, and is found there again when the file was lost; commits are not synced to the disk one by one for the same reason.
 */
const schema = `
  CREATE TABLE documents (hash TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE runs (
    id TEXT PRIMARY KEY, seed TEXT NOT NULL,
    scenario TEXT NOT NULL REFERENCES documents, catalogue TEXT NOT NULL REFERENCES documents,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'finished', 'failed')),
    owner TEXT, attempts INTEGER NOT NULL DEFAULT 0,
    digest TEXT, seconds REAL, host TEXT,
    cause TEXT, message TEXT, replay TEXT
  ) WITHOUT ROWID;
  CREATE INDEX running ON runs (owner) WHERE state = 'running';
  CREATE TABLE members (batch TEXT NOT NULL, place INTEGER NOT NULL, run TEXT NOT NULL REFERENCES runs, PRIMARY KEY (batch, place), UNIQUE (batch, run)) WITHOUT ROWID;
  CREATE TABLE outcomes (run TEXT NOT NULL REFERENCES runs, outcome TEXT NOT NULL, value REAL, PRIMARY KEY (run, outcome)) WITHOUT ROWID;
  PRAGMA user_version = ${version};`

/** Opens the queue of a directory, which must exist; the end of the scope closes it and gives back what it has taken. */
export const localQueue = (out: string, maker: Maker): Effect.Effect<RunQueue, QueueFailed, Scope.Scope> =>
  Effect.map(
    Effect.acquireRelease(
      guarded(out, () => open(out, maker)),
      ({ close }) => Effect.sync(close),
    ),
    ({ queue }) => queue,
  )

const open = (out: string, maker: Maker): { readonly queue: RunQueue; readonly close: () => void } => {
  const database = new DatabaseSync(join(out, fileName), { timeout: busyMillis })
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
  const transact = <A>(work: () => A): A => {
    database.exec("BEGIN IMMEDIATE")
    try {
      const result = work()
      database.exec("COMMIT")
      return result
    } catch (error) {
      if (database.isTransaction) database.exec("ROLLBACK")
      throw error
    }
  }
  transact(() => {
    const { user_version: found } = database.prepare("PRAGMA user_version").get() as { readonly user_version: number }
    if (found === 0) database.exec(schema)
    else if (found !== version) throw new QueueFailed({ message: `${join(out, fileName)}: made by another version of depinlab; ${remedy}` })
  })
  const lock = takeHostLock(out, randomUUID())

  const sql = statements(database)
  const key = (batch: string): string => `${batch} ${sha256(canonicalJson(maker)).slice(0, 16)}`
  const hashes = new WeakMap<object, string>()
  /** Stores a document unless it is there; many runs share one. */
  const keep = (owner: object, value: unknown): string => {
    const known = hashes.get(owner)
    if (known !== undefined) return known
    const json = canonicalJson(value)
    const hash = sha256(json)
    sql.keepDocument.run(hash, json)
    hashes.set(owner, hash)
    return hash
  }

  /** Brings a run that nobody executes into line with its folder, which alone decides whether it is finished. */
  const reconcile = (id: string): void => {
    const { state, owner, cause } = sql.stateOf.get(id) as { readonly state: string; readonly owner: string | null; readonly cause: string }
    if (state === "running" && (owner === lock.name || isHostAlive(out, owner!))) return
    const end = endOf(join(out, id))
    if (end === undefined) {
      if (state === "finished") sql.forgetOutcomes.run(id)
      if (state !== "failed" || cause === "machine") sql.wait.run(0, id)
    } else if (state !== "finished" && !(state === "failed" && cause === "model")) sql.finish.run(end.digest, end.seconds, end.host, id)
  }

  const reclaim = (): void => {
    for (const { owner } of sql.owners.all() as unknown as ReadonlyArray<{ readonly owner: string }>) {
      if (owner === lock.name || isHostAlive(out, owner)) continue
      for (const { id } of sql.runsOf.all(owner) as unknown as ReadonlyArray<{ readonly id: string }>) reconcile(id)
    }
  }

  /** Where the search for a waiting run goes on; all places before have been looked at. */
  const places = new Map<string, number>()
  const next = (batch: string) => {
    const found = sql.take.get(lock.name, batch, places.get(batch) ?? -1)
    if (found !== undefined) return found
    places.delete(batch)
    reclaim()
    return sql.take.get(lock.name, batch, -1)
  }
  const take = (batch: string): WantedRun | undefined =>
    transact(() => {
      const row = next(batch)
      if (row === undefined) return undefined
      const { id, seed, scenario, catalogue } = row as Readonly<Record<string, string>>
      places.set(batch, (sql.placeOf.get(batch, id!) as { readonly place: number }).place)
      const document = (hash: string) => JSON.parse((sql.document.get(hash) as { readonly json: string }).json)
      return { id: id!, order: { scenario: document(scenario!), catalogue: catalogueFrom(document(catalogue!)), seed: seed! } }
    })

  const queue: RunQueue = {
    add: (batch, runs) =>
      guarded(out, () =>
        transact(() => {
          sql.clear.run(key(batch))
          places.delete(key(batch))
          let place = 0
          for (const { id, order } of runs) {
            const { scenario, catalogue, seed } = order
            sql.add.run(id, seed, keep(scenario, scenario), keep(catalogue, catalogueParts(catalogue)))
            sql.enlist.run(key(batch), place++, id)
            reconcile(id)
          }
        }),
      ),
    take: (batch) => guarded(out, () => take(key(batch))),
    giveBack: (id) => guarded(out, () => void sql.giveBack.run(id, lock.name)),
    finish: (id, { path, digest, seconds, host }) =>
      guarded(out, () =>
        transact(() => {
          const kept = endOf(join(out, id))
          if (kept === undefined || kept.digest === digest) return sql.finish.run(digest, seconds, host, id)
          const message = `run ${id} gave two results: ${join(out, id)} has digest ${kept.digest}, and ${path} has ${digest}; both are kept, please report it`
          sql.fail.run("failed", "model", message, "", id)
          return new RunDiverged({ message })
        }),
      ).pipe(Effect.flatMap((end) => (end instanceof RunDiverged ? Effect.fail(end) : Effect.void))),
    fail: (id, { cause, message, replay }) =>
      guarded(out, () =>
        transact(() => {
          const { attempts } = sql.stateOf.get(id) as { readonly attempts: number }
          const state = cause === "machine" && attempts === 0 ? "waiting" : "failed"
          sql.fail.run(state, cause, message, replay, id)
          return state
        }),
      ),
    counts: (batch) =>
      guarded(out, () => {
        const counts: Record<keyof RunCounts, number> = { waiting: 0, running: 0, finished: 0, failed: 0 }
        for (const { state, count } of sql.counts.all(key(batch)) as ReadonlyArray<Record<string, SQLOutputValue>>)
          counts[state as keyof RunCounts] = count as number
        return counts
      }),
    records: (batch) =>
      Stream.paginate(-1, (place) =>
        guarded(out, () => {
          const rows = sql.page.all(key(batch), place, recordsPerPage) as unknown as ReadonlyArray<Row>
          const last = rows.length < recordsPerPage ? Option.none() : Option.some(rows.at(-1)!.place)
          return [rows.map((row) => recordOf(row, outcomesOf(sql.outcomes.all(row.id)))), last] as const
        }),
      ),
    rows: (id) =>
      Effect.try({
        try: () => tableFile(join(out, id), "rows"),
        catch: (error) => new QueueFailed({ message: String((error as Error).message) }),
      }),
    saveOutcomes: (id, outcomes) =>
      guarded(out, () =>
        transact(() => {
          for (const [outcome, value] of Object.entries(outcomes)) sql.saveOutcome.run(id, outcome, value)
        }),
      ),
  }

  const close = (): void => {
    try {
      sql.giveAllBack.run(lock.name)
      database.close()
    } catch {
      // The disk is full, or the like: others see by the lock that this host is gone.
    }
    lock.release()
  }
  return { queue, close }
}

const statements = (database: DatabaseSync) => ({
  keepDocument: database.prepare("INSERT INTO documents VALUES (?, ?) ON CONFLICT DO NOTHING"),
  document: database.prepare("SELECT json FROM documents WHERE hash = ?"),
  clear: database.prepare("DELETE FROM members WHERE batch = ?"),
  add: database.prepare("INSERT INTO runs (id, seed, scenario, catalogue) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"),
  enlist: database.prepare("INSERT INTO members VALUES (?, ?, ?) ON CONFLICT DO NOTHING"),
  stateOf: database.prepare("SELECT state, owner, cause, attempts FROM runs WHERE id = ?"),
  wait: database.prepare(
    "UPDATE runs SET state = 'waiting', owner = NULL, attempts = ?, digest = NULL, cause = NULL, message = NULL, replay = NULL WHERE id = ?",
  ),
  take: database.prepare(
    `UPDATE runs SET state = 'running', owner = ? WHERE id = (
       SELECT run FROM members JOIN runs ON id = run WHERE batch = ? AND place > ? AND state = 'waiting' ORDER BY place LIMIT 1)
     RETURNING id, seed, scenario, catalogue`,
  ),
  placeOf: database.prepare("SELECT place FROM members WHERE batch = ? AND run = ?"),
  owners: database.prepare("SELECT DISTINCT owner FROM runs WHERE state = 'running'"),
  runsOf: database.prepare("SELECT id FROM runs WHERE state = 'running' AND owner = ?"),
  giveBack: database.prepare("UPDATE runs SET state = 'waiting', owner = NULL WHERE id = ? AND state = 'running' AND owner = ?"),
  giveAllBack: database.prepare("UPDATE runs SET state = 'waiting', owner = NULL WHERE state = 'running' AND owner = ?"),
  finish: database.prepare(
    "UPDATE runs SET state = 'finished', owner = NULL, digest = ?, seconds = ?, host = ?, cause = NULL, message = NULL, replay = NULL WHERE id = ?",
  ),
  fail: database.prepare(
    "UPDATE runs SET state = ?, owner = NULL, attempts = attempts + 1, cause = ?, message = ?, replay = ? WHERE id = ?",
  ),
  counts: database.prepare("SELECT state, COUNT(*) AS count FROM members JOIN runs ON id = run WHERE batch = ? GROUP BY state"),
  page: database.prepare("SELECT place, runs.* FROM members JOIN runs ON id = run WHERE batch = ? AND place > ? ORDER BY place LIMIT ?"),
  outcomes: database.prepare("SELECT outcome, value FROM outcomes WHERE run = ?"),
  saveOutcome: database.prepare("INSERT INTO outcomes VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"),
  forgetOutcomes: database.prepare("DELETE FROM outcomes WHERE run = ?"),
})

interface Row {
  readonly place: number
  readonly id: string
  readonly seed: string
  readonly state: keyof RunCounts
  readonly digest: string | null
  readonly seconds: number
  readonly host: string
  readonly cause: RunFailure["cause"]
  readonly message: string
  readonly replay: string
}

const recordOf = ({ id, seed, state, digest, seconds, host, cause, message, replay }: Row, outcomes: RunRecord["outcomes"]): RunRecord => ({
  id,
  seed,
  state,
  ...(state === "finished" ? { result: { digest: digest!, seconds, host } } : {}),
  ...(state === "failed" ? { failure: { cause, message, replay } } : {}),
  outcomes,
})

/** SQLite keeps NaN as NULL. */
const outcomesOf = (rows: ReadonlyArray<Readonly<Record<string, SQLOutputValue>>>): RunRecord["outcomes"] =>
  Object.fromEntries(rows.map(({ outcome, value }) => [outcome as string, value === null ? NaN : (value as number)]))

const remedy = "move it away: finished runs are found again from their folders"

const guarded = <A>(out: string, work: () => A): Effect.Effect<A, QueueFailed> =>
  Effect.try({
    try: work,
    catch: (error) => {
      if (error instanceof QueueFailed) return error
      const { errcode, code, message } = error as { readonly errcode?: number; readonly code?: string; readonly message: string }
      if (errcode === undefined && code === undefined) throw error
      return new QueueFailed({ message: `${join(out, fileName)}: ${failureText(errcode, message)}` })
    },
  })

/** Primary result codes: https://sqlite.org/rescode.html */
const failureText = (errcode: number | undefined, message: string): string => {
  switch ((errcode ?? 0) & 0xff) {
    case 13:
      return "the disk is full; free some space, then run the same command again"
    case 11:
    case 26:
      return `damaged (${message}); ${remedy}`
    case 8:
    case 14:
      return "may not be written to; choose another --out"
    default:
      return `cannot be used (${message})`
  }
}
