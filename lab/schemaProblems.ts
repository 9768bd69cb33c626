import { Result, Schema, type SchemaAST, type SchemaIssue } from "effect"
import { printable } from "./printable.ts"
import { suggestion } from "./suggestion.ts"

/** One thing that is wrong with data, in words for whoever wrote them. */
export interface Problem {
  readonly path: ReadonlyArray<string | number>
  readonly message: string
  /** The key is at fault, not its value. */
  readonly isKey?: boolean
  /** Offset in the value, where that is a text. */
  readonly within?: number
  /** Offset in the source text, where it is known. */
  readonly at?: number
}

/** Decodes data and finds everything that is wrong with it at once. */
export const schemaProblems = <S extends Schema.ConstraintDecoder<unknown>>(
  schema: S,
  data: unknown,
): { readonly value?: S["Type"]; readonly problems: ReadonlyArray<Problem> } => {
  const decoded = Schema.decodeUnknownResult(schema, { errors: "all", onExcessProperty: "error", reportInput: true })(data)
  return Result.isSuccess(decoded)
    ? { value: decoded.success, problems: [] }
    : { problems: explain(decoded.failure.issue, [], undefined, data) }
}

type Issue = SchemaIssue.Issue
type Path = Problem["path"]

/** Walks an issue to its leaves; `ast` is what stands at the path, and `input` is the data there. */
const explain = (issue: Issue, path: Path, ast: SchemaAST.AST | undefined, input: unknown): ReadonlyArray<Problem> => {
  switch (issue._tag) {
    case "Pointer": {
      const key = issue.path[0] as string | number
      return explain(issue.issue, [...path, key], ast === undefined ? undefined : memberOf(ast, key), at(input, key))
    }
    case "Encoding":
      return explain(issue.issue, path, issue.ast, input)
    case "Composite": {
      const inner = issue.issues.filter(({ _tag }) => _tag !== "Filter")
      if (inner.length > 0) return inner.flatMap((one) => explain(one, path, issue.ast, input))
      return [{ path, message: mismatch(issue.ast, input, filterText(issue.issues[0])) }]
    }
    case "Filter":
      return [{ path, message: mismatch(ast, input, filterText(issue)) }]
    case "AnyOf":
    case "OneOf":
      return unionProblems(issue.ast, "issues" in issue ? issue.issues : [], path, input)
    case "MissingKey":
      return [{ path, message: `missing${ast === undefined ? "" : `; expected ${expectation(ast)}`}`, isKey: true }]
    case "UnexpectedKey": {
      const known = keysOf(issue.ast)
      const near = suggestion(String(path.at(-1)), known)
      return [{ path, message: `unknown key${near || `; known here: ${known.join(", ")}`}`, isKey: true }]
    }
    default:
      return [{ path, message: mismatch("ast" in issue ? issue.ast : ast, input) }]
  }
}

/** No member of a union fits: says which kind is meant and what is wrong with it, or which kinds there are. */
const unionProblems = (union: SchemaAST.Union, issues: ReadonlyArray<Issue>, path: Path, input: unknown): ReadonlyArray<Problem> => {
  if (issues.length > 0) return issues.flatMap((issue) => explain(issue, path, union, input))
  const kinds = kindsOf(union)
  if (kinds.length === 0 || typeof input !== "object" || input === null || Array.isArray(input))
    return [{ path, message: mismatch(union, input) }]
  const kind = (input as { readonly kind?: unknown }).kind
  if (kind === undefined) return [{ path, message: `the key kind is missing; one of ${kinds.join(", ")}` }]
  const near = typeof kind === "string" ? suggestion(kind, kinds) : ""
  return [{ path: [...path, "kind"], message: `unknown kind ${shown(kind)}${near || `; one of ${kinds.join(", ")}`}` }]
}

const mismatch = (ast: SchemaAST.AST | undefined, input: unknown, fallback?: string): string => {
  const isText = typeof input === "string"
  const wantsNumber =
    ast !== undefined && (ast._tag === "Number" || (ast._tag === "Union" && ast.types.some(({ _tag }) => _tag === "Number")))
  const number = isText && wantsNumber ? /^\s*([-+]?\d+(?:[._]\d+)*(?:e[-+]?\d+)?)/i.exec(input)?.[1]?.replaceAll("_", "") : undefined
  const choices = ast === undefined ? [] : literalsOf(ast)
  const expected = ast === undefined ? fallback : expectation(ast, fallback)
  return `got ${shown(input)}, expected ${expected ?? "another value"}${
    number !== undefined ? `, as a plain number without a unit: ${number}` : isText ? suggestion(input, choices) : ""
  }`
}

/** In the words of the schema's own title, which names the unit and the bounds. */
const expectation = (ast: SchemaAST.AST, fallback?: string): string => {
  const title = titleOf(ast)
  if (title !== undefined) return title
  const literals = literalsOf(ast)
  if (literals.length > 0) return literals.length === 1 ? literals[0]! : `one of ${literals.join(", ")}`
  if (fallback !== undefined) return fallback
  switch (ast._tag) {
    case "String":
      return "text"
    case "Number":
      return "a number"
    case "Boolean":
      return "true or false"
    case "Arrays":
      return "a list"
    case "Objects":
      return `keys and values (${keysOf(ast).join(", ")})`
    case "Union":
      return ast.types.map((member) => expectation(member)).join(", or ")
    default:
      return "another value"
  }
}

const titleOf = (ast: SchemaAST.AST): string | undefined => {
  const title = ast.checks?.at(-1)?.annotations?.["title"] ?? ast.annotations?.["title"]
  return typeof title === "string" ? title : undefined
}

const filterText = (issue: Issue): string | undefined => {
  const { title, expected } = (issue._tag === "Filter" ? issue.filter.annotations : undefined) ?? {}
  const text = title ?? expected
  return text === "a value with a length of at least 1" ? "at least one entry" : typeof text === "string" ? text : undefined
}

const memberOf = (ast: SchemaAST.AST, key: string | number): SchemaAST.AST | undefined => {
  if (ast._tag === "Objects") return ast.propertySignatures.find(({ name }) => name === key)?.type
  return ast._tag === "Arrays" ? ast.rest[0] : undefined
}

const keysOf = (ast: SchemaAST.AST): ReadonlyArray<string> =>
  ast._tag === "Objects" ? ast.propertySignatures.map(({ name }) => String(name)) : []

const literalsOf = (ast: SchemaAST.AST): ReadonlyArray<string> => {
  if (ast._tag === "Literal") return [String(ast.literal)]
  const members = ast._tag === "Union" ? ast.types.map(literalsOf) : []
  return members.every((literals) => literals.length === 1) ? members.flat() : []
}

const kindsOf = (union: SchemaAST.Union): ReadonlyArray<string> =>
  union.types.flatMap((member) => {
    if (member._tag === "Union") return kindsOf(member)
    const kind = memberOf(member, "kind")
    return kind === undefined ? [] : literalsOf(kind)
  })

const at = (input: unknown, key: string | number): unknown =>
  typeof input === "object" && input !== null && Object.hasOwn(input, key) ? (input as Record<string | number, unknown>)[key] : undefined

/** A value as it would stand in the file. */
const shown = (value: unknown): string => {
  if (typeof value === "number" && !Number.isFinite(value)) return Number.isNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf"
  if (value === undefined) return "nothing"
  return printable(JSON.stringify(value), 60)
}
