import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createBuilder } from "vite"

/** The report template as `vite build` delivers it to dist/report.html, built from the sources as they are now. */
export const builtTemplate = async (): Promise<string> => {
  const outDir = await mkdtemp(join(tmpdir(), "depinlab-report-"))
  try {
    const builder = await createBuilder({ logLevel: "error", environments: { client: { build: { outDir } } } })
    await builder.build(builder.environments["client"]!)
    return await readFile(join(outDir, "report.html"), "utf8")
  } finally {
    await rm(outDir, { recursive: true })
  }
}
