import { closeSync, mkdirSync, openSync, readSync, renameSync, statSync, writeFileSync } from "node:fs"
import { createHash } from "node:crypto"
import { join } from "node:path"
import { stringify } from "yaml"
import { canonicalJson } from "../execution/canonicalJson.ts"
import { StoreFailed } from "../runStore.ts"
import { citation } from "./citation.ts"
import type { ExportSource } from "./exportSource.ts"
import { type ExportFormat, exportTables } from "./exportTables.ts"
import { oddProtocol } from "./oddProtocol.ts"
import { readingSnippet } from "./readingSnippet.ts"
import { type CrateFile, roCrate } from "./roCrate.ts"

export interface ExportOptions {
  readonly format: ExportFormat
  readonly authors: ReadonlyArray<string>
  readonly license?: string
}

const formats: Readonly<Record<string, string>> = {
  parquet: "application/vnd.apache.parquet",
  csv: "text/csv",
  md: "text/markdown",
  yaml: "application/yaml",
  json: "application/json",
  cff: "application/yaml",
}

/** Writes the tables and everything that describes them; the same runs give the same bytes. Names the files. Throws `ResultInvalid` or `StoreFailed`. */
export const exportCrate = async (
  source: ExportSource,
  out: string,
  { format, authors, license }: ExportOptions,
): Promise<ReadonlyArray<string>> => {
  try {
    mkdirSync(out, { recursive: true })
  } catch {
    throw new StoreFailed({ message: `${out}: cannot be made or is no directory; choose another --out` })
  }
  const { tables, examples, lastStartedAt } = await exportTables(source, out, format)
  const { maker } = examples[0]!.manifest
  const names = examples.map(({ manifest }) => manifest.scenario.name)
  const title = source.sweep === undefined ? [...new Set(names)].join(", ") : source.title
  const question = source.question ?? examples[0]!.manifest.scenario.question
  const write = (name: string, content: string, description: string): CrateFile => {
    writeWhole(join(out, name), content)
    return describe(out, name, description)
  }
  const suffixes = examples.map((_, i) => (examples.length === 1 ? "" : `-${i + 1}`))
  const inputs = [
    ...examples.map(({ manifest }, i) =>
      write(`scenario${suffixes[i]}.yaml`, stringify(manifest.scenario), `Scenario ${manifest.scenario.name} with all defaults`),
    ),
    ...(source.sweep === undefined
      ? []
      : [write("sweep.json", `${canonicalJson(source.sweep)}\n`, "The sweep: knobs, variants, seeds and what came out")]),
  ]
  const descriptions = {
    runs: "A row a run: its settings and what it came to",
    series: "A row a tick of a run",
    agents: "A row an agent of a run, at its end",
  }
  const results = [
    ...tables.map(({ name, file }) => describe(out, file, descriptions[name])),
    ...examples.map(({ manifest }, i) =>
      write(`ODD${suffixes[i]}.md`, oddProtocol(manifest, source), `ODD protocol of ${manifest.scenario.name}`),
    ),
    write("READING.md", readingSnippet(format), "How to open the tables in pandas, polars, DuckDB and R"),
  ]
  const date = lastStartedAt.slice(0, 10) || "1970-01-01"
  const cited = write("CITATION.cff", citation({ title, authors, date, version: maker.depinlab }), "How to cite these data")
  const crate = roCrate({
    title,
    description: question,
    datePublished: date,
    endTime: lastStartedAt,
    authors,
    ...(license === undefined ? {} : { license }),
    maker,
    tables,
    inputs,
    results: [...results, cited],
  })
  writeWhole(join(out, "ro-crate-metadata.json"), `${JSON.stringify(crate, null, 2)}\n`)
  return [...[...inputs, ...results, cited].map(({ name }) => join(out, name)), join(out, "ro-crate-metadata.json")]
}

const writeWhole = (path: string, content: string): void => {
  const temporary = `${path}.${process.pid}.tmp`
  writeFileSync(temporary, content, { flush: true })
  renameSync(temporary, path)
}

const describe = (out: string, name: string, description: string): CrateFile => ({
  name,
  bytes: statSync(join(out, name)).size,
  sha256: hashOf(join(out, name)),
  format: formats[name.split(".").at(-1)!] ?? "application/octet-stream",
  description,
})

/** Portion by portion, because a table can be larger than memory. */
const hashOf = (path: string): string => {
  const hash = createHash("sha256")
  const buffer = new Uint8Array(1_000_000)
  const file = openSync(path, "r")
  try {
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) hash.update(buffer.subarray(0, read))
    return hash.digest("hex")
  } finally {
    closeSync(file)
  }
}
