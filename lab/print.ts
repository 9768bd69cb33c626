/** Data for people or programs: stdout, and nothing else goes there. */
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

export const printJson = (data: unknown): void => print(JSON.stringify(data, null, 2))

/** Words about the work: stderr. */
export const say = (text: string): void => {
  process.stderr.write(`${text}\n`)
}

/** Columns side by side, numbers to the right. */
export const textTable = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)))
  const isNumeric = head.map((_, column) => rows.every((row) => /^[-+]?[\d.,]*(e[-+]?\d+)?( ?%)?$/.test(row[column]!)))
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => (isNumeric[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n")
}

/** Six significant digits: enough to see a difference, few enough to read. */
export const number = (value: number): string => {
  if (!Number.isFinite(value)) return "-"
  return Number.isInteger(value) && Math.abs(value) < 1e9 ? String(value) : String(Number(value.toPrecision(6)))
}
