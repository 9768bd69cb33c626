import { type ChildProcess, spawn } from "node:child_process"
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { type Rng, stream } from "../../sim/rng.ts"
import { canonicalJson } from "../execution/canonicalJson.ts"
import { foregroundFlags } from "../foregroundFlags.ts"
import { packageFile } from "../packageRoot.ts"
import { readScenario } from "../scenarioFile.ts"
import type { PostgresServer } from "../testing/postgresServer.ts"
import { storeFaults } from "./storeFaults.ts"
import { type Hits, openStorm } from "./storm.ts"

export interface ChaosOptions {
  readonly runs: number
  readonly kills: number
  /** Of the fault plan; the runs' seeds are the same for all. */
  readonly seed: string
  /** An empty folder. */
  readonly folder: string
  /** Then two hosts share the work by it, and it is a victim like them. */
  readonly database?: PostgresServer
  readonly say: (line: string) => void
}

export interface ChaosEnd {
  readonly isEqual: boolean
  /** How often each has been hit. */
  readonly hits: Hits
  /** How often the command was given until it was done. */
  readonly commands: number
  /** What hosts said when the store failed. */
  readonly storeMessages: ReadonlyArray<string>
  readonly calmSeconds: number
  readonly stormySeconds: number
  /** Workers and Anvils that outlive their hosts. */
  readonly leftBehind: ReadonlyArray<number>
}

const name = "chaos"

/**
 * Executes a sweep in peace and in a directory, and again while a seeded fault plan kills what it consists of; then the faults are off and the same
 * command has to finish. Kills wait for what happens in the folder of the results, never for a time.
 */
export const chaos = async ({ runs, kills, seed, folder, database, say }: ChaosOptions): Promise<ChaosEnd> => {
  const sweep = writeSweep(folder, runs)
  const calm = join(folder, "calm")
  const begin = performance.now()
  const first = await startHost(sweep, calm).ended
  if (first.code !== 0) throw new Error(`the calm sweep failed: ${first.stderr}`)
  const middle = performance.now()

  const machines = (database === undefined ? ["stormy"] : ["one", "other"]).map((machine) => join(folder, machine))
  const args = database === undefined ? [] : ["--workers", "1", "--database", database.url]
  const rng = stream(seed, "chaos", "plan")
  const storm = openStorm({ faults: kills, reach: Math.ceil((3 * runs) / kills / machines.length), database, rng })
  const storeMessages: Array<string> = []
  let commands = 0
  let lastWords = ""
  const living = new Set<ChildProcess>()
  const weather = async (out: string): Promise<void> => {
    for (;;) {
      // A fault ends every host once at most.
      if (++commands > machines.length * (kills + 1)) throw new Error(`the sweep does not finish after the faults: ${lastWords}`)
      const fault = database === undefined && storm.left() > 0 && rng.uniform() < 0.2 ? writeFault(folder, rng) : undefined
      await storm.isUp()
      const host = startHost(sweep, out, args, fault?.module)
      living.add(host.child)
      const calmDown = storm.strike(host.child, out)
      const { code, stderr } = await host.ended
      living.delete(host.child)
      calmDown()
      if (fault !== undefined && !existsSync(fault.token)) {
        storm.count("store")
        storeMessages.push(stderr.trim().split("\n").at(-1)!)
      }
      say(`${kills - storm.left()} of ${kills} faults, ${runsIn(machines)} of ${runs} runs`)
      if (code === 0) return
      lastWords = stderr
    }
  }
  try {
    await Promise.all(machines.map(weather))
  } finally {
    for (const host of living) host.kill("SIGKILL")
    await storm.isUp()
  }
  // All is there: whoever asks once more gets the same.
  const last = await startHost(sweep, machines[0]!, args).ended
  commands++
  if (last.code !== 0) throw new Error(`the sweep does not finish after the faults: ${last.stderr}`)
  const read = (out: string) => readFileSync(join(out, `${name}.sweep.json`))
  return {
    isEqual: machines.every((out) => read(calm).equals(read(out))),
    hits: storm.hits,
    commands,
    storeMessages,
    calmSeconds: (middle - begin) / 1000,
    stormySeconds: (performance.now() - middle) / 1000,
    leftBehind: await storm.survivors(),
  }
}

/** A network of a few, so that a run takes less than a second. */
const writeSweep = (folder: string, runs: number): string => {
  const { scenario } = readScenario(packageFile("scenarios", "baseline.yaml"))
  const agents = scenario.agents.map((group) => ({ ...group, count: group.kind === "oracleNode" ? group.count : Math.min(group.count, 2) }))
  const calendar = { ...scenario.calendar, days: 3 }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, "small.json"), canonicalJson({ ...scenario, name: "small", agents, calendar, objectives: [] }))
  const path = join(folder, "chaos.json")
  const values = { emission: [1000, 2000] }
  writeFileSync(
    path,
    canonicalJson({
      name,
      question: "Does it finish, whatever happens?",
      scenario: "small.json",
      knobs: { emission: "protocols.emissions.tokensPerEpoch" },
      design: { kind: "grid", values },
      seeds: Math.max(1, Math.round(runs / values.emission.length)),
    }),
  )
  return path
}

const writeFault = (folder: string, rng: Rng) => {
  const pick = <A>(list: ReadonlyArray<A>): A => list[Math.floor(rng.uniform() * list.length)]!
  const token = join(folder, "token")
  const module = join(folder, "storeFaults.mjs")
  writeFileSync(token, "")
  const call = pick(["writeSync", "fsyncSync", "renameSync"] as const)
  // A run has some ten writes and one rename.
  const nth = call === "renameSync" ? 1 + Math.floor(rng.uniform() * 2) : 2 + Math.floor(rng.uniform() * 18)
  writeFileSync(module, storeFaults(call, nth, pick(["ENOSPC", "EIO"] as const), token))
  return { token, module }
}

interface Host {
  readonly child: ChildProcess
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>
}

const startHost = (sweep: string, out: string, more: ReadonlyArray<string> = [], fault?: string): Host => {
  mkdirSync(out, { recursive: true })
  const env = fault === undefined ? process.env : { ...process.env, NODE_OPTIONS: `--import=${fault}` }
  const args = [...foregroundFlags, packageFile("dist", "lab.js"), "sweep", sweep, "--out", out, ...more]
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "pipe"] })
  let stderr = ""
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text))
  return { child, ended: new Promise((done) => child.once("exit", (code) => done({ code, stderr }))) }
}

/** Of all machines, each once. */
const runsIn = (outs: ReadonlyArray<string>): number =>
  new Set(outs.flatMap((out) => readdirSync(out)).filter((file) => /^[0-9a-f]{16}$/.test(file))).size
