import type { Chart } from "../chart.ts"

/** The first chart of a section and those of several figures take the page's width, and so does one that would stand alone in its row. */
export const arranged = (charts: ReadonlyArray<Chart>): ReadonlyArray<{ readonly chart: Chart; readonly isWide: boolean }> => {
  const isWide = charts.map((chart, i) => i === 0 || chart.figures.length > 1)
  let narrow = 0
  charts.forEach((_, i) => {
    if (isWide[i]) return
    narrow++
    const isLastOfRow = isWide[i + 1] !== false
    if (isLastOfRow && narrow % 2 === 1) isWide[i] = true
    if (isLastOfRow) narrow = 0
  })
  return charts.map((chart, i) => ({ chart, isWide: isWide[i] ?? false }))
}
