import { mix, stream, word } from "../input.ts"
import { parameter, type Reference } from "./reference.ts"

const bounces = 4
const golden = 0x9e37_79b9
type Vector = readonly [number, number, number]

/** Centre and radius of the balls; the first is the ground. Ball k reflects `shade[k]` of each colour, diffusely. */
const balls: ReadonlyArray<readonly [number, number, number, number]> = [
  [0, -101, -4, 100],
  [-1.25, 0, -4, 1],
  [1.25, 0, -4, 1],
  [0, 1.5, -5, 1],
]
const shade: ReadonlyArray<Vector> = [
  [0.5, 0.5, 0.5],
  [0.75, 0.25, 0.25],
  [0.25, 0.75, 0.25],
  [0.25, 0.25, 0.75],
]

/**
 * Radiance of each pixel, four numbers (red, green, blue, share of paths that left the scene): a camera at the origin that looks along -z,
 * four balls, light from a sky that goes from 0.5 at the horizon's nadir to 1.5 at the zenith, at most four bounces. Every random number
 * is a word of (stream, pixel, sample, draw), so that a pixel can be computed alone.
 */
export const pathTracer: Reference = {
  length: (size) => 4 * parameter(size, "width") * parameter(size, "height"),
  at: ({ seed }, size, indices) => {
    const [width, height, samples] = [parameter(size, "width"), parameter(size, "height"), parameter(size, "samples")]
    const key = stream(seed, 0)
    const seen = new Map<number, Float64Array>()
    const pixel = (at: number): Float64Array => {
      const sum = new Float64Array(4)
      for (let sample = 0; sample < samples; sample++) {
        const random = draws(mix(word(key, at) + Math.imul(sample, golden)))
        const x = ((at % width) + random() - 0.5 * width) / height
        const y = (0.5 * height - Math.floor(at / width) - random()) / height
        trace(unitVector([x, y, -1]), random).forEach((value, channel) => (sum[channel]! += value))
      }
      seen.set(
        at,
        sum.map((value) => value / samples),
      )
      return seen.get(at)!
    }
    return Float64Array.from(indices, (index) => (seen.get(index >> 2) ?? pixel(index >> 2))[index & 3]!)
  },
}

/** Numbers in [0, 1), multiples of 2^-24. */
const draws = (key: number) => {
  let count = 0
  return () => (mix(key + count++) >>> 8) / 16_777_216
}

const trace = (first: Vector, random: () => number): readonly [number, number, number, number] => {
  let [origin, direction, weight]: [Vector, Vector, Vector] = [[0, 0, 0], first, [1, 1, 1]]
  for (let bounce = 0; bounce <= bounces; bounce++) {
    const { ball, distance } = nearest(origin, direction)
    if (ball < 0) {
      const light = 1 + 0.5 * direction[1]
      return [weight[0] * light, weight[1] * light, weight[2] * light, 1]
    }
    const [cx, cy, cz, radius] = balls[ball]!
    origin = [origin[0] + distance * direction[0], origin[1] + distance * direction[1], origin[2] + distance * direction[2]]
    const normal: Vector = [(origin[0] - cx) / radius, (origin[1] - cy) / radius, (origin[2] - cz) / radius]
    weight = [weight[0] * shade[ball]![0], weight[1] * shade[ball]![1], weight[2] * shade[ball]![2]]
    // A point on the unit ball around the tip of the normal: directions by Lambert's cosine law.
    const z = 1 - 2 * random()
    const angle = 6.283185307179586 * random()
    const ring = Math.sqrt(Math.max(0, 1 - z * z))
    direction = unitVector([normal[0] * 1.001 + ring * Math.cos(angle), normal[1] * 1.001 + ring * Math.sin(angle), normal[2] * 1.001 + z])
  }
  return [0, 0, 0, 0]
}

const nearest = ([ox, oy, oz]: Vector, [dx, dy, dz]: Vector) => {
  let [ball, distance] = [-1, 1e9]
  for (const [index, [cx, cy, cz, radius]] of balls.entries()) {
    const [x, y, z] = [cx - ox, cy - oy, cz - oz]
    const along = x * dx + y * dy + z * dz
    // The ray's distance from the centre, squared, by its own vector: the difference of squares would cancel for the ground.
    const [px, py, pz] = [x - along * dx, y - along * dy, z - along * dz]
    const inside = radius * radius - (px * px + py * py + pz * pz)
    if (inside <= 0) continue
    const hit = along - Math.sqrt(inside)
    if (hit > 0.001 && hit < distance) [ball, distance] = [index, hit]
  }
  return { ball, distance }
}

const unitVector = ([x, y, z]: Vector): Vector => {
  const inverse = 1 / Math.sqrt(x * x + y * y + z * z)
  return [x * inverse, y * inverse, z * inverse]
}
