import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, relative, resolve } from "node:path"
import { setTimeout } from "node:timers/promises"
import { Effect } from "effect"
import { afterAll, describe, expect, it } from "vitest"
import { stringify } from "yaml"
import { foregroundFlags } from "./foregroundFlags.ts"
import { openDatabase } from "./queue/database.ts"
import { bossSchema } from "./queue/postgresTables.ts"
import { missingPostgres, startPostgres } from "./testing/postgresServer.ts"

// Hosts are processes that know each other only by the database, or not at all. Whatever happens, the result is that of one machine, byte by byte.

const patienceMs = 600_000
const bundle = resolve("dist/lab.js")
const here = mkdtempSync(join(tmpdir(), "depinlab-hosts-"))
const children: Array<ChildProcess> = []
afterAll(() => {
  for (const child of children) child.kill("SIGKILL")
  rmSync(here, { recursive: true, force: true })
})

const runCount = 12
const sweep = join(here, "hosts.yaml")
writeFileSync(
  sweep,
  stringify({
    name: "hosts",
    question: "Does it matter where a run is executed?",
    scenario: relative(here, resolve("scenarios/baseline.yaml")),
    set: { "calendar.days": 3 },
    seeds: 4,
    knobs: { emission: "protocols.emissions.tokensPerEpoch" },
    design: { kind: "grid", values: { emission: [1000, 2000, 4000] } },
  }),
)

interface Host {
  readonly child: ChildProcess
  /** Its exit code, or the signal that ended it, and what it said. */
  readonly end: Promise<{ readonly code: number | string | null; readonly stderr: string }>
}

const one = ["--workers", "1"]

const host = (args: ReadonlyArray<string>): Host => {
  const child = spawn(process.execPath, [...foregroundFlags, bundle, ...args], { stdio: ["ignore", "ignore", "pipe"] })
  children.push(child)
  let stderr = ""
  child.stderr!.on("data", (text: Buffer) => (stderr += text))
  return { child, end: once(child, "close").then(([code, signal]) => ({ code: code ?? signal, stderr })) }
}
const out = (name: string): string => join(here, name)
const summary = (name: string): string => readFileSync(join(out(name), "hosts.sweep.json"), "utf8")
const finishedIn = (name: string): number =>
  existsSync(out(name)) ? readdirSync(out(name)).filter((entry) => /^[0-9a-f]{16}$/.test(entry)).length : 0

it(
  "shards that know nothing of each other give the result of one machine when they are merged",
  async () => {
    expect(await host(["sweep", sweep, "--out", out("one machine"), ...one]).end).toMatchObject({ code: 0 })
    for (const index of [0, 1, 2])
      expect(await host(["sweep", sweep, "--shard", `${index}/3`, "--out", out(`shard-${index}`), ...one]).end).toMatchObject({ code: 0 })
    expect([0, 1, 2].map((index) => finishedIn(`shard-${index}`))).toEqual([4, 4, 4])
    for (const _ of ["once", "and again"])
      expect(await host(["merge", ...[0, 1, 2].map((index) => out(`shard-${index}`)), "--out", out("merged")]).end).toMatchObject({
        code: 0,
      })
    expect(await host(["sweep", sweep, "--out", out("merged")]).end).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(`${runCount} of ${runCount} runs are finished already`),
    })
    expect(summary("merged")).toBe(summary("one machine"))
  },
  patienceMs,
)

const missing = missingPostgres()
if (missing !== undefined) it.skip(`hosts that share a database: ${missing}`)

describe.skipIf(missing !== undefined)("hosts that share a database", () => {
  it(
    "lose nothing and count nothing twice when one is killed and the database too",
    async () => {
      const server = await startPostgres()
      try {
        const joining = (name: string) => host(["sweep", sweep, "--database", server.url, "--out", out(name), ...one])
        const [doomed, survivor] = [joining("doomed"), joining("survivor")]
        while (finishedIn("doomed") < 1 || finishedIn("survivor") < 1) {
          for (const { child, end } of [doomed, survivor]) if (child.exitCode !== null) throw new Error((await end).stderr)
          await setTimeout(50)
        }
        doomed.child.kill("SIGKILL")
        expect((await doomed.end).code).toBe("SIGKILL")
        await server.kill()
        await server.start()
        const late = joining("late")
        expect(await survivor.end).toMatchObject({ code: 0 })
        expect(await late.end).toMatchObject({ code: 0 })
        expect(summary("survivor")).toBe(summary("one machine"))
        expect(summary("late")).toBe(summary("one machine"))

        const table = await Effect.runPromise(
          Effect.scoped(
            Effect.gen(function* () {
              const { query } = yield* openDatabase(server.url, { schema: bossSchema })
              return yield* Effect.promise(() =>
                query(`SELECT count(*)::int AS runs, count(digest)::int AS finished, (SELECT count(DISTINCT (run, digest))::int FROM depinlab.files) AS results,
                       (SELECT count(*)::int FROM ${bossSchema}.job) AS waiting FROM depinlab.runs`),
              )
            }),
          ),
        )
        expect(table).toEqual([{ runs: runCount, finished: runCount, results: runCount, waiting: 0 }])

        const reader = joining("reader")
        expect(await reader.end).toMatchObject({ code: 0 })
        expect(summary("reader")).toBe(summary("one machine"))
        expect(finishedIn("reader")).toBe(0)
      } finally {
        await server.remove()
      }
    },
    patienceMs,
  )
})
