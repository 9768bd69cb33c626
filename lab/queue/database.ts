import { Clock, Effect, Schema, type Scope } from "effect"
import type { ConstructorOptions, Db, PgBoss } from "pg-boss"
import { say } from "../print.ts"
import { QueueFailed } from "./runQueue.ts"

/** What was given as a database is no address of one. */
export class DatabaseUrlInvalid extends Schema.TaggedError<DatabaseUrlInvalid>()("DatabaseUrlInvalid", {
  message: Schema.String,
}) {}

/** A PostgreSQL that hosts share: its queue, and statements of our own on the same connections. */
export interface Database {
  readonly boss: PgBoss
  /** Executes work that may be executed twice; while the database does not answer, it is tried again. */
  readonly persist: <A>(work: () => Promise<A>) => Effect.Effect<A, QueueFailed>
  readonly query: <Row>(sql: string, values?: ReadonlyArray<unknown>) => Promise<ReadonlyArray<Row>>
  /** All statements of the work take effect, or none. */
  readonly transact: <A>(work: (transaction: Transaction) => Promise<A>) => Promise<A>
  readonly once: <A>(work: () => Promise<A>) => Effect.Effect<A, QueueFailed>
}

export interface Transaction {
  readonly query: Database["query"]
  /** What pg-boss wants, to be part of the transaction. */
  readonly db: Db
}

/** A restart or a fail-over is over by then. */
const patienceMillis = 300_000
const pauseMillisFirst = 100
const pauseMillisMost = 5_000
/** Of a host: one for its work, one for signs of life, and some for the maintenance of the queue. */
const connectionsMost = 4

/** Opens a database; the end of the scope closes it. pg-boss is loaded here and nowhere else: who has no database does not wait for it. */
export const openDatabase = (
  url: string,
  options: ConstructorOptions,
): Effect.Effect<Database, QueueFailed | DatabaseUrlInvalid, Scope.Scope> =>
  Effect.gen(function* () {
    const name = nameOf(url)
    if (name === undefined)
      return yield* new DatabaseUrlInvalid({
        message: `--database or DEPINLAB_DATABASE: not a URL like postgres://user@host:5432/name (what it says is not shown: it may hold a password)`,
      })
    const once = <A>(work: () => Promise<A>) => Effect.tryPromise({ try: work, catch: (error) => failed(name, error) })
    const boss = yield* Effect.acquireRelease(
      once(async () => {
        const { PgBoss } = await import("pg-boss")
        const boss = new PgBoss({ connectionString: url, max: connectionsMost, schedule: false, registerInstance: false, ...options })
        // Maintenance in the background is done again in any case; what work needs, it asks for itself and hears of it.
        boss.on("error", () => undefined)
        try {
          return await boss.start()
        } catch (error) {
          await boss.stop({ graceful: false }).catch(() => undefined)
          throw error
        }
      }),
      (boss) => Effect.promise(() => boss.stop({ graceful: false }).catch(() => undefined)),
    )
    const database = boss.getDb()
    const persist = <A>(work: () => Promise<A>): Effect.Effect<A, QueueFailed> =>
      Effect.gen(function* () {
        const start = yield* Clock.currentTimeMillis
        for (let pauseMillis = pauseMillisFirst; ; pauseMillis = Math.min(2 * pauseMillis, pauseMillisMost)) {
          const result = yield* Effect.result(Effect.tryPromise({ try: work, catch: (error) => error }))
          if (result._tag === "Success") return result.success
          const isLate = (yield* Clock.currentTimeMillis) - start > patienceMillis
          if (!isTransient(result.failure) || isLate) return yield* failed(name, result.failure)
          if (pauseMillis === pauseMillisFirst)
            say(`${name}: ${textOf(result.failure)}; trying again for ${patienceMillis / 60_000} minutes`)
          // Nothing is held here, so that whoever is interrupted need not wait for the database.
          yield* Effect.interruptible(Effect.sleep(pauseMillis))
        }
      })
    return {
      boss,
      once,
      persist,
      query: async (sql, values) => (await database.executeSql(sql, values as Array<unknown>)).rows,
      transact: async (work) => {
        const { db, commit, rollback } = await database.beginTransaction!()
        try {
          const result = await work({ db, query: async (sql, values) => (await db.executeSql(sql, values as Array<unknown>)).rows })
          await commit()
          return result
        } catch (error) {
          await rollback()
          throw error
        }
      },
    }
  })

/** A database by its place, without user and password. */
const nameOf = (url: string): string | undefined => {
  if (!URL.canParse(url)) return undefined
  const { protocol, host, pathname, searchParams } = new URL(url)
  if (protocol !== "postgres:" && protocol !== "postgresql:") return undefined
  return `${protocol}//${host || (searchParams.get("host") ?? "")}${pathname}`
}

const failed = (name: string, error: unknown): QueueFailed =>
  error instanceof QueueFailed ? error : new QueueFailed({ message: `${name}: ${textOf(error)}${remedyOf(error)}` })

const textOf = (error: unknown): string => {
  const { message, errors } = error as { readonly message?: string; readonly errors?: ReadonlyArray<Error> }
  return (message || errors?.map((inner) => inner.message).join(", ") || String(error)).trim()
}

const remedyOf = (error: unknown): string => {
  const code = (error as { readonly code?: string }).code ?? ""
  if (isTransient(error)) return "; finished runs are kept: see that it runs and is reached from here, then run the same command again"
  // https://www.postgresql.org/docs/current/errcodes-appendix.html
  if (code === "3D000") return "; create it first (createdb)"
  if (code.startsWith("28")) return "; see the user and the password in the URL"
  if (code === "42501") return "; the user must be allowed to create schemas in it, once"
  if (code.startsWith("53")) return "; free some space, or allow more connections, then run the same command again"
  return ""
}

/** The connection was lost or refused, the server stops or starts, or two transactions stood in each other's way: the same may succeed later. */
const isTransient = (error: unknown): boolean => {
  const { code = "", message = "" } = error as { readonly code?: string; readonly message?: string }
  return (
    /^(08|57P0[123]|40001|40P01|53300)/.test(code) ||
    /^(ECONN\w+|EPIPE|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|EAI_AGAIN|ENOENT)$/.test(code) ||
    /^(Connection terminated|timeout e|timeout exceeded|Client has encountered a connection error)/i.test(message)
  )
}
