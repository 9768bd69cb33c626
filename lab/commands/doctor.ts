import { existsSync, mkdtempSync, rmSync, statfsSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { Command } from "effect/cli"
import { anvil, anvilIdentity } from "../../chain/anvil.ts"
import { packageFile } from "../packageRoot.ts"
import { print, printJson } from "../print.ts"
import * as flags from "./flags.ts"

interface Finding {
  readonly what: string
  readonly state: "ok" | "warning" | "missing"
  readonly found: string
  /** What to do about it; empty when nothing. */
  readonly fix: string
}

const freeBytesMin = 500_000_000

export const doctor = Command.make(
  "doctor",
  { json: flags.json },
  Effect.fn(function* ({ json }) {
    const findings = [node(), yield* anvilBinary, yield* anvilStart, page(), ...folders(), chromium()]
    if (json) return printJson({ healthy: findings.every(({ state }) => state !== "missing"), findings })
    for (const { what, state, found, fix } of findings) print(`${state.padEnd(8)} ${what}: ${found}${fix === "" ? "" : `; ${fix}`}`)
  }),
).pipe(Command.withDescription("Check what depinlab needs on this machine, with a fix a line"))

const node = (): Finding => {
  const isRight = Number(process.versions.node.split(".")[0]) === 24
  return {
    what: "Node",
    state: isRight ? "ok" : "warning",
    found: process.version,
    fix: isRight ? "" : "results are promised for Node 24; run it through npm, which brings its own",
  }
}

const anvilBinary = anvilIdentity.pipe(
  Effect.map(({ version, sha256 }): Finding => {
    const isRight = version.startsWith("1.7.1")
    return {
      what: "Anvil",
      state: isRight ? "ok" : "warning",
      found: `${version}, sha256 ${sha256.slice(0, 12)}`,
      fix: isRight ? "" : "results are promised for 1.7.1",
    }
  }),
  Effect.catch(({ message }) => Effect.succeed<Finding>({ what: "Anvil", state: "missing", found: "no binary", fix: message })),
)

const anvilStart = Effect.scoped(anvil(1_767_225_600)).pipe(
  Effect.map(({ port }): Finding => ({ what: "chain", state: "ok", found: `starts, on a free port of loopback (now ${port})`, fix: "" })),
  Effect.catch(({ message }) => Effect.succeed<Finding>({ what: "chain", state: "missing", found: "does not start", fix: message })),
)

const page = (): Finding => {
  const isThere = existsSync(packageFile("dist", "report.html"))
  return {
    what: "report page",
    state: isThere ? "ok" : "missing",
    found: isThere ? "built" : "not built",
    fix: isThere ? "" : "run `node lab/setup.cjs`",
  }
}

const folders = (): ReadonlyArray<Finding> =>
  [
    ["working directory", "."],
    ["temporary directory", tmpdir()],
  ].map(([what, path]): Finding => {
    try {
      rmSync(mkdtempSync(join(path!, ".depinlab-")), { recursive: true })
      const { bavail, bsize } = statfsSync(path!)
      const free = bavail * bsize
      const isEnough = free >= freeBytesMin
      return {
        what: what!,
        state: isEnough ? "ok" : "warning",
        found: `writable, ${(free / 1e9).toFixed(1)} GB free`,
        fix: isEnough ? "" : "free some space",
      }
    } catch (error) {
      return {
        what: what!,
        state: "missing",
        found: `not writable (${(error as NodeJS.ErrnoException).code})`,
        fix: "change to a directory that you may write to",
      }
    }
  })

const chromium = (): Finding => {
  const path = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((candidate) => existsSync(candidate))
  return {
    what: "Chromium",
    state: path ? "ok" : "warning",
    found: path ?? "none",
    fix: path ? "" : "only the browser tests need it: apt-get install chromium",
  }
}
