import { spawnSync } from "node:child_process"

interface Entry {
  readonly pid: number
  readonly parent: number
  readonly program: string
}

/** The Anvils of a host's workers, and the workers. A host itself only asks an Anvil for its version. */
export const processesOf = (host: number): { readonly anvils: ReadonlyArray<number>; readonly workers: ReadonlyArray<number> } => {
  const entries = spawnSync("ps", ["-eo", "pid=,ppid=,comm="], { encoding: "utf8" })
    .stdout.trim()
    .split("\n")
    .map((line): Entry => {
      const [pid, parent, ...program] = line.trim().split(/\s+/)
      return { pid: Number(pid), parent: Number(parent), program: program.join(" ") }
    })
  const children = entries.filter(({ parent, program }) => parent === host && program !== "anvil" && program !== "ps")
  const workers = children.map(({ pid }) => pid)
  const anvils = entries.flatMap(({ pid, parent, program }) => (program === "anvil" && workers.includes(parent) ? [pid] : []))
  return { anvils, workers }
}

/** Which of them run; one that is dead but was not asked how does not. */
export const livingOf = (pids: ReadonlyArray<number>): ReadonlyArray<number> =>
  spawnSync("ps", ["-eo", "pid=,stat="], { encoding: "utf8" })
    .stdout.trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([pid, state]) => pids.includes(Number(pid)) && !state!.startsWith("Z"))
    .map(([pid]) => Number(pid))
