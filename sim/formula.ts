import { Schema } from "effect"
// @ts-expect-error the package's types leave its factories out
import { createParse } from "mathjs/number"
import { clamp, cos, exp, ln, pow, sin } from "./maths.ts"

/** A formula is not one, or asks for more than a formula may; `at` is the offset of the place in its text. */
export class FormulaInvalid extends Schema.TaggedError<FormulaInvalid>()("FormulaInvalid", {
  message: Schema.String,
  at: Schema.Number,
}) {}

/** A formula of named variables, whose values come in the order of the names. */
export type Formula = (...values: ReadonlyArray<number>) => number

export const textMax = 500
const depthMax = 24
const operationsMax = 100

const constants = { pi: Math.PI, e: Math.E } as const

interface Operation {
  readonly counts: readonly [min: number, max: number]
  readonly of: (...values: ReadonlyArray<number>) => number
}

const operation = (count: number, of: Operation["of"]): Operation => ({ counts: [count, count], of })

const functions: Readonly<Record<string, Operation>> = {
  min: { counts: [2, 10], of: (...values) => Math.min(...values) },
  max: { counts: [2, 10], of: (...values) => Math.max(...values) },
  clamp: operation(3, (x = 0, low = 0, high = 0) => clamp(x, low, high)),
  floor: operation(1, (x = 0) => Math.floor(x)),
  ceil: operation(1, (x = 0) => Math.ceil(x)),
  abs: operation(1, (x = 0) => Math.abs(x)),
  sqrt: operation(1, (x = 0) => Math.sqrt(x)),
  exp: operation(1, (x = 0) => exp(x)),
  ln: operation(1, (x = 0) => ln(x)),
  pow: operation(2, (x = 0, y = 0) => pow(x, y)),
  sin: operation(1, (x = 0) => sin(x)),
  cos: operation(1, (x = 0) => cos(x)),
}

/** What a variable may not be called. */
export const formulaWords: ReadonlyArray<string> = [...Object.keys(constants), ...Object.keys(functions)]

/** By operator and number of operands. A comparison is 1 or 0. */
const operators: Readonly<Record<string, Operation["of"]>> = {
  "+1": (a = 0) => a,
  "-1": (a = 0) => -a,
  "+2": (a = 0, b = 0) => a + b,
  "-2": (a = 0, b = 0) => a - b,
  "*2": (a = 0, b = 0) => a * b,
  "/2": (a = 0, b = 0) => a / b,
  "^2": (a = 0, b = 0) => pow(a, b),
  "<2": (a = 0, b = 0) => (a < b ? 1 : 0),
  ">2": (a = 0, b = 0) => (a > b ? 1 : 0),
  "<=2": (a = 0, b = 0) => (a <= b ? 1 : 0),
  ">=2": (a = 0, b = 0) => (a >= b ? 1 : 0),
  "==2": (a = 0, b = 0) => (a === b ? 1 : 0),
  "!=2": (a = 0, b = 0) => (a !== b ? 1 : 0),
}

/**
 * Reads a formula from a stranger. Length, characters, names and brackets are checked before the parser sees the text, since the parser
 * recurses, and tries some texts exponentially often; then every node of its tree must be on the list. Throws `FormulaInvalid`.
 */
export const parseFormula = (text: string, variables: ReadonlyArray<string>): Formula => {
  if (text.length > textMax) throw new FormulaInvalid({ message: `longer than ${textMax} characters`, at: 0 })
  const leaves = readLeaves(text, variables)
  return compile(parseTree(text), variables, leaves, text.length)
}

const lexeme =
  /[ \t\r\n]*(?:(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.]))|(?<name>[A-Za-z_]\w*)|(?<sign><=|>=|==|!=|[-+*/^(),<>?:])|$)/y

/** Where each number and name stands, in order; the parser's tree holds them in the same order and says nothing of places. */
const readLeaves = (text: string, variables: ReadonlyArray<string>): ReadonlyArray<number> => {
  const names = [...variables, ...formulaWords]
  const leaves: Array<number> = []
  let depth = 0
  for (let at = 0; at < text.length;) {
    lexeme.lastIndex = at
    const found = lexeme.exec(text)
    const start = text.slice(at).search(/[^ \t\r\n]/) + at
    if (found === null)
      throw new FormulaInvalid({ message: "cannot be read here; a formula has numbers, names, + - * / ^ ( ) , < > ? :", at: start })
    const { number, name, sign } = found.groups!
    if (name !== undefined && !names.includes(name))
      throw new FormulaInvalid({ message: `${name} is not known here; known are ${names.join(", ")}`, at: start })
    if (number !== undefined || name !== undefined) leaves.push(start)
    if (sign === "(" && ++depth > depthMax) throw new FormulaInvalid({ message: `brackets deeper than ${depthMax}`, at: start })
    if (sign === ")") depth--
    at = lexeme.lastIndex
  }
  return leaves
}

interface Node {
  readonly kind: string
  readonly values: ReadonlyArray<unknown>
}

/** The parser makes its tree of these; it tells them apart by flags, and reads the fields that are named here. */
const nodeClass = (kind: string, ...fields: ReadonlyArray<string>) => {
  class Made implements Node {
    readonly kind = kind
    readonly values: ReadonlyArray<unknown>
    constructor(...values: ReadonlyArray<unknown>) {
      this.values = values
      for (const [index, field] of fields.entries()) Object.defineProperty(this, field, { value: values[index] })
    }
    get isNode() {
      return true
    }
  }
  Object.defineProperty(Made.prototype, `is${kind}`, { value: true })
  return Made
}

const refusedKinds = [
  "AccessorNode",
  "ArrayNode",
  "AssignmentNode",
  "BlockNode",
  "FunctionAssignmentNode",
  "IndexNode",
  "ObjectNode",
  "RangeNode",
  "RelationalNode",
]

/** mathjs as a parser and nothing else: its numbers, functions and evaluation are not even loaded into the bundle. */
const parseText: (text: string) => Node = createParse({
  ...Object.fromEntries(refusedKinds.map((kind) => [kind, nodeClass(kind)])),
  ConstantNode: nodeClass("ConstantNode"),
  SymbolNode: nodeClass("SymbolNode", "name"),
  OperatorNode: nodeClass("OperatorNode", "op", "fn", "args"),
  ParenthesisNode: nodeClass("ParenthesisNode"),
  FunctionNode: nodeClass("FunctionNode", "fn", "args"),
  ConditionalNode: nodeClass("ConditionalNode"),
  config: { number: "number" },
  numeric: (digits: string) => Number(digits),
  typed: Object.assign(
    (_name: string, signatures: { readonly string: (text: string) => Node }) => (text: string) => signatures.string(text),
    {
      addConversion: () => {},
    },
  ),
})

const parseTree = (text: string): Node => {
  try {
    return parseText(text.replaceAll(/[\t\r\n]/g, " "))
  } catch (error) {
    const { message, char } = error as { readonly message: string; readonly char?: number }
    throw new FormulaInvalid({ message: message.replace(/ \(char \d+\)$/, ""), at: Math.max(0, (char ?? 1) - 1) })
  }
}

/** The tree as a function. A part that is refused is shown where its first number or name stands. */
const compile = (tree: Node, variables: ReadonlyArray<string>, leaves: ReadonlyArray<number>, end: number): Formula => {
  let leaf = 0
  let operations = 0
  const refuse = (message: string): never => {
    throw new FormulaInvalid({ message, at: leaves[leaf] ?? end })
  }
  const apply = (of: Operation["of"], parts: ReadonlyArray<Formula>): Formula => {
    if (++operations > operationsMax) refuse(`more than ${operationsMax} operations`)
    return (...values) => of(...parts.map((part) => part(...values)))
  }
  const part = ({ kind, values }: Node, depth: number): Formula => {
    if (depth > depthMax) refuse(`nested deeper than ${depthMax}`)
    const inner = (node: unknown) => part(node as Node, depth + 1)
    switch (kind) {
      case "ParenthesisNode":
        return inner(values[0])
      case "ConstantNode": {
        const [value] = values
        if (typeof value !== "number") return refuse("is empty")
        if (!Number.isFinite(value)) return refuse("this number is too large")
        leaf++
        return () => value
      }
      case "SymbolNode":
        return symbol(values[0] as string)
      case "OperatorNode": {
        const [sign, , operands, isImplicit] = values as [string, string, ReadonlyArray<Node>, boolean | undefined]
        const of = operators[`${sign}${operands.length}`]
        if (of === undefined) return refuse(`the operator ${sign} is not known here`)
        const parts = operands.map((operand, index) => {
          if (isImplicit === true && index > 0) refuse("an operator is missing before this; a product is written with *")
          return inner(operand)
        })
        return apply(of, parts)
      }
      case "FunctionNode": {
        const [callee, operands] = values as [Node, ReadonlyArray<Node>]
        const name = callee.kind === "SymbolNode" ? String(callee.values[0]) : ""
        if (!Object.hasOwn(functions, name)) return refuse(`${name} is not a function`)
        const { counts, of } = functions[name]!
        const [least, most] = counts
        if (operands.length < least || operands.length > most)
          refuse(`${name} takes ${least === most ? least : `${least} to ${most}`} values, and here are ${operands.length}`)
        leaf++
        return apply(of, operands.map(inner))
      }
      case "ConditionalNode": {
        const [condition, then, otherwise] = values.map(inner) as [Formula, Formula, Formula]
        apply(() => 0, [])
        return (...at) => (condition(...at) === 0 ? otherwise(...at) : then(...at))
      }
      default:
        return refuse(kind === "RangeNode" ? "ranges are not known here" : "this is not part of formulas")
    }
  }
  const symbol = (name: string): Formula => {
    const index = variables.indexOf(name)
    if (index < 0 && !Object.hasOwn(constants, name)) refuse(`${name} is a function; write ${name}(...)`)
    leaf++
    if (index >= 0) return (...values) => values[index]!
    const value = constants[name as keyof typeof constants]
    return () => value
  }
  return part(tree, 1)
}
