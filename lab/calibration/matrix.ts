/** Rows of numbers. Small and dense: a calibration has a handful of parameters. */
export type Matrix = ReadonlyArray<ReadonlyArray<number>>

export const transposed = (a: Matrix): Matrix => (a[0] ?? []).map((_, column) => a.map((row) => row[column]!))

export const times = (a: Matrix, b: Matrix): Matrix => {
  const columns = transposed(b)
  return a.map((row) => columns.map((column) => dot(row, column)))
}

export const dot = (a: ReadonlyArray<number>, b: ReadonlyArray<number>): number =>
  a.reduce((sum, value, index) => sum + value * b[index]!, 0)

/** The inverse of a symmetric positive definite matrix by Gauss and Jordan with pivots; undefined where there is none to working precision. */
export const inverse = (a: Matrix): Matrix | undefined => {
  const size = a.length
  const work = a.map((row, index) => [...row, ...row.map((_, column) => (column === index ? 1 : 0))])
  const scale = Math.max(...a.flat().map(Math.abs))
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let row = column + 1; row < size; row++) if (Math.abs(work[row]![column]!) > Math.abs(work[pivot]![column]!)) pivot = row
    ;[work[column], work[pivot]] = [work[pivot]!, work[column]!]
    const lead = work[column]![column]!
    if (!(Math.abs(lead) > scale * 1e-12)) return undefined
    work[column] = work[column]!.map((value) => value / lead)
    for (let row = 0; row < size; row++) {
      if (row === column) continue
      const factor = work[row]![column]!
      work[row] = work[row]!.map((value, index) => value - factor * work[column]![index]!)
    }
  }
  return work.map((row) => row.slice(size))
}
