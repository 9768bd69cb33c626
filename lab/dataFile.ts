import { closeSync, openSync, readSync } from "node:fs"
import { Schema } from "effect"
import { isAlias, isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument, type Document, type Range, visit } from "yaml"
import { printable } from "./printable.ts"
import { type Problem, schemaProblems } from "./schemaProblems.ts"

/** A scenario, or a file that it names, is not what it should be; all that is wrong with it, one line each. */
export class ScenarioInvalid extends Schema.TaggedError<ScenarioInvalid>()("ScenarioInvalid", {
  message: Schema.String,
}) {}

/** A YAML or JSON file as plain data that remembers where everything stands. */
export interface DataFile {
  readonly path: string
  readonly text: string
  readonly data: unknown
  /** The error that shows each problem at its line and column. */
  readonly invalid: (problems: ReadonlyArray<Problem>) => ScenarioInvalid
}

const bytesMax = 1_000_000
const problemsMax = 20

/** Reads a file from a stranger: its size is limited; aliases, duplicate keys and tags are refused. Throws `ScenarioInvalid`. */
export const readDataFile = (path: string): DataFile => {
  const text = readText(path)
  if (text.trim() === "") throw new ScenarioInvalid({ message: `${path}: the file is empty` })
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: "1.2", stringKeys: true })
  const invalid = (problems: ReadonlyArray<Problem>) => locate(path, text, lines, document, problems)
  const syntax = syntaxProblems(document)
  if (syntax.length > 0) throw invalid(syntax)
  const aliases: Array<Problem> = []
  visit(document, {
    Alias: (_, alias) => {
      aliases.push({
        at: alias.range?.[0] ?? 0,
        path: [],
        message: `the alias *${printable(alias.source, 40)} is not read here; write the value out`,
      })
    },
  })
  if (aliases.length > 0) throw invalid(aliases.slice(0, 1))
  if (document.contents === null) throw new ScenarioInvalid({ message: `${path}: the file holds no data` })
  return { path, text, data: document.toJS(), invalid }
}

/** The text of a file from a stranger, of limited size. Throws `ScenarioInvalid`. */
export const readText = (path: string): string => decode(path, readBytes(path))

/** Reads and checks a file against a schema. Throws `ScenarioInvalid` with every problem. */
export const readDataFileAs = <S extends Schema.ConstraintDecoder<unknown>>(
  schema: S,
  path: string,
  read: (path: string) => DataFile = readDataFile,
): { readonly file: DataFile; readonly value: S["Type"] } => {
  const file = read(path)
  const checked = schemaProblems(schema, file.data)
  if (checked.problems.length > 0) throw file.invalid(checked.problems)
  return { file, value: checked.value as S["Type"] }
}

/** At most one byte more than is allowed, so that an endless pipe ends too. */
const readBytes = (path: string): Uint8Array => {
  const buffer = new Uint8Array(bytesMax + 1)
  let length = 0
  try {
    const file = openSync(path, "r")
    try {
      for (let read = -1; read !== 0 && length < buffer.length; length += read)
        read = readSync(file, buffer, length, buffer.length - length, null)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    throw new ScenarioInvalid({ message: `${path}: ${unreadable((error as NodeJS.ErrnoException).code)}` })
  }
  if (length > bytesMax) throw new ScenarioInvalid({ message: `${path}: larger than ${bytesMax / 1e6} MB, the most that is read` })
  return buffer.subarray(0, length)
}

const unreadable = (code: string | undefined): string => {
  switch (code) {
    case "ENOENT":
      return "no such file; check the path"
    case "EISDIR":
      return "this is a directory; name a file in it"
    case "EACCES":
    case "EPERM":
      return "no permission to read the file"
    default:
      return `cannot be read (${code ?? "unknown error"})`
  }
}

const decode = (path: string, bytes: Uint8Array): string => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    throw new ScenarioInvalid({ message: `${path}: not UTF-8 text` })
  }
}

/** The parser's own words, but for a stack that overflowed (it recurses) and for its advice to programmers. */
const syntaxProblems = (document: Document): ReadonlyArray<Problem> => {
  const found = [...document.errors, ...document.warnings].map(({ message, pos }) => ({
    at: pos[0],
    path: [],
    message: message.split("; please")[0]!,
  }))
  const deep = found.find(({ message }) => /stack/i.test(message))
  return deep === undefined ? found : [{ ...deep, message: "nested too deeply" }]
}

const locate = (path: string, text: string, lines: LineCounter, document: Document, problems: ReadonlyArray<Problem>): ScenarioInvalid => {
  const sourceLines = text.split("\n")
  const shown = problems.slice(0, problemsMax).map((problem) => {
    const within = offsetWithin(text, document, problem)
    const offset = problem.at ?? offsetOf(document.contents, problem) + (within ?? 0)
    const { line, col } = lines.linePos(offset)
    const source = (sourceLines[line - 1] ?? "").replaceAll("\t", " ").trimEnd()
    const from = Math.max(0, col - 80)
    const where = problem.path.length > 0 ? ` ${pathText(problem.path)}` : ""
    const excerpt = `    ${printable(source.slice(from, from + 120), 200)}\n    ${" ".repeat(Math.max(0, col - 1 - from))}^`
    const place = within === undefined ? ` (at character ${problem.within! + 1} of the text)` : ""
    return { line, col, text: `${path}:${line}:${col}${where}: ${problem.message}${place}\n${excerpt}` }
  })
  const inOrder = shown.toSorted((a, b) => a.line - b.line || a.col - b.col).map((problem) => problem.text)
  const more = problems.length > problemsMax ? [`${path}: and ${problems.length - problemsMax} more problems`] : []
  return new ScenarioInvalid({ message: [...inOrder, ...more].join("\n") })
}

/** As one would write it: `agents[2].gpuCount`. */
const pathText = (path: Problem["path"]): string =>
  path.map((key, index) => (typeof key === "number" ? `[${key}]` : `${index > 0 ? "." : ""}${printable(key, 60)}`)).join("")

/** Where the value of a path stands, or its key; for what is missing, where its parent stands. */
const offsetOf = (root: unknown, { path, isKey }: Problem): number => {
  let node = root
  let range = isNode(root) ? root.range : undefined
  for (const [index, key] of path.entries()) {
    const pair = isMap(node) ? node.items.find((item) => isNode(item.key) && item.key.toJSON() === key) : undefined
    const next = isSeq(node) && typeof key === "number" ? node.items[key] : pair
    if (next === undefined) break
    const isLast = index === path.length - 1
    node = isPair(next) ? next.value : next
    const target = isPair(next) && ((isLast && isKey === true) || !isNode(node)) ? next.key : node
    range = rangeOf(target) ?? range
  }
  return range?.[0] ?? 0
}

/** How far into a text value its problem is; undefined where the value is folded or escaped, and so stands otherwise in the file. */
const offsetWithin = (text: string, document: Document, { path, within = 0 }: Problem): number | undefined => {
  if (within === 0) return 0
  const node = document.getIn(path, true)
  if (!isScalar(node) || !node.range) return undefined
  const source = text.slice(node.range[0], node.range[1])
  if (source === node.value) return within
  return source.slice(1, -1) === node.value ? within + 1 : undefined
}

const rangeOf = (node: unknown): Range | null | undefined => (isNode(node) && !isAlias(node) ? node.range : undefined)
