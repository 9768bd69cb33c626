import type { ShockPeriod } from "../figure.ts"
import { fitted, textWidth } from "./plot.ts"

/** The name of a shock, where it starts in pixels, and its line above the frame. */
export interface ShockLabel {
  readonly text: string
  readonly x: number
  readonly row: number
}

/** Labels begin with their shock, stay inside the frame, and take another line where they would meet. */
export const shockLabels = (
  shocks: ReadonlyArray<ShockPeriod>,
  left: number,
  right: number,
  xOf: (day: number) => number,
): ReadonlyArray<ShockLabel> => {
  const rowEnds: Array<number> = []
  return [...shocks]
    .sort((a, b) => a.fromDay - b.fromDay)
    .map((shock) => {
      const text = fitted(shock.label, right - left)
      const x = Math.max(left, Math.min(xOf(shock.fromDay), right - textWidth(text)))
      const free = rowEnds.findIndex((end) => end < x)
      const row = free < 0 ? rowEnds.length : free
      rowEnds[row] = x + textWidth(text) + 8
      return { text, x, row }
    })
}
