import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, it } from "vitest"
import { missingPostgres, startPostgres } from "../testing/postgresServer.ts"
import { chaos, type ChaosOptions } from "./chaos.ts"

const patienceMs = 300_000

const expectTheSame = async (options: Omit<ChaosOptions, "folder" | "say">) => {
  const folder = mkdtempSync(join(tmpdir(), "depinlab-chaos-"))
  try {
    const { isEqual, hits, leftBehind } = await chaos({ ...options, folder, say: () => {} })
    expect(isEqual).toBe(true)
    expect(Object.values(hits).reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(3)
    expect(leftBehind).toEqual([])
    return hits
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

it("a sweep whose workers, Anvils and hosts are killed ends with the very bytes of one in peace", { timeout: patienceMs }, () =>
  expectTheSame({ runs: 12, kills: 5, seed: "1" }),
)

const missing = missingPostgres()
const title = "so does one of two hosts whose database is killed too"
if (missing !== undefined) it.skip(`${title}: ${missing}`)
else
  it(title, { timeout: patienceMs }, async () => {
    const database = await startPostgres()
    try {
      const hits = await expectTheSame({ runs: 12, kills: 8, seed: "1", database })
      expect(hits.database).toBeGreaterThanOrEqual(1)
    } finally {
      await database.remove()
    }
  })
