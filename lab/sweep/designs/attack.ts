import { Schema } from "effect"
import { Id } from "../../../sim/id.ts"
import { count, or, quantity } from "../../../sim/quantity.ts"
import { metricOf } from "../../../sim/metric.ts"
import { metrics } from "../../../sim/metrics/index.ts"
import { Objective } from "../../../sim/scenario.ts"
import { adaptive } from "./design.ts"
import { knobsOfRanges, rangeProblems, Ranges } from "./range.ts"

/** Looks in the ranges for the cheapest setting of an adversary's knobs at which its profit is above 0, by an evolution strategy. */
export const attack = adaptive({
  fields: {
    budget: count("Runs that it may spend, the base's included", { unit: "runs", min: 1, max: 1_000_000 }),
    ranges: Ranges,
    profit: Schema.Struct({ metric: Schema.String, window: Objective.fields.window })
      .pipe(or({ metric: "adversaryProfitUsd", window: "end" as const }))
      .annotate({ description: "The outcome that says what the attack brought, net of what it cost" }),
    cost: Schema.String.annotate({ description: "The knob that says how much money the attacker puts in; it is made small" }),
    budgetUsd: quantity("Money that the attacker has", { unit: "USD", min: 0, max: 1e12 }),
    seed: Id.pipe(or("1")).annotate({ description: "Of the optimiser's draws; runs have their own" }),
  },
  knobs: knobsOfRanges,
  problems: (params) => [
    ...rangeProblems(params),
    ...(metricOf(metrics, params.profit.metric) === undefined
      ? [{ path: ["profit", "metric"], message: `there is no metric ${params.profit.metric}` }]
      : []),
    ...(Object.hasOwn(params.ranges, params.cost)
      ? []
      : [{ path: ["cost"], message: `no range of ${params.cost}; ranges are of ${Object.keys(params.ranges).join(", ")}` }]),
  ],
})
