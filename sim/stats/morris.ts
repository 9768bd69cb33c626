import type { Block } from "../sampling/point.ts"
import { type Bounded, bootstrapBlocks } from "./bootstrapBlocks.ts"
import { type Replicates, seedNoiseShare } from "./seedNoise.ts"

/** Elementary effects of one coordinate, in units of the output over the coordinate's whole range. */
export interface MorrisEffect {
  /** Mean effect: signs cancel. */
  readonly mu: Bounded
  /** Mean size of the effect (Campolongo, Cariboni and Saltelli 2007): how much the coordinate matters. */
  readonly muStar: Bounded
  /** Standard deviation of the effect: interactions and curvature. */
  readonly sigma: Bounded
}

export interface Morris {
  readonly effects: ReadonlyArray<MorrisEffect>
  readonly noiseShare: Bounded
  /** Trajectories of which every point has an output at every seed; only they count. */
  readonly trajectories: number
}

/**
 * Screening by elementary effects (Morris 1991) with 95 % bootstrap intervals over trajectories and seeds. `outputs` holds one list for each
 * trajectory with the replicates of each of its points. Effects are differences at equal seeds, averaged over seeds: what the seed adds to both
 * points cancels, and a coordinate without effect has exactly 0.
 */
export const morris = (design: ReadonlyArray<Block>, outputs: ReadonlyArray<ReadonlyArray<Replicates>>): Morris => {
  const complete = design.flatMap((block, index) => {
    const points = outputs[index]!
    return points.every((replicates) => replicates.length > 0 && replicates.every(Number.isFinite)) ? [{ block, points }] : []
  })
  const dimensions = design[0]?.[0]?.length ?? 0
  const seeds = complete[0]?.points[0]!.length ?? 1
  const noiseShare = seedNoiseShare(complete.map(({ points }) => points))
  return {
    effects: Array.from({ length: dimensions }, (_, coordinate) => {
      const effects = complete.map(({ block, points }) => effectOf(block, points, coordinate))
      return bootstrapBlocks(effects.length, seeds, (weights) => momentsOf(effects, weights.blocks, weights.seeds))
    }),
    noiseShare: bootstrapBlocks(complete.length, 1, ({ blocks }) => ({ noiseShare: noiseShare(blocks) })).noiseShare,
    trajectories: complete.length,
  }
}

/** The effect at each seed, of the step that moves the coordinate. */
const effectOf = (block: Block, points: ReadonlyArray<Replicates>, coordinate: number): Replicates => {
  const after = block.findIndex((point, step) => step > 0 && point[coordinate] !== block[step - 1]![coordinate])
  const step = block[after]![coordinate]! - block[after - 1]![coordinate]!
  return points[after]!.map((value, seed) => (value - points[after - 1]![seed]!) / step)
}

const momentsOf = (effects: ReadonlyArray<Replicates>, blocks: ReadonlyArray<number>, seeds: ReadonlyArray<number>) => {
  const seedCount = seeds.reduce((sum, weight) => sum + weight, 0)
  const count = blocks.reduce((sum, weight) => sum + weight, 0)
  let [sum, sizes, squares] = [0, 0, 0]
  effects.forEach((replicates, index) => {
    if (blocks[index] === 0) return
    const effect = replicates.reduce((total, value, seed) => total + seeds[seed]! * value, 0) / seedCount
    sum += blocks[index]! * effect
    sizes += blocks[index]! * Math.abs(effect)
    squares += blocks[index]! * effect * effect
  })
  const mu = sum / count
  return { mu, muStar: sizes / count, sigma: count > 1 ? Math.sqrt(Math.max(0, (squares - count * mu * mu) / (count - 1))) : NaN }
}
