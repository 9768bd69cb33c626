import { Schema } from "effect"
import { Provenance, ScenarioShown } from "./reportData.ts"

const { Array: List, Finite, Int, Literals, NullOr, Record, String: Text, Struct, Union, optionalKey } = Schema

/** A number that a metric may not have, and an end of an interval that one run does not give. */
const Value = NullOr(Finite)

const KnobValue = Union([Finite, Text, Schema.Boolean])

/** What the sweep varies: one or more places of the scenario that get the same value. */
const Knob = Struct({ id: Text, label: Text, paths: List(Text), unit: optionalKey(Text) })

/** A number that a run comes to; its id is metric and window, e.g. `providerProfitUsd.mean`. */
const Outcome = Struct({ id: Text, metric: Text, window: Text, label: Text, unit: Text, description: Text })

/** One setting of the knobs. `index` is its place in the list. */
const Variant = Struct({
  index: Int,
  name: optionalKey(Text),
  values: Record(Text, KnobValue),
  hash: Text,
  /** Run ids in the order of the sweep's seeds; null where the run failed. Shorter where the variant was stopped early. */
  runs: List(NullOr(Text)),
  /** How many of them failed. */
  failed: Int,
})

/** A number with its 95 % interval. */
const Bounded = Struct({ value: Value, low: Value, high: Value })

/** Over the seeds of one variant: mean with its 95 % interval, and percentiles, each with an end that is none where so few seeds do not bound it. */
const Estimate = Struct({ count: Int, mean: Value, low: Value, high: Value, skewness: Value, p10: Bounded, p50: Bounded, p90: Bounded })

/** Mean of the variant less the base on the same seeds, with its 95 % interval; the base itself is exactly 0. */
const Difference = Struct({ count: Int, mean: Value, low: Value, high: Value })

const Verdict = Literals(["meets", "fails", "undecided"])

/** Passes of runs, the 95 % interval (Wilson) of the probability behind them, and what follows. */
const Judged = Struct({ passes: Int, runs: Int, low: Finite, high: Finite, verdict: Verdict })

const Objective = Struct({
  metric: Text,
  label: Text,
  unit: Text,
  window: Text,
  op: Text,
  value: Finite,
  probability: Finite,
  byVariant: List(Judged),
})

/** Outcomes to be small or large, and the variants that no other one beats in all of them. */
const Front = Struct({ objectives: List(Struct({ outcome: Text, goal: Literals(["min", "max"]) })), variants: List(Int) })

/** Elementary effects (Morris 1991; mu* of Campolongo 2007), in the outcome's unit over the knob's whole range. */
const MorrisKnob = Struct({ knob: Text, muStar: Bounded, mu: Bounded, sigma: Bounded })

/** Shares of the variance between variants (Sobol 1993; Saltelli 2010). */
const SobolKnob = Struct({ knob: Text, first: Bounded, total: Bounded })

const SobolPair = Struct({ knobs: Schema.Tuple([Text, Text]), second: Bounded })

/** `noiseShare` is the share of the variance of single runs that the seed makes and no knob. Intervals are of the bootstrap. */
const Sensitivity = Union([
  Struct({
    method: Schema.Literal("morris"),
    runs: Int,
    byOutcome: Record(Text, Struct({ knobs: List(MorrisKnob), noiseShare: Bounded })),
  }),
  Struct({
    method: Schema.Literal("sobol"),
    runs: Int,
    byOutcome: Record(Text, Struct({ knobs: List(SobolKnob), pairs: optionalKey(List(SobolPair)), noiseShare: Bounded })),
  }),
])

/** Variants in the order in which an optimiser asked for them. */
const Search = Struct({
  method: Text,
  goals: List(Struct({ outcome: Text, goal: Literals(["min", "max"]) })),
  /** Runs that it might spend. */
  budgetRuns: Int,
  /** `score` is what it made small. */
  steps: List(Struct({ variant: Int, generation: Int, score: Value })),
  best: NullOr(Int),
})

/** The cheapest profitable attack that was found, if any. */
const Attack = Struct({
  attacker: Text,
  /** The outcomes that say what it gained and what it put in. */
  profit: Text,
  cost: optionalKey(Text),
  budgetUsd: optionalKey(Finite),
  /** Its profit is above 0 with its whole interval. */
  found: Schema.Boolean,
  best: NullOr(Int),
  /** A scenario file that replays it. */
  scenario: optionalKey(Text),
})

const Failure = Struct({ variant: Int, seed: Text, message: Text, replay: Text })

/** The result of a sweep: what `<out>/<name>.sweep.json` holds and what the page of a sweep shows. */
export const SweepData = Struct({
  version: Schema.Literal(1),
  kind: Schema.Literal("sweep"),
  title: Text,
  question: Text,
  /** The kind of the design, e.g. `grid`. */
  design: Text,
  scenario: ScenarioShown,
  /** Shared by all variants. */
  seeds: List(Text),
  knobs: List(Knob),
  outcomes: List(Outcome),
  variants: List(Variant),
  /** The variant that the others are compared with. */
  base: Int,
  /** By outcome id, one for each variant. */
  estimates: Record(Text, List(Estimate)),
  differences: Record(Text, List(Difference)),
  /** By outcome id, for each variant one value a seed: what effects over knobs are made of. Left out where the runs are too many for one page. */
  values: optionalKey(Record(Text, List(List(Value)))),
  objectives: List(Objective),
  /** One for each variant: all objectives together. Empty where there is none. */
  admissible: List(Judged),
  front: optionalKey(Front),
  sensitivity: optionalKey(Sensitivity),
  search: optionalKey(Search),
  attack: optionalKey(Attack),
  failures: List(Failure),
  provenance: Provenance,
  /** What is modelled and not real. */
  limits: List(Text),
})

export type SweepData = typeof SweepData.Type

/** What the page of a sweep shows: its result, and where its runs lie for the reader's commands, which is no part of a result. */
export const SweepPage = Struct({ ...SweepData.fields, runsFolder: Text })

export type SweepPage = typeof SweepPage.Type
