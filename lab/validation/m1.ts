import { Effect } from "effect"
import { stream } from "../../sim/rng.ts"
import { morrisDesign } from "../../sim/sampling/morrisDesign.ts"
import type { Block, Point } from "../../sim/sampling/point.ts"
import { saltelliDesign } from "../../sim/sampling/saltelliDesign.ts"
import { morris } from "../../sim/stats/morris.ts"
import { sobolIndices } from "../../sim/stats/sobolIndices.ts"
import { sin } from "../../sim/maths.ts"
import { CaseInvalid, integer, type Quantities, real, referenceCase } from "./referenceCase.ts"

const coordinates = [0, 1, 2] as const

/** Sensitivity of Ishigami's function by the designs and estimators that sweeps use. */
export const m1 = referenceCase({
  id: "M1",
  title: "Sobol indices and Morris effects of Ishigami's function",
  source: "Ishigami and Homma 1990, closed forms; Morris effects of the grid, counted out (SALib gives them too)",
  parameters: {
    a: real("", "of the term in x2", 7, { min: -100, max: 100 }),
    b: real("", "of the interaction of x1 and x3", 0.1, { min: -10, max: 10 }),
    rows: integer("rows", "of the Saltelli design; 5 evaluations each at each seed", 2_048n, { min: 2n, max: 65_536n }),
    trajectories: integer("trajectories", "of Morris; 4 evaluations each at each seed", 16_384n, { min: 2n, max: 65_536n }),
    levels: integer("levels", "of the Morris grid, even", 4n, { min: 2n, max: 64n }),
    // Noise of the seed, independent at every point: it must move no index, and be told apart.
    noise: real("", "standard deviation that each seed adds", 0, { max: 100 }),
    seeds: integer("seeds", "at every point", 1n, { min: 1n, max: 64n }),
  },
  quantities: Object.fromEntries([
    ...coordinates.flatMap((i) => [
      [`first${i + 1}`, { unit: "share of variance", precision: 0.02, absolute: true }],
      [`total${i + 1}`, { unit: "share of variance", precision: 0.02, absolute: true }],
      [`muStar${i + 1}`, { unit: "units over the range", precision: 0.02 }],
    ]),
    ["noiseShare", { unit: "share of variance", precision: 0.02, absolute: true }],
  ]),
  published: [
    {
      at: {},
      expected: {
        first1: 0.313905,
        first2: 0.442411,
        first3: 0,
        total1: 0.557589,
        total2: 0.442411,
        total3: 0.243684,
        muStar1: 7.704,
        muStar2: 7.875,
        muStar3: 6.249,
      },
    },
  ],
  expected: ({ a, b, levels, noise, seeds }) => ({
    ...closedForm(a, b),
    ...(noise === 0 ? effectsOnGrid(a, b, Number(levels)) : {}),
    ...(seeds > 1n ? { noiseShare: noise ** 2 / (noise ** 2 + varianceOf(a, b)) } : {}),
  }),
  measured: ({ a, b, rows, trajectories, levels, noise, seeds }) =>
    levels % 2n === 1n
      ? Effect.fail(new CaseInvalid({ message: `M1: levels=${levels} is not even` }))
      : Effect.sync((): Quantities => {
          const evaluate = (design: ReadonlyArray<Block>) => evaluated(design, (point) => ishigami(point, a, b), noise, Number(seeds))
          const saltelli = saltelliDesign(3, Number(rows))
          const indices = sobolIndices(3, evaluate(saltelli))
          const walks = morrisDesign(3, Number(trajectories), Number(levels), "m1")
          // The mean size of an effect grows with noise, by how much depends on all effects: there is no closed form to compare with.
          const effects = noise === 0 ? morris(walks, evaluate(walks)).effects : []
          return {
            ...Object.fromEntries(
              coordinates.flatMap((i) => [
                [`first${i + 1}`, indices.first[i]!.value],
                [`total${i + 1}`, indices.total[i]!.value],
              ]),
            ),
            ...Object.fromEntries(effects.map(({ muStar }, i) => [`muStar${i + 1}`, muStar.value])),
            ...(seeds > 1n ? { noiseShare: indices.noiseShare.value } : {}),
          }
        }),
})

const ishigami = (point: Point, a: number, b: number): number => {
  const [x1, x2, x3] = point.map((u) => Math.PI * (2 * u - 1)) as [number, number, number]
  return sin(x1) + a * sin(x2) * sin(x2) + b * x3 * x3 * x3 * x3 * sin(x1)
}

const evaluated = (design: ReadonlyArray<Block>, response: (point: Point) => number, noise: number, seeds: number) =>
  design.map((block, i) =>
    block.map((point, j) => {
      const value = response(point)
      return Array.from({ length: seeds }, (_, seed) =>
        noise === 0 ? value : value + noise * stream("m1", String(seed), String(i), String(j)).normal(),
      )
    }),
  )

const varianceOf = (a: number, b: number): number => a ** 2 / 8 + (b * Math.PI ** 4) / 5 + (b ** 2 * Math.PI ** 8) / 18 + 0.5

/** Integrals of the function's parts over [-pi, pi]^3. */
const closedForm = (a: number, b: number): Readonly<Record<string, number>> => {
  const variance = varianceOf(a, b)
  const one = (1 + (b * Math.PI ** 4) / 5) ** 2 / 2
  const two = a ** 2 / 8
  const oneAndThree = (8 * b ** 2 * Math.PI ** 8) / 225
  return {
    first1: one / variance,
    first2: two / variance,
    first3: 0,
    total1: (one + oneAndThree) / variance,
    total2: two / variance,
    total3: oneAndThree / variance,
  }
}

/** The mean over all steps of half the grid, each as likely as any other, written without the design or the estimator. */
const effectsOnGrid = (a: number, b: number, levels: number): Readonly<Record<string, number>> => {
  const x = Array.from({ length: levels }, (_, level) => Math.PI * ((2 * level) / (levels - 1) - 1))
  const step = levels / 2 / (levels - 1)
  const lower = x.slice(0, levels / 2)
  const meanOf = (values: ReadonlyArray<number>) => values.reduce((sum, value) => sum + value, 0) / values.length
  const sizeOfSteps = (of: (value: number) => number) => meanOf(lower.map((from, i) => Math.abs(of(x[i + levels / 2]!) - of(from)))) / step
  return {
    muStar1: sizeOfSteps(Math.sin) * meanOf(x.map((x3) => Math.abs(1 + b * x3 ** 4))),
    muStar2: Math.abs(a) * sizeOfSteps((x2) => Math.sin(x2) ** 2),
    muStar3: Math.abs(b) * sizeOfSteps((x3) => x3 ** 4) * meanOf(x.map((x1) => Math.abs(Math.sin(x1)))),
  }
}
