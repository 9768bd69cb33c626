import type { ChildProcess } from "node:child_process"
import { readdirSync, rmSync, watch } from "node:fs"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import type { Rng } from "../../sim/rng.ts"
import type { PostgresServer } from "../testing/postgresServer.ts"
import { livingOf, processesOf } from "./processTree.ts"

/** With the catalogue its host is killed, and the file is lost. */
const victims = { directory: ["worker", "anvil", "host", "catalogue"], database: ["worker", "anvil", "host", "database"] } as const
/** What goes wrong: one of them is killed, or a file call of the store fails. */
type Target = (typeof victims)[keyof typeof victims][number] | "store"
export type Hits = Readonly<Partial<Record<Target, number>>>

export interface StormOptions {
  readonly faults: number
  /** Folders of runs that come or go between two faults on one machine, at most. */
  readonly reach: number
  readonly database: PostgresServer | undefined
  readonly rng: Rng
}

/** The faults of one chaos, on all its machines. */
export interface Storm {
  readonly left: () => number
  readonly hits: Hits
  readonly count: (target: Target) => void
  /**
   * Kills a host, a worker or an Anvil of any host, or the database, when so many folders of runs have come or gone, again and again until the host
   * ends; the returned function stops that. Each kind has its turn before one comes again.
   */
  readonly strike: (host: ChildProcess, out: string) => () => void
  /** Until the database, which may be down, is there again. */
  readonly isUp: () => Promise<void>
  /** Workers and Anvils that were there when something was killed, and have no host any more, but live. They have a few seconds to go. */
  readonly survivors: () => Promise<ReadonlyArray<number>>
}

const orphanMillisMost = 10_000
const lookMillis = 100

export const openStorm = ({ faults, reach, database, rng }: StormOptions): Storm => {
  const hits: Partial<Record<Target, number>> = {}
  const kinds: ReadonlyArray<Target> = victims[database === undefined ? "directory" : "database"]
  const seen = new Set<number>()
  const hosts = new Set<number>()
  let deck: ReadonlyArray<Target> = []
  let left = faults
  let restart: Promise<void> | undefined
  let isUp = Promise.resolve()

  const count = (target: Target): void => {
    hits[target] = (hits[target] ?? 0) + 1
    left--
  }
  const killDatabase = (server: PostgresServer): boolean => {
    if (restart !== undefined) return false
    restart = server
      .kill()
      .then(server.start)
      .finally(() => (restart = undefined))
    isUp = restart
    // Whoever waits for it hears of a failure.
    isUp.catch(() => undefined)
    return true
  }
  const hit = (target: Target, host: number, out: string): boolean => {
    if (target === "database") return killDatabase(database!)
    const trees = [...hosts].map(processesOf)
    const workers = trees.flatMap((tree) => tree.workers)
    const anvils = trees.flatMap((tree) => tree.anvils)
    for (const pid of [...workers, ...anvils]) seen.add(pid)
    const candidates = target === "worker" ? workers : target === "anvil" ? anvils : [host]
    const victim = candidates[Math.floor(rng.uniform() * candidates.length)]
    if (victim === undefined || !kill(victim)) return false
    if (target === "catalogue") removeCatalogue(out)
    return true
  }
  const strikeOnce = (host: number, out: string): void => {
    if (deck.length === 0)
      deck = kinds
        .map((target) => ({ target, place: rng.uniform() }))
        .toSorted((one, other) => one.place - other.place)
        .map(({ target }) => target)
    const target = deck.find((candidate) => hit(candidate, host, out))
    if (target === undefined) return
    deck = deck.filter((other) => other !== target)
    count(target)
  }
  return {
    left: () => left,
    hits,
    count,
    strike: (host, out) => {
      const draw = () => 1 + Math.floor(rng.uniform() * reach)
      let waits = draw()
      hosts.add(host.pid!)
      const watcher = watch(out, (_, file) => {
        if (file === null || !/^\.?[0-9a-f]{16}/.test(file)) return
        if (left <= 0 || --waits > 0 || host.exitCode !== null || host.signalCode !== null) return
        waits = draw()
        strikeOnce(host.pid!, out)
      })
      return () => {
        hosts.delete(host.pid!)
        watcher.close()
      }
    },
    isUp: () => isUp,
    survivors: async () => {
      const end = performance.now() + orphanMillisMost
      for (;;) {
        const living = livingOf([...seen])
        if (living.length === 0 || performance.now() > end) return living
        await setTimeout(lookMillis)
      }
    },
  }
}

const kill = (pid: number): boolean => {
  try {
    return process.kill(pid, "SIGKILL")
  } catch {
    return false
  }
}

const removeCatalogue = (out: string): void => {
  for (const file of readdirSync(out)) if (file.startsWith("catalogue.sqlite")) rmSync(join(out, file), { force: true })
}
