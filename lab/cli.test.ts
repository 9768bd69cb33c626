import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join, relative, resolve } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { foregroundFlags } from "./foregroundFlags.ts"
import { parse, stringify } from "yaml"

// Everything here is typed as a user types it: the built command in a process of its own.

const bundle = resolve("dist/lab.js")
const here = mkdtempSync(join(tmpdir(), "depinlab-cli-"))
afterAll(() => rmSync(here, { recursive: true, force: true }))

const lab = (args: ReadonlyArray<string>, options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...foregroundFlags, bundle, ...args], {
    cwd: options.cwd ?? here,
    env: { ...process.env, ...options.env },
    encoding: "utf8",
    maxBuffer: 1e9,
  })
  return { code: status, stdout, stderr }
}

const baseline = parse(readFileSync("scenarios/baseline.yaml", "utf8"))
const short = { ...baseline, name: "short", calendar: { ...baseline.calendar, days: 3 }, seeds: 2, objectives: [] }
let written = 0
const file = (text: string, name = `${++written}.yaml`): string => {
  writeFileSync(join(here, name), text)
  return join(here, name)
}
const scenario = (changes: object = {}): string => file(stringify({ ...short, ...changes }))
const replaced = (from: string, to: string): string => {
  const text = stringify(short)
  if (!text.includes(from)) throw new Error(`the scenario has no ${from}`)
  return file(text.replace(from, to))
}

describe("a bad scenario", () => {
  it.each<readonly [string, () => string, RegExp]>([
    [
      "an unknown key",
      () => replaced("tokensPerEpoch:", "tokensPerEpok:"),
      /\.yaml:\d+:\d+ protocols\.emissions\.tokensPerEpok.*did you mean.*tokensPerEpoch/i,
    ],
    ["a wrong unit", () => replaced("days: 3", "days: 3 weeks"), /calendar\.days.*days/],
    ["a negative number", () => replaced("days: 3", "days: -3"), /calendar\.days.*1 to 3650/],
    ["NaN", () => replaced("days: 3", "days: .nan"), /calendar\.days/],
    ["1e30", () => replaced("tokensPerEpoch: 4000", "tokensPerEpoch: 1e30"), /tokensPerEpoch.*0 to 1000000000/],
    [
      "a formula that reaches for the machine",
      () => scenario({ protocols: { ...short.protocols, emissions: { kind: "formula", tokensPerEpoch: "1 + import(2)" } } }),
      /\.yaml:\d+:\d+ protocols\.emissions\.tokensPerEpoch: import is not known here/,
    ],
    ["an empty file", () => file(""), /empty/],
    ["a missing file", () => join(here, "nowhere.yaml"), /no such file/],
    ["no agents", () => scenario({ agents: [] }), /agents/],
    ["an unknown agent", () => replaced("kind: arbitrageur", "kind: arbitrager"), /agents\[\d+\]\.kind.*did you mean.*arbitrageur/i],
    ["an unknown GPU", () => replaced("gpu: h100", "gpu: h1000"), /agents\[\d+\]\.gpu.*h100/],
    [
      "a YAML bomb",
      () =>
        file(
          `a: &a [x, x, x]\n${"bcdefghij"
            .split("")
            .map((key, index, all) => `${key}: &${key} [*${all[index - 1] ?? "a"}, *${all[index - 1] ?? "a"}]`)
            .join("\n")}\n`,
        ),
      /alias/,
    ],
    ["a key twice", () => file(`${stringify(short)}\nname: again\n`), /unique|duplicate|twice/i],
    ["deep nesting", () => file(`a: ${"[".repeat(20_000)}`), /nested too deeply|flow/i],
    ["a quorum without majority", () => replaced("quorum: 5", "quorum: 3"), /quorum.*3 of 7.*at least 4/],
    ["more quorum than oracles", () => replaced("quorum: 5", "quorum: 9"), /quorum.*9.*7/],
  ])("%s: told in a line with its place, exit code 3, nothing written", (_what, path, message) => {
    const out = join(here, "refused")
    const { code, stdout, stderr } = lab(["run", path(), "--out", out])
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" })
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/\n {4}at /)
    expect(() => readdirSync(out)).toThrow()
  })

  it("tells all that is wrong at once, each with a caret", () => {
    const text = stringify(short)
      .replace("days: 3", "days: -3")
      .replace("quorum: 5", "quorum: many")
      .replace("kind: arbitrageur", "kind: arbitrager")
    const { stderr } = lab(["check", file(text)])
    expect(stderr.match(/^ *\^$/gm)).toHaveLength(3)
  })
})

describe("a calibration", () => {
  const shipped = resolve("scenarios/calibrations/recovery.yaml")

  it("is checked as one, and its mistakes are told at their place", () => {
    expect(lab(["check", shipped]).stdout).toMatch(/fits small-network to 60 periods \(each a day\), 0 held out/)
    const text = readFileSync(shipped, "utf8")
      .replace("small-network.yaml", relative(here, resolve("scenarios/calibrations/small-network.yaml")))
      .replace("metric: jobsServed", "metric: jobsSevred")
    const { code, stderr } = lab(["check", file(text)])
    expect(code).toBe(3)
    expect(stderr).toMatch(/\.yaml:\d+:\d+ series\[1\]\.metric.*did you mean jobsServed/)
  })

  it("has a schema that knows every key of those that are shipped", () => {
    const { properties, required } = JSON.parse(lab(["schema", "calibration"]).stdout)
    for (const name of ["helium", "recovery"]) {
      const keys = Object.keys(parse(readFileSync(`scenarios/calibrations/${name}.yaml`, "utf8")))
      expect(Object.keys(properties)).toEqual(expect.arrayContaining(keys))
      expect(keys).toEqual(expect.arrayContaining(required))
    }
    expect(properties.finalSeeds).toMatchObject({ type: "integer", minimum: 5 })
  })
})

describe("usage", () => {
  it.each([
    [["runn"], /did you mean.*run/i],
    [["run"], /scenario/],
    [["schema", "calibratoin"], /"scenario" \| "sweep" \| "fragment" \| "calibration"/],
    [["run", "x.yaml", "--sedes", "3"], /--seed/],
    [["run", "x.yaml", "--seeds", "0"], /1 to 100000/],
    [["run", "x.yaml", "--seeds", "2", "--seed", "1"], /exclude/],
    [["run", "x.yaml", "--seed", "../../x"], /seed/],
  ])("%j: exit code 2 and nothing on stdout", (args, message) => {
    const { code, stdout, stderr } = lab(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" })
    expect(stderr).toMatch(message)
  })
})

interface RunDocument {
  readonly runs: ReadonlyArray<{
    readonly id: string
    readonly seed: string
    readonly digest: string
    readonly stateRoot: string
    readonly dir: string
  }>
  readonly report: string
}
const run = (args: ReadonlyArray<string>, options: Parameters<typeof lab>[1] = {}): RunDocument => {
  const { code, stdout, stderr } = lab(["run", ...args, "--json"], options)
  expect(stderr.includes("bug")).toBe(false)
  expect(code).toBe(0)
  return JSON.parse(stdout) as RunDocument
}

describe("faults", () => {
  const dark = file(
    "name: dark\nquestion: What is lost?\nmoves: [{ metric: jobsFailed, direction: up }]\nfaults: [{ kind: regionOutage, region: texas, fromDay: 1, toDay: 2 }]\n",
    "dark.yaml",
  )
  const late = file(readFileSync(dark, "utf8").replace("fromDay: 1, toDay: 2", "fromDay: 9, toDay: 10"), "late.yaml")

  it("of a fragment are part of a run, of its name and page, and of what is executed again", () => {
    const hit = run([scenario({ seeds: 1 }), "--with", dark, "--out", join(here, "dark")]).runs[0]!
    expect(lab(["verify", hit.dir]).stdout).toMatch(/1 of 1 runs gave the same digest/)
    expect(readFileSync(join(here, "dark", "short-dark.html"), "utf8")).toContain("outage (texas)")
  })

  it("are checked, and told of at their place", () => {
    expect(lab(["check", scenario(), "--with", late])).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/late\.yaml:4:\d+ faults\[0\]\.fromDay: begins on day 9, and the run ends on day 3/),
    })
    expect(lab(["compare", scenario(), here, "--with", dark])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/--with adds faults/),
    })
  })
})

describe("run", () => {
  const path = scenario()
  const first = run([path, "--out", join(here, "first")])

  it("gives the same digest, state and bytes in another folder, zone, language and host name", () => {
    const elsewhere = join(here, "elsewhere")
    mkdirSync(elsewhere)
    const second = run([path, "--out", "again"], {
      cwd: elsewhere,
      env: { TZ: "Asia/Kathmandu", LANG: "tr_TR.UTF-8", LC_ALL: "de_DE.UTF-8", HOSTNAME: "other" },
    })
    expect(second.runs.map(({ id, digest, stateRoot }) => ({ id, digest, stateRoot }))).toEqual(
      first.runs.map(({ id, digest, stateRoot }) => ({ id, digest, stateRoot })),
    )
    for (const [index, { dir }] of second.runs.entries())
      for (const name of ["rows.parquet", "events.parquet", "agents.parquet", "manifest.json"])
        expect(readFileSync(join(elsewhere, dir, name)).equals(readFileSync(join(first.runs[index]!.dir, name))), name).toBe(true)
  })

  it("changes nothing but the scenario's hash when the groups of agents change places", () => {
    const turned = run([scenario({ agents: [...short.agents].reverse() }), "--out", join(here, "turned")])
    expect(turned.runs.map(({ digest, stateRoot }) => [digest, stateRoot])).toEqual(
      first.runs.map(({ digest, stateRoot }) => [digest, stateRoot]),
    )
    expect(turned.runs.map(({ id }) => id)).not.toEqual(first.runs.map(({ id }) => id))
  })

  it("does not do finished runs again, and does a damaged one again, by name", () => {
    const again = lab(["run", path, "--out", join(here, "first"), "--json"])
    expect(again.stderr).toMatch(/2 of 2 runs are finished already/)
    writeFileSync(join(here, "first", first.runs[0]!.id, "rows.parquet"), "torn")
    const mended = lab(["run", path, "--out", join(here, "first"), "--json"])
    expect(mended.stderr).toMatch(/rows\.parquet: changed since the run wrote it.*running it again/)
    expect((JSON.parse(mended.stdout) as RunDocument).runs[0]!.digest).toBe(first.runs[0]!.digest)
  })

  it("can be verified; an edited result is refused, and one of another world differs at a named tick", () => {
    const dir = join(here, "first", first.runs[0]!.id)
    expect(lab(["verify", dir, "--json"])).toMatchObject({ code: 0 })
    const edited = join(here, "edited")
    cpSync(dir, edited, { recursive: true })
    const manifest = join(edited, "manifest.json")
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace('"feeBps":1000', '"feeBps":1001'))
    expect(lab(["verify", edited])).toMatchObject({ code: 3, stderr: expect.stringMatching(/manifest\.json: changed/) })

    const marker = join(edited, "complete.json")
    const digests = JSON.parse(readFileSync(marker, "utf8")) as Record<string, string>
    writeFileSync(
      marker,
      JSON.stringify({ ...digests, "manifest.json": createHash("sha256").update(readFileSync(manifest)).digest("hex") }),
    )
    expect(lab(["verify", edited])).toMatchObject({ code: 4, stderr: expect.stringMatching(/tick \d+, column \w+: recorded .*, executed/) })
  })

  it("can be replayed up to a tick, and reported again", () => {
    const { dir } = first.runs[0]!
    const { code, stdout } = lab(["replay", dir, "--until", "2", "--json"])
    expect(code).toBe(0)
    expect((JSON.parse(stdout) as { ticks: ReadonlyArray<unknown> }).ticks).toHaveLength(2)
    const page = join(here, "again.html")
    expect(lab(["report", join(here, "first"), "--out", page]).code).toBe(0)
    expect(readFileSync(page, "utf8")).toBe(readFileSync(first.report, "utf8"))
  })

  it("compared with itself differs nowhere", () => {
    const { code, stdout } = lab(["compare", path, path, "--out", join(here, "first"), "--json"])
    expect(code).toBe(0)
    const { differences } = JSON.parse(stdout) as { differences: ReadonlyArray<{ difference: number }> }
    expect(differences.length).toBeGreaterThan(20)
    expect(differences.every(({ difference }) => difference === 0)).toBe(true)
  })

  it("ends with code 4 when an objective is not met", () => {
    const impossible = scenario({ objectives: [{ metric: "priceUsd", window: "end", op: ">=", value: 1e6, probability: 0.9 }], seeds: 2 })
    const { code, stderr } = lab(["run", impossible, "--out", join(here, "impossible")])
    expect(code).toBe(4)
    expect(stderr).toMatch(/priceUsd/)
  })

  it("needs no port of its own choice: a taken 8545 does not matter", async () => {
    const squatter = createServer().listen(8545, "127.0.0.1")
    await new Promise((done) => squatter.once("listening", done).once("error", done))
    expect(lab(["run", path, "--seed", "5", "--out", join(here, "port")]).code).toBe(0)
    squatter.close()
  })
})

describe("calibrate", () => {
  it("tells a bad file with its place, and asks for data where a file names none", () => {
    const text = readFileSync("scenarios/calibrations/recovery.yaml", "utf8").replace(
      "small-network.yaml",
      relative(here, resolve("scenarios/calibrations/small-network.yaml")),
    )
    const bad = lab(["calibrate", file(text.replace("volatilityPerYear", "volatilityPerYer"))])
    expect({ code: bad.code, stdout: bad.stdout }).toEqual({ code: 3, stdout: "" })
    expect(bad.stderr).toMatch(/\.yaml:\d+:\d+ parameters\[0\]\.path: .*did you mean volatilityPerYear/)
    const without = lab(["calibrate", file(text)])
    expect({ code: without.code, stdout: without.stdout }).toEqual({ code: 2, stdout: "" })
    expect(without.stderr).toMatch(/names no data/)
  })
})

describe("trouble", () => {
  const long = scenario({ calendar: { ...baseline.calendar, days: 3_000 }, seeds: 1 })
  /** Runs, and what is left of any. The catalogue of runs is none. */
  const leftovers = (out: string) => readdirSync(out).filter((name) => !/^(catalogue\.sqlite.*|\.hosts)$/.test(name))

  it("Anvil is missing: one line that says what to do", () => {
    const { code, stdout, stderr } = lab(["run", long, "--out", join(here, "t0")], { env: { DEPINLAB_ANVIL: "/nowhere/anvil" } })
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" })
    expect(stderr.trim().split("\n")).toHaveLength(1)
    expect(stderr).toMatch(/Anvil.*DEPINLAB_ANVIL/)
  })

  it("the results may not be written: told before the first run", () => {
    const blocked = file("I am a file", "blocked")
    const { code, stderr } = lab(["run", long, "--out", blocked])
    expect(code).toBe(1)
    expect(stderr).toMatch(/blocked: is not a directory/)
  })

  it.skipIf(process.getuid?.() !== 0)(
    "the disk is full: told, and nothing half-written is left (needs root for a small file system)",
    (context) => {
      const disk = join(here, "disk")
      mkdirSync(disk)
      if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]).status !== 0)
        return context.skip("this machine does not let a small file system be mounted")
      try {
        const { code, stderr } = lab(["run", scenario(), "--seed", "1", "--out", disk])
        expect(code).toBe(1)
        expect(stderr).toMatch(/disk is full/)
        expect(leftovers(disk)).toEqual([])
      } finally {
        spawnSync("umount", [disk])
      }
    },
  )

  it("Anvil is killed twice: the run is tried once more and fails, with a command that shows it; what was finished stays", async () => {
    const out = join(here, "t1")
    const kept = run([scenario({ seeds: 1 }), "--out", out]).runs[0]!.id
    const { child, ended } = start(["run", long, "--out", out])
    for (let attempt = 0; attempt < 2; attempt++) {
      const anvilPid = await anvilOf(child.pid!)
      process.kill(anvilPid, "SIGKILL")
      await gone(anvilPid)
    }
    const { code, stderr } = await ended
    expect(code).toBe(1)
    expect(stderr).toMatch(/Anvil .*trying it once more\n[^]*1 of 1 runs failed; finished runs are kept\nseed 1: Anvil /)
    const [, path, seed] = /lab -- replay (\S+) --seed (\S+)/.exec(stderr)!
    expect(lab(["replay", path!, "--seed", seed!, "--until", "1"]).stdout).toMatch(/digest/)
    expect(readdirSync(out)).toContain(kept)
  })

  it("Ctrl-C: code 130, and nothing goes on", async () => {
    const { child, ended } = start(["run", long, "--out", join(here, "t2")])
    const anvilPid = await anvilOf(child.pid!)
    child.kill("SIGINT")
    expect((await ended).code).toBe(130)
    await gone(anvilPid)
    expect(leftovers(join(here, "t2"))).toEqual([])
  })

  it("Ctrl-C again, while a worker does not answer: code 130 at once, and nothing goes on", async () => {
    const { child } = start(["run", long, "--out", join(here, "t4")])
    const anvilPid = await anvilOf(child.pid!)
    const worker = parentOf(anvilPid)
    process.kill(worker, "SIGSTOP")
    const again = setInterval(() => child.kill("SIGINT"), 50)
    // Not when its stderr is closed: the worker, which stands still, has that too.
    expect(await new Promise((done) => child.once("exit", done))).toBe(130)
    clearInterval(again)
    process.kill(worker, "SIGCONT")
    await gone(worker)
    await gone(anvilPid)
  })

  it("kill -9: no Anvil outlives it", async () => {
    const { child, ended } = start(["run", long, "--out", join(here, "t3")])
    const anvilPid = await anvilOf(child.pid!)
    child.kill("SIGKILL")
    await ended
    await gone(anvilPid)
  })
})

interface Started {
  readonly child: ChildProcess
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>
}

const start = (args: ReadonlyArray<string>): Started => {
  const child = spawn(process.execPath, [...foregroundFlags, bundle, ...args], { cwd: here, stdio: ["ignore", "ignore", "pipe"] })
  let stderr = ""
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text))
  return { child, ended: new Promise((done) => child.once("close", (code) => done({ code, stderr }))) }
}

/** The Anvil of one of a host's workers, when it is there; the host itself only asks one for its version. */
const anvilOf = async (pid: number): Promise<number> => {
  for (;;) {
    const processes = spawnSync("ps", ["-eo", "pid=,ppid=,comm="], { encoding: "utf8" })
      .stdout.trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
    const family = new Set([pid])
    for (const [own, parent] of processes) if (family.has(Number(parent))) family.add(Number(own))
    const found = processes.find(([own, parent, program]) => family.has(Number(own)) && Number(parent) !== pid && program === "anvil")
    if (found !== undefined) return Number(found[0])
    await new Promise(setImmediate)
  }
}

const parentOf = (pid: number): number => Number(spawnSync("ps", ["-o", "ppid=", "-p", String(pid)], { encoding: "utf8" }).stdout)

const gone = async (pid: number): Promise<void> => {
  for (;;) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    await new Promise(setImmediate)
  }
}
