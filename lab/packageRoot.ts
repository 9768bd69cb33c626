import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

/** The package's own folder: the nearest one with a package.json above this file, whether it runs from source or from dist/. */
const root = (() => {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder)
  return folder
})()

export const packageFile = (...names: ReadonlyArray<string>): string => join(root, ...names)
