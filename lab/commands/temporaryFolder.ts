import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"

/** Of a benchmark; the end of the scope removes it. */
export const temporaryFolder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "depinlab-bench-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true })),
)
