import { readdirSync, readFileSync } from "node:fs"
import { dirname, join, normalize } from "node:path"
import { parseSync } from "vite"
import { describe, expect, test } from "vitest"

/**
 * The rules of the house (DESIGN sections 2, 4 and 5): who may import whom, what is banned where, how long a file may be and what it
 * may not be called. Every breach says what to use instead.
 */

const mayImport: Readonly<Record<string, ReadonlyArray<string>>> = {
  sim: [],
  agents: ["sim"],
  chain: ["sim"],
  "gpu-bench": ["sim"],
  scenarios: ["sim"],
  reports: ["sim"],
  lab: ["sim", "agents", "chain", "gpu-bench", "scenarios", "reports"],
}

const pure = ["sim", "agents"]
const linesMax = 500

interface Syntax {
  readonly type: string
  readonly [field: string]: unknown
}

/** A construct that a room does not allow: `at` tells whether a node of the syntax tree is one, and by what name to call it. */
interface Ban {
  readonly rooms: ReadonlyArray<string>
  /** Tests may compare with what the code itself may not use. */
  readonly inTests: boolean
  readonly at: (node: Syntax, parent: Syntax | undefined) => string | undefined
  readonly use: string
}

const bans: ReadonlyArray<Ban> = [
  { rooms: pure, inTests: false, at: importOf(/^node:/), use: "plain data handed in by lab/" },
  { rooms: [...pure, "gpu-bench", "reports"], inTests: true, at: importOf(/^(viem|@viem)(\/|$)/), use: "the Ledger port of sim/ledger.ts" },
  { rooms: pure, inTests: false, at: global("Date", "performance", "Intl"), use: "the Moment of sim/clock.ts" },
  {
    rooms: pure,
    inTests: false,
    at: global("process", "crypto", "globalThis", "fetch", "setTimeout", "setInterval"),
    use: "plain data handed in by lab/",
  },
  { rooms: pure, inTests: false, at: member("Math", /^random$/), use: "a named stream of sim/rng.ts" },
  {
    rooms: pure,
    inTests: false,
    at: member("Math", /^(a?(cos|sin|tan)h?|atan2|cbrt|exp|expm1|hypot|log|log10|log1p|log2|pow)$/),
    use: "sim/maths.ts, whose bits are the same in every engine",
  },
  { rooms: pure, inTests: false, at: alias("Math"), use: "Math.x written out, so that this test can see it" },
  { rooms: pure, inTests: false, at: numberPower, use: "pow of sim/maths.ts (a power of bigints needs a bigint literal in it)" },
  { rooms: pure, inTests: false, at: method(/^(toLocale\w*|localeCompare)$/), use: "compareIds of sim/sequence.ts" },
  {
    rooms: [...pure, "chain"],
    inTests: false,
    at: member("Effect", /^run(Sync|Promise|Fork|Callback)/),
    use: "a returned Effect, which lab/ runs",
  },
  {
    rooms: [...pure, "chain"],
    inTests: false,
    at: member("Promise", /^all(Settled)?$/),
    use: "one await after the other: inside a run nothing is concurrent",
  },
  {
    rooms: [...pure, "chain"],
    inTests: false,
    at: property("concurrency"),
    use: "sequential execution: inside a run nothing is concurrent",
  },
  { rooms: ["chain"], inTests: false, at: retry, use: "a discarded run: a call that changes the chain is never repeated (retryCount: 0)" },
  {
    rooms: [...pure, "chain", "gpu-bench", "scenarios", "reports"],
    inTests: true,
    at: global("console"),
    use: "a returned value, which lab/ prints, or process.stderr in a script",
  },
]

function importOf(pattern: RegExp): Ban["at"] {
  return (node) => {
    const name = importedName(node)
    return name !== undefined && pattern.test(name) ? name : undefined
  }
}

function importedName(node: Syntax): string | undefined {
  const source =
    node.type.startsWith("Import") || node.type.startsWith("Export") || node.type === "TSImportType" ? node["source"] : undefined
  return isSyntax(source) && typeof source["value"] === "string" ? source["value"] : undefined
}

/** A global by its name; not a property or key of the same name. */
function global(...names: ReadonlyArray<string>): Ban["at"] {
  return (node, parent) => {
    const isName =
      (parent?.["property"] === node || parent?.["key"] === node || parent?.["imported"] === node) && parent["computed"] !== true
    return node.type === "Identifier" && names.includes(node["name"] as string) && !isName ? (node["name"] as string) : undefined
  }
}

function member(object: string, pattern: RegExp): Ban["at"] {
  return (node) => {
    if (node.type !== "MemberExpression" || !isIdentifier(node["object"], object)) return undefined
    const key = node["property"] as Syntax
    const name = String(node["computed"] === true ? key["value"] : key["name"])
    return pattern.test(name) ? `${object}.${name}` : undefined
  }
}

function alias(object: string): Ban["at"] {
  return (node) => (node.type === "VariableDeclarator" && isIdentifier(node["init"], object) ? `${object} by another name` : undefined)
}

function method(pattern: RegExp): Ban["at"] {
  return (node) => {
    const name = node.type === "MemberExpression" ? String((node["property"] as Syntax)["name"]) : ""
    return pattern.test(name) ? `.${name}` : undefined
  }
}

function property(name: string): Ban["at"] {
  return (node) => (node.type === "Property" && isIdentifier(node["key"], name) ? name : undefined)
}

function numberPower(node: Syntax): string | undefined {
  const isBigint = (side: unknown) => isSyntax(side) && typeof side["bigint"] === "string"
  const isPower = node.type === "BinaryExpression" && node["operator"] === "**" && !isBigint(node["left"]) && !isBigint(node["right"])
  return isPower || node["operator"] === "**=" ? "**" : undefined
}

function retry(node: Syntax): string | undefined {
  const effect = member("Effect", /^retry/)(node, undefined)
  const isCount = node.type === "Property" && isIdentifier(node["key"], "retryCount") && (node["value"] as Syntax)["value"] !== 0
  return effect ?? (isCount ? "retryCount above 0" : undefined)
}

function isSyntax(value: unknown): value is Syntax {
  return typeof value === "object" && value !== null && typeof (value as Syntax).type === "string"
}

function isIdentifier(value: unknown, name: string): boolean {
  return isSyntax(value) && value.type === "Identifier" && value["name"] === name
}

function walk(node: Syntax, parent: Syntax | undefined, visit: (node: Syntax, parent: Syntax | undefined) => void): void {
  visit(node, parent)
  for (const child of Object.values(node).flat()) if (isSyntax(child)) walk(child, node, visit)
}

/** All breaches of one file, as lines to show. `path` is relative to the repository and decides which rules hold. */
const breaches = (path: string, text: string): ReadonlyArray<string> => {
  const found = nameAndLength(path, text)
  if (!path.endsWith(".ts")) return found
  const room = path.split("/")[0]!
  const isTest = path.endsWith(".test.ts")
  const here = bans.filter((ban) => ban.rooms.includes(room) && (!isTest || ban.inTests))
  walk(parseSync(path, text).program as unknown as Syntax, undefined, (node, parent) => {
    const at = `${path}:${text.slice(0, node["start"] as number).split("\n").length}`
    for (const ban of here) {
      const name = ban.at(node, parent)
      if (name !== undefined) found.push(`${at}: ${name} is banned here, use ${ban.use}`)
    }
    const imported = importedName(node)
    const target = imported?.startsWith(".") ? normalize(join(dirname(path), imported)).split("/")[0]! : undefined
    if (target !== undefined && target !== room && target in mayImport && !(mayImport[room] ?? [target]).includes(target)) {
      found.push(
        `${at}: an import from ${target}/ is banned here, use ${mayImport[room]!.map((name) => `${name}/`).join(", ") || "only this room"}`,
      )
    }
  })
  return found
}

const nameAndLength = (path: string, text: string): Array<string> => {
  const found: Array<string> = []
  const bad = path.split("/").find((part) => /^(utils?|helpers?|common|managers?|misc)(\.|$)|(Utils?|Helpers?|Manager)\./.test(part))
  if (bad !== undefined) found.push(`${path}: the name ${bad} is banned here, use the concept's own name`)
  const lines = text.split("\n").length - 1
  if (lines > linesMax) found.push(`${path}: a file of ${lines} lines is banned here, use one file a concept (${linesMax} lines at most)`)
  return found
}

const files = [...Object.keys(mayImport), "architecture.test.ts", "vite.config.ts"]
  .flatMap((name) =>
    name.includes(".") ? [name] : readdirSync(name, { recursive: true, encoding: "utf8" }).map((inside) => `${name}/${inside}`),
  )
  .filter((path) => /\.(ts|cjs|sol|css|html)$/.test(path) && !path.startsWith("chain/artifacts/"))
  .map((path) => path.replaceAll("\\", "/"))

test("the house keeps its rules", () => {
  expect(files.flatMap((path) => breaches(path, readFileSync(path, "utf8")))).toEqual([])
})

describe("the rules see a breach", () => {
  test.each([
    ["sim/x.ts", 'import { a } from "../chain/a.ts"', "an import from chain/ is banned here, use only this room"],
    ["agents/x.ts", 'export * from "../chain/a.ts"', "an import from chain/ is banned here, use sim/"],
    ["chain/x.ts", 'import type { A } from "../agents/a.ts"', "an import from agents/ is banned here"],
    ["reports/x.ts", 'const a = await import("../lab/a.ts")', "an import from lab/ is banned here"],
    ["gpu-bench/x.ts", 'type A = import("../chain/a.ts").A', "an import from chain/ is banned here"],
    ["sim/x.ts", 'import { readFileSync } from "node:fs"', "node:fs is banned here, use plain data"],
    ["agents/x.ts", 'import { parseUnits } from "viem"', "viem is banned here, use the Ledger port"],
    ["sim/x.ts", "const now = Date.now()", "Date is banned here, use the Moment"],
    ["agents/x.ts", "const now = new Date()", "Date is banned here"],
    ["sim/x.ts", "const home = process.env.HOME", "process is banned here"],
    ["agents/x.ts", "const draw = Math.random()", "Math.random is banned here, use a named stream"],
    ["sim/x.ts", "const y = Math.exp(2)", "Math.exp is banned here, use sim/maths.ts"],
    ["sim/x.ts", 'const y = Math["pow"](2, 3)', "Math.pow is banned here"],
    ["sim/x.ts", "const M = Math", "Math by another name is banned here"],
    ["agents/x.ts", "const y = 2 ** 3", "** is banned here, use pow"],
    ["agents/x.ts", "let y = 2; y **= 3", "** is banned here"],
    ["sim/x.ts", 'const y = "a".localeCompare("b")', ".localeCompare is banned here, use compareIds"],
    ["agents/x.ts", "const y = Effect.runSync(effect)", "Effect.runSync is banned here"],
    ["chain/x.ts", "await Promise.all([a, b])", "Promise.all is banned here"],
    ["chain/x.ts", 'Effect.all(list, { concurrency: "unbounded" })', "concurrency is banned here"],
    ["chain/x.ts", "http(url, { retryCount: 3 })", "retryCount above 0 is banned here"],
    ["chain/x.ts", "effect.pipe(Effect.retry(policy))", "Effect.retry is banned here"],
    ["reports/x.ts", 'console.log("here")', "console is banned here, use a returned value"],
    ["lab/utils.ts", "", "the name utils.ts is banned here"],
    ["sim/helpers/x.ts", "", "the name helpers is banned here"],
    ["lab/runManager.ts", "", "the name runManager.ts is banned here"],
    ["lab/x.ts", "\n".repeat(linesMax + 1), "a file of 501 lines is banned here"],
  ])("%s: %s", (path, text, message) => {
    const found = breaches(path, text)
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(message)
  })

  test.each([
    ["sim/x.ts", "const y = 10n ** 18n + BigInt(Math.floor(Math.sqrt(2)))"],
    ["sim/x.ts", "const Timestamp = Schema.Date; const row = { Date: 1, process: 2 }"],
    ["sim/x.test.ts", "expect(exp(1)).toBeCloseTo(Math.exp(1))"],
    ["lab/x.ts", 'import { a } from "../chain/a.ts"; console.log(new Date(), 2 ** 3)'],
    ["chain/x.ts", "http(url, { retryCount: 0 })"],
    ["agents/x.ts", "// Math.random() and Date.now() are banned"],
  ])("and nothing else: %s: %s", (path, text) => {
    expect(breaches(path, text)).toEqual([])
  })
})
