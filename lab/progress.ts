const lineMillis = 5_000
const frameMillis = 100
const barColumns = 30

export interface Progress {
  /** `share` of all the work is done; the text says it in the work's own unit. */
  readonly update: (share: number, text: string) => void
  /** A line that stays. */
  readonly note: (line: string) => void
  readonly close: () => void
}

/** Progress on stderr: a bar with the time left on a terminal, else a line every five seconds. */
export const openProgress = (): Progress => {
  const isTerminal = process.stderr.isTTY === true && process.env["TERM"] !== "dumb"
  const startedAt = performance.now()
  let lastShown = isTerminal ? -Infinity : startedAt
  const clear = () => {
    if (isTerminal) process.stderr.write("\r\u001b[2K")
  }
  return {
    update: (share, text) => {
      const now = performance.now()
      if (now - lastShown < (isTerminal ? frameMillis : lineMillis)) return
      lastShown = now
      const left = share > 0 ? `, ${duration(((now - startedAt) / 1000) * (1 / share - 1))} left` : ""
      const done = Math.round(share * barColumns)
      if (isTerminal) process.stderr.write(`\r\u001b[2K[${"=".repeat(done)}${" ".repeat(barColumns - done)}] ${text}${left}`)
      else process.stderr.write(`${text}${left}\n`)
    },
    note: (line) => {
      clear()
      process.stderr.write(`${line}\n`)
    },
    close: clear,
  }
}

export const duration = (seconds: number): string => {
  if (seconds < 1) return `${seconds.toFixed(1)} s`
  if (seconds < 100) return `${seconds.toFixed(0)} s`
  return seconds < 6_000 ? `${(seconds / 60).toFixed(0)} min` : `${(seconds / 3600).toFixed(1)} h`
}
