import { mean } from "./mean.ts"

/** The output of one point at each seed, the same seeds at every point. */
export type Replicates = ReadonlyArray<number>

/**
 * The product of two mean responses without the noise of seeds: the mean of x_s y_t over pairs of different seeds s and t, each seed counted
 * `weights` times. What the seeds add to x and y is independent across seeds, so it drops out. With one seed there is nothing to tell noise by,
 * and the plain product is returned.
 */
export const noiseFreeProduct = (x: Replicates, y: Replicates, weights: ReadonlyArray<number>): number => {
  if (x.length === 1) return x[0]! * y[0]!
  let [sumX, sumY, sumXY, total, squares] = [0, 0, 0, 0, 0]
  for (let seed = 0; seed < x.length; seed++) {
    const weight = weights[seed]!
    sumX += weight * x[seed]!
    sumY += weight * y[seed]!
    sumXY += weight * weight * x[seed]! * y[seed]!
    total += weight
    squares += weight * weight
  }
  return (sumX * sumY - sumXY) / (total * total - squares)
}

/**
 * The share of the variance of single runs that the seed makes: variance between seeds at a point, over that plus the variance of the mean
 * response between points. Points come in blocks, which the result weighs. NaN with one seed, or where nothing varies.
 */
export const seedNoiseShare = (blocks: ReadonlyArray<ReadonlyArray<Replicates>>): ((weights: ReadonlyArray<number>) => number) => {
  const points = blocks.flat()
  const seeds = points[0]?.length ?? 0
  if (seeds < 2 || points.length < 2) return () => NaN
  const means = points.map(mean)
  const all = mean(means)
  // What all points share at a seed moves no mean against another: only what is left of it is noise of the means (two-way analysis of variance).
  const shifts = Array.from({ length: seeds }, (_, seed) => mean(points.map((replicates) => replicates[seed]!)) - all)
  const parts = blocks.map((block) => {
    const sums = { points: block.length, within: 0, left: 0, means: 0, squares: 0 }
    for (const replicates of block) {
      const centre = mean(replicates)
      replicates.forEach((value, seed) => {
        sums.within += (value - centre) * (value - centre)
        sums.left += (value - centre - shifts[seed]!) * (value - centre - shifts[seed]!)
      })
      sums.means += centre - all
      sums.squares += (centre - all) * (centre - all)
    }
    return sums
  })
  return (weights) => {
    const total = (name: keyof (typeof parts)[number]) => parts.reduce((sum, part, block) => sum + weights[block]! * part[name], 0)
    const count = total("points")
    const within = total("within") / (count * (seeds - 1))
    const betweenMeans = (total("squares") - (total("means") * total("means")) / count) / (count - 1)
    const between = Math.max(0, betweenMeans - total("left") / ((count - 1) * (seeds - 1) * seeds))
    return within === 0 && between === 0 ? NaN : within / (within + between)
  }
}
