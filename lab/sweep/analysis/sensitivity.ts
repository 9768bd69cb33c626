import type { SweepData } from "../../../reports/sweepData.ts"
import { morrisDesign } from "../../../sim/sampling/morrisDesign.ts"
import type { Block } from "../../../sim/sampling/point.ts"
import { saltelliDesign } from "../../../sim/sampling/saltelliDesign.ts"
import type { Bounded } from "../../../sim/stats/bootstrapBlocks.ts"
import { morris } from "../../../sim/stats/morris.ts"
import { sobolIndices } from "../../../sim/stats/sobolIndices.ts"
import { known } from "./estimates.ts"
import type { OutcomeTable } from "../outcomeTable.ts"
import { valuesOf } from "./valuesOf.ts"

type Sensitivity = NonNullable<SweepData["sensitivity"]>

/** Designs whose points belong together; their variants are the points of all blocks, in order. */
export type BlockDesign =
  | { readonly kind: "morris"; readonly trajectories: number; readonly levels: number; readonly seed: string; readonly ranges: object }
  | { readonly kind: "sensitivity"; readonly points: number; readonly secondOrder: boolean; readonly ranges: object }

/** The points of such a design in the unit cube, a coordinate a knob in the order of the ranges. */
export const blocksOf = (design: BlockDesign): ReadonlyArray<Block> => {
  const dimensions = Object.keys(design.ranges).length
  return design.kind === "morris"
    ? morrisDesign(dimensions, design.trajectories, design.levels, design.seed)
    : saltelliDesign(dimensions, design.points, design.secondOrder)
}

/** What each knob does to each outcome, and what the seed does. Failed runs take their trajectory or row out. */
export const sensitivityOf = (design: BlockDesign, table: OutcomeTable, outcomes: ReadonlyArray<string>): Sensitivity => {
  const blocks = blocksOf(design)
  const knobs = Object.keys(design.ranges)
  const runs = table.runs.slice(0, blocks.flat().length).reduce((sum, ofVariant) => sum + ofVariant.length, 0)
  const replicatesOf = (outcome: string) => {
    let variant = 0
    return blocks.map((block) => block.map(() => valuesOf(table, outcome, variant++)))
  }
  if (design.kind === "morris")
    return {
      method: "morris",
      runs,
      byOutcome: Object.fromEntries(
        outcomes.map((outcome) => {
          const { effects, noiseShare } = morris(blocks, replicatesOf(outcome))
          return [
            outcome,
            {
              knobs: effects.map(({ muStar, mu, sigma }, i) => ({
                knob: knobs[i]!,
                muStar: written(muStar),
                mu: written(mu),
                sigma: written(sigma),
              })),
              noiseShare: written(noiseShare),
            },
          ]
        }),
      ),
    }
  return {
    method: "sobol",
    runs,
    byOutcome: Object.fromEntries(
      outcomes.map((outcome) => {
        const { first, total, second, noiseShare } = sobolIndices(knobs.length, replicatesOf(outcome))
        return [
          outcome,
          {
            knobs: knobs.map((knob, i) => ({ knob, first: written(first[i]!), total: written(total[i]!) })),
            ...(second === undefined
              ? {}
              : {
                  pairs: second.map(({ coordinates: [i, j], index }) => ({
                    knobs: [knobs[i]!, knobs[j]!] as const,
                    second: written(index),
                  })),
                }),
            noiseShare: written(noiseShare),
          },
        ]
      }),
    ),
  }
}

const written = ({ value, low, high }: Bounded) => ({ value: known(value), low: known(low), high: known(high) })
