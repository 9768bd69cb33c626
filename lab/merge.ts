import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs"
import { join } from "node:path"
import { canonicalJson } from "./execution/canonicalJson.ts"
import type { Maker, RunManifest } from "./runManifest.ts"
import { inspectRun, prepareStore, ResultInvalid, StoreFailed } from "./runStore.ts"

export interface Merged {
  /** Runs in the directory now. */
  readonly runs: number
  /** Those that were not there before. */
  readonly copied: number
}

/**
 * Brings the runs of directories together in one, so that whatever is made from it is the same as if all had been executed there. Everything is
 * checked before anything is written; doing it again changes nothing. Throws `ResultInvalid` where a run is damaged, where two programs made the
 * runs or where one run has two results, naming both; and `StoreFailed`.
 */
export const mergeRuns = (sources: ReadonlyArray<string>, out: string): Merged => {
  const kept = new Map<string, Kept>()
  const missing: Array<Kept> = []
  let first: Made | undefined
  for (const folder of [...(existsSync(out) ? [out] : []), ...sources])
    for (const { path, id, digest, maker } of runsIn(folder)) {
      first ??= { path, maker }
      checkMaker(first, { path, maker })
      const known = kept.get(id)
      if (known !== undefined && known.digest !== digest)
        throw new ResultInvalid({
          message: `${known.path} and ${path} are two results of one run (digests ${known.digest} and ${digest}); lab verify tells which of them is right, please report it`,
        })
      if (known !== undefined) continue
      kept.set(id, { id, path, digest })
      if (folder !== out) missing.push({ id, path, digest })
    }
  prepareStore(out)
  for (const { id, path } of missing) copyRun(path, join(out, id), join(out, `.${id}.${process.pid}.tmp`))
  for (const source of sources) copyFailed(join(source, "failed"), join(out, "failed"))
  return { runs: kept.size, copied: missing.length }
}

interface Kept {
  readonly id: string
  readonly path: string
  readonly digest: string
}

/** One after the other, because a manifest holds a whole scenario. A shard of more machines than runs may have none. */
const runsIn = function* (folder: string): Generator<Kept & Made> {
  if (!existsSync(folder)) throw new ResultInvalid({ message: `${folder}: no such directory; name directories that hold runs` })
  for (const name of readdirSync(folder).toSorted()) {
    const path = join(folder, name)
    if (!existsSync(join(path, "complete.json"))) continue
    const state = inspectRun(path)
    if (state.kind === "damaged")
      throw new ResultInvalid({ message: `${state.message}; delete ${path} and execute the run again, nothing was merged` })
    const { id, digest, maker } = JSON.parse(readFileSync(join(path, "manifest.json"), "utf8")) as RunManifest
    yield { path, id, digest, maker }
  }
}

interface Made {
  readonly path: string
  readonly maker: Maker
}

const checkMaker = (one: Made, other: Made): void => {
  const fields = Object.keys(one.maker) as ReadonlyArray<keyof Maker>
  const differing = fields.filter((field) => canonicalJson(one.maker[field]) !== canonicalJson(other.maker[field]))
  if (differing.length === 0) return
  const told = ({ path, maker }: Made) => `${path} by ${differing.map((field) => `${field} ${shown(maker[field])}`).join(", ")}`
  throw new ResultInvalid({
    message: `${told(one)}\n${told(other)}\nRuns of two programs are not results of one experiment: merge each into a directory of its own, or run one of them again`,
  })
}

const shown = (value: unknown): string => (typeof value === "string" ? value.slice(0, 12) : "(others)")

/** At any moment the folder is complete or absent. */
const copyRun = (from: string, to: string, temporary: string): void => {
  try {
    rmSync(temporary, { recursive: true, force: true })
    cpSync(from, temporary, { recursive: true })
    renameSync(temporary, to)
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true })
    throw new StoreFailed({
      message: `${to}: cannot be written (${(error as NodeJS.ErrnoException).code}); what is merged already is kept`,
    })
  }
}

/** The scenarios of runs that failed. */
const copyFailed = (from: string, to: string): void => {
  if (!existsSync(from)) return
  mkdirSync(to, { recursive: true })
  cpSync(from, to, { recursive: true })
}
