import { stream } from "../../sim/rng.ts"

const samples = 999

/**
 * How far statistics of one series would spread, had history been drawn again: standard deviations over samples that are put together from
 * blocks of neighbouring periods (moving blocks, Kuensch 1989), of a length that grows with the cube root of the series.
 */
export const blockBootstrap = (
  length: number,
  statistics: ReadonlyArray<(places: ReadonlyArray<number>) => number>,
): ReadonlyArray<number> => {
  const rng = stream("calibration", "bootstrap")
  const block = Math.max(1, Math.round(Math.cbrt(length)))
  const drawn = statistics.map((): Array<number> => [])
  for (let sample = 0; sample < samples; sample++) {
    const places: Array<number> = []
    while (places.length < length) {
      const from = Math.floor(rng.between(0, length - block + 1))
      for (let place = from; place < from + block && places.length < length; place++) places.push(place)
    }
    statistics.forEach((statistic, index) => {
      const value = statistic(places)
      if (Number.isFinite(value)) drawn[index]!.push(value)
    })
  }
  return drawn.map(spread)
}

const spread = (values: ReadonlyArray<number>): number => {
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) * (value - centre), 0) / (values.length - 1))
}
