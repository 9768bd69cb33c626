import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs"
import { dirname, join } from "node:path"
import { Schema } from "effect"
import { canonicalJson } from "./execution/canonicalJson.ts"
import type { Recording } from "./execution/recorder.ts"
import { sha256 } from "./execution/sha256.ts"
import { tableBytes, tableRows } from "./execution/table.ts"
import { RunManifest } from "./runManifest.ts"
import { ScenarioFile } from "./scenarioFile.ts"
import { schemaProblems } from "./schemaProblems.ts"

/** A result could not be written; nothing of it is left behind. */
export class StoreFailed extends Schema.TaggedError<StoreFailed>()("StoreFailed", {
  message: Schema.String,
}) {}

/** A result is not what its run wrote, or no result at all. */
export class ResultInvalid extends Schema.TaggedError<ResultInvalid>()("ResultInvalid", {
  message: Schema.String,
}) {}

/** Lists the digests of the others; a folder without it holds no finished run. */
const marker = "complete.json"
const files = ["manifest.json", "rows.parquet", "events.parquet", "agents.parquet", "liquidity.parquet", "host.json"] as const
type FileName = (typeof files)[number]
/** What may differ between two executions of one run. */
const isHostFile = (name: string): boolean => name === "host.json"

const Marker = Schema.Record(Schema.String, Schema.String)

/**
 * Writes a finished run to `<out>/<id>/` and returns the folder. Everything is written and synced beside it, the marker last, and then renamed
 * into place: at any moment the folder is complete or absent. A result that is there already stays; one that differs from it is kept beside it,
 * in `<id>.diverged`. Throws `StoreFailed`.
 */
export const writeRun = (out: string, manifest: RunManifest, { rows, events, agents, liquidity }: Recording, host: object): string => {
  const target = join(out, manifest.id)
  const temporary = join(out, `.${manifest.id}.${process.pid}.tmp`)
  const contents: Readonly<Record<FileName, Uint8Array>> = {
    "manifest.json": text(`${canonicalJson(manifest)}\n`),
    "rows.parquet": tableBytes(rows),
    "events.parquet": events,
    "agents.parquet": tableBytes(agents),
    "liquidity.parquet": tableBytes(liquidity),
    "host.json": text(`${JSON.stringify(host, null, 2)}\n`),
  }
  const digests = Object.fromEntries(files.filter((name) => !isHostFile(name)).map((name) => [name, sha256(contents[name])]))
  try {
    rmSync(temporary, { recursive: true, force: true })
    mkdirSync(temporary, { recursive: true })
    for (const name of files) writeDurably(join(temporary, name), contents[name])
    writeDurably(join(temporary, marker), text(`${canonicalJson(digests)}\n`))
    syncFolder(temporary)
    const place = inspectRun(target).kind === "complete" ? besides(target, manifest.digest) : target
    if (place === undefined) rmSync(temporary, { recursive: true, force: true })
    else {
      rmSync(place, { recursive: true, force: true })
      renameSync(temporary, place)
    }
    syncFolder(out)
    return place ?? target
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true })
    throw new StoreFailed({ message: `${target}: ${failure((error as NodeJS.ErrnoException).code)}; finished runs are kept` })
  }
}

/** Writes a file that holds a result: at any moment it is the new one, or what was there before. Throws `StoreFailed`. */
export const writeResult = (path: string, content: string): void => {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    rmSync(temporary, { force: true })
    writeDurably(temporary, text(content))
    renameSync(temporary, path)
    syncFolder(dirname(path))
  } catch (error) {
    rmSync(temporary, { force: true })
    throw new StoreFailed({ message: `${path}: ${failure((error as NodeJS.ErrnoException).code)}; finished runs are kept` })
  }
}

/** Where a second result of a run goes; nowhere when it is the same. */
const besides = (target: string, digest: string): string | undefined =>
  endOf(target)?.digest === digest ? undefined : `${target}.diverged`

/** Throws `StoreFailed` now rather than after the first run. */
export const prepareStore = (out: string): void => {
  try {
    mkdirSync(out, { recursive: true })
    for (const name of readdirSync(out)) removeIfAbandoned(out, name)
    const probe = join(out, `.${process.pid}.probe`)
    writeDurably(probe, text("depinlab\n"))
    rmSync(probe)
  } catch (error) {
    throw new StoreFailed({ message: `${out}: ${failure((error as NodeJS.ErrnoException).code)}` })
  }
}

/** A folder that a killed process was still writing. */
const removeIfAbandoned = (out: string, name: string): void => {
  const pid = /^\.[0-9a-f]{16}\.(\d+)\.tmp$/.exec(name)?.[1]
  if (pid === undefined) return
  try {
    process.kill(Number(pid), 0)
  } catch {
    rmSync(join(out, name), { recursive: true, force: true })
  }
}

const failure = (code: string | undefined): string => {
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return "the disk is full; free some space or choose another --out, then run the same command again"
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "may not be written to; choose another --out"
    case "EEXIST":
    case "ENOTDIR":
      return "is not a directory; choose another --out"
    default:
      return `cannot be written (${code ?? "unknown error"})`
  }
}

const text = (content: string): Uint8Array => new TextEncoder().encode(content)

/** `writeSync` may write less than it was given without an error, as on a disk that is filling up. */
const writeDurably = (path: string, bytes: Uint8Array): void => {
  const file = openSync(path, "wx")
  try {
    for (let offset = 0; offset < bytes.length;) {
      const written = writeSync(file, bytes, offset, bytes.length - offset)
      if (written === 0) throw Object.assign(new Error("short write"), { code: "ENOSPC" })
      offset += written
    }
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

const syncFolder = (path: string): void => {
  const folder = openSync(path, "r")
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

export type RunState = { readonly kind: "absent" | "complete" } | { readonly kind: "damaged"; readonly message: string }

/** Whether a folder holds a finished run, untouched since it was written; names the file that is not. */
export const inspectRun = (path: string): RunState => {
  if (!existsSync(path)) return { kind: "absent" }
  const damaged = (name: string, what: string): RunState => ({ kind: "damaged", message: `${join(path, name)}: ${what}` })
  let digests: Readonly<Record<string, string>>
  try {
    digests = Schema.decodeUnknownSync(Marker)(JSON.parse(readFileSync(join(path, marker), "utf8")))
  } catch (error) {
    return damaged(marker, (error as NodeJS.ErrnoException).code === "ENOENT" ? "missing, so this is no finished run" : "unreadable")
  }
  for (const name of files) {
    if (isHostFile(name)) continue
    try {
      if (sha256(readFileSync(join(path, name))) !== digests[name])
        return damaged(name, "changed since the run wrote it (its sha256 differs)")
    } catch {
      return damaged(name, "missing or unreadable")
    }
  }
  return { kind: "complete" }
}

/** How a finished run ended, without a look at its tables; undefined where none is. */
export const endOf = (path: string): { readonly digest: string; readonly seconds: number; readonly host: string } | undefined => {
  if (!existsSync(join(path, marker))) return undefined
  const { digest } = JSON.parse(readFileSync(join(path, "manifest.json"), "utf8")) as RunManifest
  const { seconds, host } = JSON.parse(readFileSync(join(path, "host.json"), "utf8")) as { readonly seconds: number; readonly host: string }
  return { digest, seconds, host }
}

/** A finished run as it was written. */
export interface StoredRun {
  readonly path: string
  readonly manifest: RunManifest
}

/** Reads and checks a finished run. Throws `ResultInvalid`. */
export const readRun = (path: string): StoredRun => {
  const state = inspectRun(path)
  if (state.kind === "absent") throw new ResultInvalid({ message: `${path}: no such directory; name a run below results/` })
  if (state.kind === "damaged") throw new ResultInvalid({ message: state.message })
  return { path, manifest: readManifest(join(path, "manifest.json")) }
}

/** The runs in a directory that is a run itself, or that holds runs. Throws `ResultInvalid`. */
export const findRuns = (path: string): ReadonlyArray<StoredRun> => {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new ResultInvalid({ message: `${path}: no such directory; name a run, or a directory of runs such as results/` })
  if (existsSync(join(path, marker))) return [readRun(path)]
  const inside = readdirSync(path).filter((name) => existsSync(join(path, name, marker)))
  if (inside.length === 0) throw new ResultInvalid({ message: `${path}: holds no finished run; name a run, or a directory of runs` })
  return inside.toSorted().map((name) => readRun(join(path, name)))
}

const readManifest = (path: string): RunManifest => {
  const data: unknown = JSON.parse(readFileSync(path, "utf8"))
  const { value, problems } = schemaProblems(RunManifest, data)
  const scenario = schemaProblems(ScenarioFile, value?.scenario)
  const problem = problems[0] ?? scenario.problems[0]
  if (value === undefined || scenario.value === undefined) {
    throw new ResultInvalid({
      message: `${path}: written by another version (${problem?.path.join(".")}: ${problem?.message}); run it again`,
    })
  }
  return { ...value, scenario: scenario.value as RunManifest["scenario"] }
}

type TableName = "rows" | "events" | "agents" | "liquidity"

export const readTable = (path: string, name: TableName): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>> =>
  tableRows(readFileSync(join(path, `${name}.parquet`)))

/** A table's bytes, checked. Throws `ResultInvalid`. */
export const tableFile = (path: string, name: TableName): Uint8Array => {
  const file = `${name}.parquet`
  try {
    const digests = Schema.decodeUnknownSync(Marker)(JSON.parse(readFileSync(join(path, marker), "utf8")))
    const bytes = readFileSync(join(path, file))
    if (sha256(bytes) === digests[file]) return bytes
  } catch {
    throw new ResultInvalid({ message: `${join(path, file)}: missing or unreadable; delete ${path} and run the same command again` })
  }
  throw new ResultInvalid({
    message: `${join(path, file)}: changed since the run wrote it (its sha256 differs); delete ${path} and run the same command again`,
  })
}
