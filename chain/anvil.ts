import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { accessSync, constants, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { createAnvil } from "@viem/anvil"
import { Effect, type Scope } from "effect"
import { LedgerUnavailable } from "../sim/ledger.ts"

/** A running Anvil, and nobody else's: its port is its own, and it ends with the scope or with this process. */
export interface Anvil {
  readonly port: number
  readonly pid: number
}

export const chainId = 31337
/** Every block's base fee, set explicitly: one that decays by EIP-1559 changes the chain's hash. */
export const baseFeeWei = 1_000_000_000n
/** Largest that a finalisation of some hundred providers needs; an endless loop still ends within a second. */
export const blockGasLimit = 100_000_000n

/** What made the chain, for a run's manifest. */
export interface AnvilIdentity {
  /** As in `anvil Version: 1.7.1`, with the commit. */
  readonly version: string
  readonly sha256: string
}

export const anvilIdentity: Effect.Effect<AnvilIdentity, LedgerUnavailable> = Effect.suspend(() => Effect.map(anvilBinary, identityOf))

/** Starts one Anvil whose genesis block has the given timestamp; the end of the scope ends it. */
export const anvil = (genesisSeconds: number): Effect.Effect<Anvil, LedgerUnavailable, Scope.Scope> => launch(genesisSeconds, [])

/**
 * The same without state roots: Anvil computes none while it forks another chain, here an empty one of its own. With roots every block costs a
 * microsecond for each storage slot that the chain holds: the set-up of 10,000 agents takes 51 s with them and 5 s without. Blocks have the same
 * receipts, and the same accounts come out (see the test); a run's digest takes a hash of these in the root's place.
 */
export const rootlessAnvil = (genesisSeconds: number): Effect.Effect<Anvil, LedgerUnavailable, Scope.Scope> =>
  Effect.flatMap(launch(genesisSeconds - 1, []), ({ port }) =>
    launch(genesisSeconds, ["--fork-url", `http://127.0.0.1:${port}`, "--no-storage-caching", "--no-rate-limit"]),
  )

const launch = (genesisSeconds: number, more: ReadonlyArray<string>): Effect.Effect<Anvil, LedgerUnavailable, Scope.Scope> =>
  Effect.gen(function* () {
    const binary = yield* anvilBinary
    const home = yield* Effect.acquireRelease(
      Effect.sync(() => mkdtempSync(join(tmpdir(), "depinlab-anvil-"))),
      (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true })),
    )
    const { pid, port } = yield* Effect.acquireRelease(
      Effect.tryPromise({ try: () => start(binary, [...flags(genesisSeconds), ...more], home), catch: unavailable }),
      (process) => Effect.promise(process.stop),
    )
    return { pid, port }
  })

/**
 * Holds this process's end of a pipe in a child of the shell, which kills Anvil when the pipe closes: the one sign of a parent's
 * death, SIGKILL included, that every POSIX system gives. Anvil replaces the shell, so the printed process id is Anvil's.
 */
const guard = `exec 3<&0
(read -r _ <&3; kill -KILL $$) >/dev/null 2>&1 &
echo "pid $$"
exec "$@" 3<&- </dev/null`

const startMillis = 20_000
const stopMillis = 2_000

const start = async (binary: string, flags: ReadonlyArray<string>, home: string) => {
  let output = ""
  const server = createAnvil({
    startTimeout: startMillis,
    execArgs: ([, , options]) => [
      "/bin/sh",
      ["-c", guard, "anvil", binary, ...flags],
      // An inherited ANVIL_IP_ADDR or RUST_LOG would change what Anvil does. Output is drained by the listener and never collected.
      { ...options, extendEnv: false, env: { PATH: "/usr/bin:/bin", HOME: home, TMPDIR: home }, killSignal: "SIGKILL", buffer: false },
    ],
  })
  const exited = new Promise<void>((resolve) => server.on("exit", () => resolve()))
  const listening = new Promise<number>((resolve) => {
    const off = server.on("message", (message) => {
      output += message
      const port = /Listening on 127\.0\.0\.1:(\d+)\n/.exec(output)
      if (port === null) return
      off()
      resolve(Number(port[1]))
    })
  })
  const failed = async () => {
    await exited
    throw new Error(output.trimEnd().split("\n").slice(1).at(-1) ?? "it ended without a word")
  }
  const port = await Promise.race([listening, server.start().then(() => listening, failed)])
  const pid = Number(/^pid (\d+)$/m.exec(output)?.[1])
  /** Not the package's `stop`: it never forces, and its time-out keeps this process alive for ten seconds. */
  const stop = async () => {
    signal(pid, "SIGTERM")
    const force = setTimeout(() => signal(pid, "SIGKILL"), stopMillis)
    await exited
    clearTimeout(force)
  }
  return { pid, port, stop }
}

/** The determinism contract's flags (DESIGN section 4.2); everything that Anvil would take from the clock is set block by block. */
const flags = (genesisSeconds: number): ReadonlyArray<string> => [
  ...["--host", "127.0.0.1", "--port", "0", "--no-cors", "--no-mining", "--order", "fees", "--color", "never"],
  ...["--chain-id", `${chainId}`, "--mnemonic", mnemonic, "--accounts", "1", "--balance", "1", "--hardfork", "cancun"],
  ...["--timestamp", `${genesisSeconds}`, "--gas-limit", `${blockGasLimit}`, "--block-base-fee-per-gas", `${baseFeeWei}`],
  ...["--prune-history", "--transaction-block-keeper", "64", "--disable-console-log"],
]

/** Anvil's own; its one account is never used, and without the flag the accounts are random. */
export const mnemonic = "test test test test test test test test test test test junk"

/** The native binary: npm's `anvil` command is a wrapper that outlives a kill. `DEPINLAB_ANVIL` names another one. */
const anvilBinary: Effect.Effect<string, LedgerUnavailable> = Effect.suspend(() => {
  const override = process.env["DEPINLAB_ANVIL"]
  const architecture = { x64: "amd64", arm64: "arm64" }[process.arch as string] ?? process.arch
  const packageName = `@foundry-rs/anvil-${process.platform}-${architecture}`
  return Effect.try({
    try: () => {
      const path = override ?? join(dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`)), "bin", "anvil")
      accessSync(path, constants.X_OK)
      return path
    },
    catch: () =>
      new LedgerUnavailable({
        message:
          override === undefined
            ? `Anvil's binary is missing: run \`npm install ${packageName}@1.7.1\`, or install Foundry and set DEPINLAB_ANVIL to the path of its anvil`
            : `Anvil's binary is missing: DEPINLAB_ANVIL names ${override}, which is not an executable file; correct it or unset it`,
      }),
  })
})

const identityOf = (binary: string): AnvilIdentity => ({
  version: execFileSync(binary, ["--version"], { encoding: "utf8", env: {} })
    .split("\n")
    .filter((line) => /version|commit/i.test(line))
    .map((line) => line.slice(line.indexOf(":") + 1).trim())
    .join(" "),
  sha256: createHash("sha256").update(readFileSync(binary)).digest("hex"),
})

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name)
  } catch {
    // It is gone already.
  }
}

const unavailable = (error: unknown): LedgerUnavailable =>
  new LedgerUnavailable({ message: `Anvil did not start: ${error instanceof Error ? error.message : String(error)}` })
