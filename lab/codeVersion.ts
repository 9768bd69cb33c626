import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

/** Set by the bundler, because the bundle has no sources to look at. */
declare const DEPINLAB_CODE_VERSION: string | undefined

/** What a result depends on: the rooms that make it, the lab's part in it, and the exact packages. */
const inputs = ["agents", "chain", "sim", "lab/execution", "package-lock.json"]

/** sha256 over the names and contents of all sources that can change a result. */
export const codeVersion = (): string => (typeof DEPINLAB_CODE_VERSION === "string" ? DEPINLAB_CODE_VERSION : hashOfSources())

const hashOfSources = (): string => {
  const root = fileURLToPath(new URL("..", import.meta.url))
  const hash = createHash("sha256")
  for (const name of inputs.flatMap((input) => sourceFiles(root, input))) {
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(root, name)))
      .update("\0")
  }
  return hash.digest("hex")
}

const sourceFiles = (root: string, name: string): ReadonlyArray<string> => {
  if (/\.\w+$/.test(name)) return [name]
  return readdirSync(join(root, name), { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|sol|json)$/.test(entry.name) && !entry.name.endsWith(".test.ts"))
    .map((entry) => `${entry.parentPath.slice(root.length)}/${entry.name}`.replaceAll("\\", "/"))
    .filter((path) => !path.includes("/testing/"))
    .toSorted()
}
