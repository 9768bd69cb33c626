import { existsSync, mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"

/**
 * Tells whether a host that took a run still lives, without clocks and process ids: a host holds SQLite's lock on a file of its own, which is a
 * lock of the kernel and free at the very moment of any death, `kill -9` included. It is seen from other containers on the machine too. Network
 * file systems often have no such locks: many machines use a database instead.
 */
export interface HostLock {
  readonly name: string
  readonly release: () => void
}

const folder = (out: string): string => join(out, ".hosts")

/** Two on one machine have different names. Throws what `node:fs` or `node:sqlite` throws. */
export const takeHostLock = (out: string, name: string): HostLock => {
  mkdirSync(folder(out), { recursive: true })
  const path = join(folder(out), name)
  const lock = new DatabaseSync(path)
  lock.exec("BEGIN EXCLUSIVE")
  return {
    name,
    release: () => {
      lock.close()
      rmSync(path, { force: true })
    },
  }
}

const busy = 5

/** Whether the host of this name still runs; removes what a dead one left. */
export const isHostAlive = (out: string, name: string): boolean => {
  const path = join(folder(out), name)
  if (!existsSync(path)) return false
  const probe = new DatabaseSync(path, { timeout: 0 })
  try {
    probe.exec("BEGIN IMMEDIATE")
  } catch (error) {
    if ((error as { readonly errcode?: number }).errcode === busy) return true
    throw error
  } finally {
    probe.close()
  }
  rmSync(path, { force: true })
  return false
}
