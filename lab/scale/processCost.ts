import { existsSync, readdirSync, readFileSync } from "node:fs"

/** Processor time and largest memory of this process and of those that it started and that still run. */
export interface Cost {
  readonly cpuSeconds: number
  readonly memoryMib: number
}

/** From /proc, so on Linux; processor time, because wall time on a shared machine measures the neighbours. */
export const processCost = (): Cost => {
  if (!existsSync("/proc/self/stat")) throw new Error(`this measures processor time from /proc and needs Linux, not ${process.platform}`)
  return sumOf([process.pid, ...childrenOf(process.pid)].map(costOf))
}

const sumOf = (own: ReadonlyArray<Cost>): Cost => {
  return {
    cpuSeconds: own.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    memoryMib: own.reduce((sum, { memoryMib }) => sum + memoryMib, 0),
  }
}

const clockTicksPerSecond = 100
const kibPerMib = 1024

/** The fields of /proc/PID/stat after the command, which may hold spaces: state, parent, and so on. */
const statOf = (pid: number): ReadonlyArray<string> => {
  const text = readFileSync(`/proc/${pid}/stat`, "latin1")
  return text.slice(text.lastIndexOf(")") + 2).split(" ")
}

const childrenOf = (parent: number): ReadonlyArray<number> =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return Number(statOf(pid)[1]) === parent
      } catch {
        return false
      }
    })

const costOf = (pid: number): Cost => {
  try {
    const stat = statOf(pid)
    const peakKib = Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1] ?? 0)
    return { cpuSeconds: (Number(stat[11]) + Number(stat[12])) / clockTicksPerSecond, memoryMib: peakKib / kibPerMib }
  } catch {
    return { cpuSeconds: 0, memoryMib: 0 }
  }
}
