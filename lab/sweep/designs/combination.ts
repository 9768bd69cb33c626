import type { Point } from "./design.ts"

/** A kind of design that is made of designs. */
export interface Combination {
  /** Whether no knob may be turned by two of the designs. */
  readonly isDisjoint: boolean
  readonly count: (counts: ReadonlyArray<number>) => number
  readonly points: (parts: ReadonlyArray<ReadonlyArray<Point>>) => ReadonlyArray<Point>
}
