import { type Bounded, bootstrapBlocks, type Weights } from "./bootstrapBlocks.ts"
import { noiseFreeProduct, type Replicates, seedNoiseShare } from "./seedNoise.ts"

export interface SobolIndices {
  /** Share of the variance of the mean response that each coordinate makes alone. */
  readonly first: ReadonlyArray<Bounded>
  /** The same with all its interactions. */
  readonly total: ReadonlyArray<Bounded>
  /** What pairs of coordinates make beyond their single shares; only where the design has the points for it. */
  readonly second?: ReadonlyArray<{ readonly coordinates: readonly [number, number]; readonly index: Bounded }>
  readonly noiseShare: Bounded
  /** Rows of which every point has an output at every seed; only they count. */
  readonly rows: number
}

/**
 * Sobol indices of the mean response over seeds, with 95 % bootstrap intervals over rows and seeds. `outputs` holds, for each row of a Saltelli
 * design of so many dimensions, the replicates of each of its points in the design's order. First order after Saltelli et al. 2010 (table 2, b),
 * total order after Jansen 1999, second order after Saltelli 2002. Products are taken across different seeds, so that the noise of seeds inflates no
 * index, and is told apart as `noiseShare`. With one seed the indices are those of that seed's response. Where nothing varies they are NaN.
 */
export const sobolIndices = (dimensions: number, outputs: ReadonlyArray<ReadonlyArray<Replicates>>): SobolIndices => {
  const rows = outputs.filter((points) => points.every((replicates) => replicates.length > 0 && replicates.every(Number.isFinite)))
  const seeds = rows[0]?.[0]!.length ?? 1
  const centred = centre(rows, seeds).map((points) => changed(points, dimensions))
  const hasPairs = rows[0]?.length === 2 * dimensions + 2
  const pairs = hasPairs ? pairsOf(dimensions) : []
  const found = bootstrapBlocks(rows.length, seeds, (weights) => indicesOf(dimensions, pairs, centred, weights))
  const noiseShare = seedNoiseShare(rows.map((points) => points.slice(0, 2)))
  return {
    first: Array.from({ length: dimensions }, (_, i) => found[`first ${i}`]!),
    total: Array.from({ length: dimensions }, (_, i) => found[`total ${i}`]!),
    ...(hasPairs ? { second: pairs.map(([i, j]) => ({ coordinates: [i, j] as const, index: found[`second ${i} ${j}`]! })) } : {}),
    noiseShare: bootstrapBlocks(rows.length, 1, ({ blocks }) => ({ noiseShare: noiseShare(blocks) })).noiseShare,
    rows: rows.length,
  }
}

const pairsOf = (dimensions: number): ReadonlyArray<readonly [number, number]> =>
  Array.from({ length: dimensions }, (_, i) => Array.from({ length: dimensions - i - 1 }, (_, k) => [i, i + 1 + k] as const)).flat()

type Rows = ReadonlyArray<ReadonlyArray<Replicates>>

/** Without each seed's mean over A and B: indices do not change, their errors shrink where the mean is large. */
const centre = (rows: Rows, seeds: number): Rows => {
  const means = Array.from(
    { length: seeds },
    (_, seed) => rows.reduce((sum, points) => sum + points[0]![seed]! + points[1]![seed]!, 0) / (2 * rows.length),
  )
  return rows.map((points) => points.map((replicates) => replicates.map((value, seed) => value - means[seed]!)))
}

/** A row with what each coordinate of B changes in A, computed once for all draws of the bootstrap. */
interface Row {
  readonly points: ReadonlyArray<Replicates>
  readonly changes: ReadonlyArray<Replicates>
}

const changed = (points: ReadonlyArray<Replicates>, dimensions: number): Row => ({
  points,
  changes: points.slice(2, 2 + dimensions).map((replicates) => replicates.map((value, seed) => value - points[0]![seed]!)),
})

const indicesOf = (
  dimensions: number,
  pairs: ReadonlyArray<readonly [number, number]>,
  rows: ReadonlyArray<Row>,
  { blocks, seeds }: Weights,
): Readonly<Record<string, number>> => {
  const count = blocks.reduce((sum, weight) => sum + weight, 0)
  const average = (of: (row: Row) => number): number =>
    rows.reduce((sum, row, index) => (blocks[index] === 0 ? sum : sum + blocks[index]! * of(row)), 0) / count
  const product = (x: Replicates, y: Replicates) => noiseFreeProduct(x, y, seeds)
  const means = seeds.map((_, seed) => average(({ points: [a, b] }) => (a![seed]! + b![seed]!) / 2))
  const square = average(({ points: [a, b] }) => (product(a!, a!) + product(b!, b!)) / 2)
  const variance = ((square - product(means, means)) * 2 * count) / (2 * count - 1)
  const share = (part: number) => (variance > 0 ? part / variance : NaN)
  const first = Array.from({ length: dimensions }, (_, i) => share(average(({ points, changes }) => product(points[1]!, changes[i]!))))
  const total = Array.from({ length: dimensions }, (_, i) => share(average(({ changes }) => product(changes[i]!, changes[i]!)) / 2))
  const together = (i: number, j: number) =>
    share(average(({ points }) => product(points[2 + dimensions + i]!, points[2 + j]!) - product(points[0]!, points[1]!)))
  return Object.fromEntries([
    ...first.map((index, i) => [`first ${i}`, index]),
    ...total.map((index, i) => [`total ${i}`, index]),
    ...pairs.map(([i, j]) => [`second ${i} ${j}`, together(i, j) - first[i]! - first[j]!]),
  ])
}
