import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** A PostgreSQL of a test's own: a cluster in a folder for temporary files, reached by a socket in it, so that no port is taken. */
export interface PostgresServer {
  readonly url: string
  /** Kills it with all that it does, as a power cut would, except that what it wrote stays. */
  readonly kill: () => Promise<void>
  readonly start: () => Promise<void>
  /** Ends it and removes its files. */
  readonly remove: () => Promise<void>
}

const debianFolder = "/usr/lib/postgresql"

/** The folder of the newest installed binaries; Debian keeps them out of PATH. */
const findBinaries = (): string | undefined =>
  [
    ...(existsSync(debianFolder) ? readdirSync(debianFolder).toSorted((one, other) => Number(other) - Number(one)) : []).map((version) =>
      join(debianFolder, version, "bin"),
    ),
    ...(process.env["PATH"] ?? "").split(":"),
  ].find((folder) => ["initdb", "postgres"].every((name) => existsSync(join(folder, name))))

/** PostgreSQL refuses to run as root: then the user nobody does, who owns nothing else. */
const otherUser = (): { readonly uid: number; readonly gid: number } | undefined => {
  const idOf = (flag: string): number => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }))
  return process.getuid?.() === 0 ? { uid: idOf("-u"), gid: idOf("-g") } : undefined
}

const isMissing = `PostgreSQL is not installed: no initdb and postgres in ${debianFolder}/*/bin or PATH (Debian: apt install postgresql)`

/** Why there is none on this machine; undefined where there is one. */
export const missingPostgres = (): string | undefined => (findBinaries() === undefined ? isMissing : undefined)

/** `isDurable`: whether it waits for the disk, as one that is used does. */
export const startPostgres = async ({ isDurable = false }: { readonly isDurable?: boolean } = {}): Promise<PostgresServer> => {
  const binaries = findBinaries()
  if (binaries === undefined) throw new Error(isMissing)
  const user = otherUser()
  const folder = mkdtempSync(join(tmpdir(), "depinlab-pg-"))
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  const data = join(folder, "data")
  execFileSync(join(binaries, "initdb"), ["-D", data, "-U", "lab", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"], {
    ...user,
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  })
  const settings = ["listen_addresses=", `unix_socket_directories=${folder}`, "max_connections=200", ...(isDurable ? [] : ["fsync=off"])]
  let shell: ChildProcess | undefined

  const start = async (): Promise<void> => {
    // The shell ends the server when this process is gone, however it went.
    const script = '"$@" 2>&1 & cat >/dev/null; kill -QUIT $! 2>/dev/null; wait'
    const args = [join(binaries, "postgres"), "-D", data, ...settings.flatMap((setting) => ["-c", setting])]
    const started = spawn("sh", ["-c", script, "sh", ...args], { ...user, cwd: folder, stdio: ["pipe", "pipe", "inherit"] })
    shell = started
    await new Promise<void>((resolve, reject) => {
      let log = ""
      started.stdout!.on("data", (text: Buffer) => {
        log += text
        if (log.includes("ready to accept connections")) resolve()
      })
      started.once("exit", () => reject(new Error(`postgres ended: ${log}`)))
    })
  }
  const ended = async (signal: NodeJS.Signals): Promise<void> => {
    if (shell === undefined) return
    const closing = shell
    shell = undefined
    const isGone = new Promise((resolve) => closing.once("close", resolve))
    try {
      process.kill(Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[0]), signal)
    } catch {
      // It is gone already.
    }
    closing.stdin!.end()
    await isGone
  }

  await start()
  return {
    url: `postgres:///postgres?user=lab&host=${encodeURIComponent(folder)}`,
    kill: () => ended("SIGKILL"),
    start,
    remove: async () => {
      await ended("SIGINT")
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
