import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

/** Set by the bundler, because the bundle has no sources to look at. */
declare const DEPINLAB_AGENT_RULES: Readonly<Record<string, string>> | undefined

/** What each kind of agent does, as the comment above it in agents/ says. */
export const agentRules = (): Readonly<Record<string, string>> =>
  typeof DEPINLAB_AGENT_RULES === "object" ? DEPINLAB_AGENT_RULES : rulesInSources()

export const rulesInSources = (): Readonly<Record<string, string>> => {
  const folder = fileURLToPath(new URL("../../agents", import.meta.url))
  const registry = readFileSync(join(folder, "index.ts"), "utf8")
  const files = [...registry.matchAll(/import \{ (\w+) \} from "\.\/(\w+)\.ts"/g)]
  return Object.fromEntries(files.flatMap(([, kind = "", file = ""]) => docstring(readFileSync(join(folder, `${file}.ts`), "utf8"), kind)))
}

const docstring = (source: string, name: string): ReadonlyArray<readonly [string, string]> => {
  const found = new RegExp(String.raw`/\*\*((?:(?!\*/)[\s\S])*)\*/\s*export const ${name}\b`).exec(source)?.[1]
  if (found === undefined) return []
  const words = found
    .split("\n")
    .map((line) => line.replace(/^\s*\*?\s*/, "").trim())
    .filter(Boolean)
    .join(" ")
  return [[name, words]]
}
