import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, it } from "vitest"
import { chaos } from "./chaos.ts"

it("a sweep whose workers, Anvils and hosts are killed ends with the very bytes of one in peace", { timeout: 300_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "depinlab-chaos-"))
  try {
    const { isEqual, hits } = await chaos({ runs: 12, kills: 5, seed: "1", folder, say: () => {} })
    expect(isEqual).toBe(true)
    expect(Object.values(hits).reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(3)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
