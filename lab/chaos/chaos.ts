import { type ChildProcess, spawn } from "node:child_process"
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs"
import { join } from "node:path"
import { type Rng, stream } from "../../sim/rng.ts"
import { canonicalJson } from "../execution/canonicalJson.ts"
import { foregroundFlags } from "../foregroundFlags.ts"
import { packageFile } from "../packageRoot.ts"
import { readScenario } from "../scenarioFile.ts"
import { processesOf } from "./processTree.ts"
import { storeFaults } from "./storeFaults.ts"

/** What goes wrong: a process is killed, the catalogue is lost with its host, or a file call of the store fails. */
const targets = ["worker", "anvil", "host", "catalogue", "store"] as const
type Target = (typeof targets)[number]

export interface ChaosOptions {
  readonly runs: number
  readonly kills: number
  /** Of the fault plan; the runs' seeds are the same for all. */
  readonly seed: string
  /** An empty folder. */
  readonly folder: string
  readonly say: (line: string) => void
}

export interface ChaosEnd {
  readonly isEqual: boolean
  /** How often each has been hit. */
  readonly hits: Readonly<Record<Target, number>>
  /** How often the command was given until it was done. */
  readonly commands: number
  /** What hosts said when the store failed. */
  readonly storeMessages: ReadonlyArray<string>
  readonly calmSeconds: number
  readonly stormySeconds: number
}

const name = "chaos"

/**
 * Executes a sweep in peace, and again while a seeded fault plan kills what it consists of; then the faults are off and the same command has to
 * finish. Kills wait for what happens in the folder of the results, never for a time.
 */
export const chaos = async ({ runs, kills, seed, folder, say }: ChaosOptions): Promise<ChaosEnd> => {
  const sweep = writeSweep(folder, runs)
  const calm = join(folder, "calm")
  const stormy = join(folder, "stormy")
  const begin = performance.now()
  const first = await ended(startHost(sweep, calm))
  if (first.code !== 0) throw new Error(`the calm sweep failed: ${first.stderr}`)
  const middle = performance.now()

  const rng = stream(seed, "chaos", "plan")
  const hits: Record<Target, number> = { worker: 0, anvil: 0, host: 0, catalogue: 0, store: 0 }
  const storeMessages: Array<string> = []
  let commands = 0
  for (let left = kills, isDone = false; left > 0 && !isDone;) {
    commands++
    const fault = rng.uniform() < 0.2 ? writeFault(folder, rng) : undefined
    const host = startHost(sweep, stormy, fault?.module)
    const storm = strike(host.child, stormy, rng, left, Math.ceil((3 * runs) / kills), hits)
    const { code, stderr } = await ended(host)
    left -= storm()
    if (fault !== undefined && !existsSync(fault.token)) {
      hits.store++
      left--
      storeMessages.push(stderr.trim().split("\n").at(-1)!)
    }
    isDone = code === 0
    say(`${kills - left} of ${kills} faults, ${runsIn(stormy)} of ${runs} runs`)
  }
  const last = await ended(startHost(sweep, stormy))
  commands++
  if (last.code !== 0) throw new Error(`the sweep does not finish after the faults: ${last.stderr}`)
  const read = (out: string) => readFileSync(join(out, `${name}.sweep.json`))
  return {
    isEqual: read(calm).equals(read(stormy)),
    hits,
    commands,
    storeMessages,
    calmSeconds: (middle - begin) / 1000,
    stormySeconds: (performance.now() - middle) / 1000,
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

const startHost = (sweep: string, out: string, fault?: string): Host => {
  mkdirSync(out, { recursive: true })
  const env = fault === undefined ? process.env : { ...process.env, NODE_OPTIONS: `--import=${fault}` }
  const args = [...foregroundFlags, packageFile("dist", "lab.js"), "sweep", sweep, "--out", out]
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "pipe"] })
  let stderr = ""
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text))
  return { child, ended: new Promise((done) => child.once("exit", (code) => done({ code, stderr }))) }
}

const ended = ({ ended }: Host) => ended

/**
 * Kills one of a host's processes when so many folders of runs have come or gone, drawn up to `reach`, again and again until the host ends; the
 * returned function stops that and says how often.
 */
const strike = (host: ChildProcess, out: string, rng: Rng, max: number, reach: number, hits: Record<Target, number>): (() => number) => {
  let count = 0
  const draw = () => 1 + Math.floor(rng.uniform() * reach)
  let waits = draw()
  const watcher = watch(out, (_, file) => {
    if (file === null || !/^\.?[0-9a-f]{16}/.test(file)) return
    if (count >= max || --waits > 0 || host.exitCode !== null || host.signalCode !== null) return
    waits = draw()
    const target = targets[Math.floor(rng.uniform() * 4)]!
    const { workers, anvils } = processesOf(host.pid!)
    const victims = target === "worker" ? workers : target === "anvil" ? anvils : [host.pid!]
    const victim = victims[Math.floor(rng.uniform() * victims.length)]
    if (victim === undefined || !kill(victim)) return
    if (target === "catalogue") removeCatalogue(out)
    hits[target]++
    count++
  })
  return () => {
    watcher.close()
    return count
  }
}

const kill = (pid: number): boolean => {
  try {
    return process.kill(pid, "SIGKILL")
  } catch {
    return false
  }
}

const removeCatalogue = (out: string): void => {
  for (const file of readdirSync(out)) if (file.startsWith("catalogue.sqlite")) rmSync(join(out, file), { force: true })
}

const runsIn = (out: string): number => readdirSync(out).filter((file) => /^[0-9a-f]{16}$/.test(file)).length
