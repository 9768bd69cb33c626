/** An outcome that is to be small or large. */
export interface Goal {
  readonly outcome: string
  readonly goal: "min" | "max"
}

/**
 * The rows that no other row beats: another one beats a row where it is as good for every goal and better for one. Equal rows are all kept; a row
 * with a value that is none is not.
 */
export const paretoFront = (goals: ReadonlyArray<Goal["goal"]>, rows: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<number> => {
  const costs = rows.map((row) => row.map((value, index) => (goals[index] === "min" ? value : -value)))
  const isWhole = (row: ReadonlyArray<number>) => row.every(Number.isFinite)
  const beats = (a: ReadonlyArray<number>, b: ReadonlyArray<number>) =>
    isWhole(a) && a.every((cost, index) => cost <= b[index]!) && a.some((cost, index) => cost < b[index]!)
  return costs.flatMap((row, index) => (isWhole(row) && !costs.some((other) => beats(other, row)) ? [index] : []))
}
