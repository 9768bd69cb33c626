import { number } from "../../amount.ts"
import { sampled } from "../sampled.ts"
import type { SweepChartMaker } from "../sweepChart.ts"

const POINTS_MAX = 2_000

/** How the search came to its answer. */
export const searchHistory: SweepChartMaker = (sweep) => {
  const { search, seeds } = sweep.data
  if (search === undefined) return undefined
  const steps = search.steps.map((step, i) => ({ ...step, at: i + 1, score: step.score ?? NaN }))
  const known = steps.filter(({ score }) => Number.isFinite(score))
  if (known.length === 0) return undefined
  let least = Infinity
  const best = known.flatMap(({ at, score }) => {
    if (score >= least) return []
    least = score
    return [[at, score] as const]
  })
  const last = best.at(-1)!
  const generations = new Set(steps.map(({ generation }) => generation)).size
  const table = {
    header: ["Step", "Generation", "Variant", "Score", "Best so far"],
    rows: steps.map(({ at, generation, variant, score }) => [
      at,
      generation,
      sweep.name(variant),
      score,
      best.findLast(([step]) => step <= at)?.[1] ?? NaN,
    ]),
  }
  return {
    id: "search",
    title: "Did the search settle?",
    reading:
      `${steps.length} settings in ${generations} generation${generations === 1 ? "" : "s"}, within a budget of ${search.budgetRuns} runs: the last improvement came at step ${last[0]}` +
      (last[0] > 0.8 * steps.length ? ", close to the end, so more budget may find better." : "."),
    caption:
      `${search.method} on the same ${seeds.length} seed${seeds.length === 1 ? "" : "s"}. Dot: one setting's score, which it made small; line: the best so far. ` +
      "The best of many noisy scores flatters itself: its estimate in the table of variants is over the same seeds that chose it.",
    legend: [
      { label: "best so far", style: 0 },
      { label: "tried", style: 6 },
    ],
    figures: [
      {
        kind: "scatter",
        heading: "score (less is better)",
        x: { label: "step", unit: "", isWhole: true },
        y: { unit: "" },
        points: sampled(known, POINTS_MAX).map(({ at, variant, score, generation }) => ({
          x: at,
          y: score,
          style: variant === search.best ? 0 : 6,
          heading: sweep.name(variant),
          text: number(score),
          detail: `step ${at}, generation ${generation + 1}`,
          variant,
        })),
        paths: [{ style: 0, isStep: true, points: [...best, [steps.length, last[1]]] }],
        rules: [],
      },
    ],
    table,
    download: table,
  }
}
