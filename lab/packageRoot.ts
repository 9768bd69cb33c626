import { join } from "node:path"
import { fileURLToPath } from "node:url"

/** Where the package's own files are, from `lab/` as well as from `dist/`. */
const root = fileURLToPath(new URL("..", import.meta.url))

export const packageFile = (...names: ReadonlyArray<string>): string => join(root, ...names)
