/** A table as a reader sees it and as a file carries it: numbers stay numbers, text is text. */
export interface Table {
  readonly header: ReadonlyArray<string>
  readonly rows: ReadonlyArray<ReadonlyArray<string | number>>
  /** A reader sees its numbers to the cent, so that sums can be followed. */
  readonly isMoney?: boolean
}

/** RFC 4180 with text cells that a spreadsheet would run as a formula made harmless (OWASP, CSV injection). */
export const csv = ({ header, rows }: Table): string => [header, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n"

const cell = (value: string | number): string => {
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : ""
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
