import { stream } from "../rng.ts"
import { latinHypercube } from "./latinHypercube.ts"
import { permutation } from "./permutation.ts"
import type { Block } from "./point.ts"

/**
 * Trajectories of Morris (1991) on a grid of `levels` (even): dimensions + 1 points each, of which every one differs from the one before in one
 * coordinate, by levels / 2 steps, so that both directions are equally likely and every level is. Coordinates move in a random order. Starts
 * are a Latin hypercube of the grid instead of independent draws: every level of every coordinate begins equally many trajectories, which is what
 * optimised trajectories (Campolongo, Cariboni and Saltelli 2007) spread out for, without their search.
 */
export const morrisDesign = (dimensions: number, trajectories: number, levels: number, seed: string): ReadonlyArray<Block> => {
  if (levels < 2 || levels % 2 !== 0) throw new Error(`Morris trajectories on ${levels} levels: the number must be even`)
  const starts = latinHypercube(dimensions, trajectories, seed)
  const rng = stream(seed, "morrisDesign")
  return starts.map((start) => {
    const place = start.map((coordinate) => Math.floor(coordinate * levels))
    const order = permutation(dimensions, rng)
    const grid = (): ReadonlyArray<number> => place.map((level) => level / (levels - 1))
    return [
      grid(),
      ...order.map((coordinate) => {
        place[coordinate]! += place[coordinate]! < levels / 2 ? levels / 2 : -levels / 2
        return grid()
      }),
    ]
  })
}
