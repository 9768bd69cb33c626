/** A point of the unit cube [0, 1)^d, or [0, 1]^d where a design has grid levels. */
export type Point = ReadonlyArray<number>

/** Points that are of use together only: a trajectory, or a row of the matrices of Saltelli. One missing point makes its block useless. */
export type Block = ReadonlyArray<Point>
