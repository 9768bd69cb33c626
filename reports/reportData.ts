import { Schema } from "effect"

const { Array: List, Finite, Int, Literals, NullOr, Record, String: Text, Struct, optionalKey } = Schema

/** One side of the experiment: what was asked of the model. */
export const ScenarioShown = Struct({
  name: Text,
  hash: Text,
  days: Int,
  ticksPerDay: Int,
  agentsByKind: Record(Text, Int),
  yaml: Text,
})

/** One scenario under one seed. */
const Run = Struct({
  id: Text,
  scenario: Int,
  seed: Text,
  digest: Text,
  stateRoot: Text,
  ticks: Int,
  transactions: Int,
  reverts: Int,
  /** The command that executes this run again. */
  replay: Text,
})

/** How a metric is written out. `unit` is "share" for 0 to 1 (shown in percent), else it is shown as it stands behind the number. */
const Metric = Struct({ label: Text, unit: Text, description: Text })

/** What one agent came to at the end of one run. */
const Agent = Struct({
  run: Int,
  id: Text,
  kind: Text,
  group: Text,
  gpu: optionalKey(Text),
  values: Record(Text, Finite),
})

/** The LP ledger of one owner in one pool at the end of one run: value = flows + holding + fees + impermanent loss + rounding. */
const Liquidity = Struct({
  run: Int,
  pool: Text,
  owner: Text,
  valueUsd: Finite,
  flowsUsd: Finite,
  holdingUsd: Finite,
  feesUsd: Finite,
  impermanentLossUsd: Finite,
  roundingUsd: Finite,
  lossVersusRebalancingUsd: Finite,
  incentivesUsd: Finite,
  residualUnits: Finite,
})

/** What a group of providers paid for its hardware and pays for electricity, and where both figures are from. */
const Owner = Struct({
  scenario: Int,
  group: Text,
  gpu: Text,
  usdPerGpu: Finite,
  hardwareSource: Text,
  region: Text,
  usdPerKwh: Finite,
  energySource: Text,
})

/** One objective of a scenario, judged over its runs; `low` and `high` bound the probability at 95 % (Wilson). */
const Objective = Struct({
  scenario: Int,
  metric: Text,
  label: Text,
  window: Text,
  op: Text,
  value: Finite,
  probability: Finite,
  passes: Int,
  runs: Int,
  low: Finite,
  high: Finite,
  verdict: Literals(["meets", "fails", "undecided"]),
})

const Shock = Struct({ label: Text, fromDay: Finite, toDay: Finite })

export const Provenance = Struct({
  version: Text,
  sourceHash: Text,
  node: Text,
  anvil: Text,
  anvilSha256: Text,
  solc: Text,
  contracts: Record(Text, Text),
  profiles: List(
    Struct({
      id: Text,
      label: Text,
      unit: optionalKey(Text),
      figure: Text,
      /** With its unit; results of older versions lack it. */
      value: optionalKey(Text),
      provenance: Text,
      source: Text,
      date: Text,
    }),
  ),
  presets: List(Struct({ id: Text, source: Text, date: Text })),
})

/** A series of the data beside what the calibrated runs have for it: one value a period. */
const CalibratedSeries = Struct({
  id: Text,
  label: Text,
  unit: Text,
  periods: List(Struct({ label: Text, fromDay: Finite, toDay: Finite, data: NullOr(Finite) })),
  /** The first so many periods were fitted, the others predicted. */
  trainingCount: Int,
  runs: List(List(NullOr(Finite))),
  /** Of the held-out periods: mean absolute errors of the logarithm. */
  errors: optionalKey(
    Struct({ periods: Int, simulated: Finite, anchored: Finite, randomWalk: Finite, trainingMean: Finite, within90: Int }),
  ),
})

/** What was fitted to data. */
const Calibration = Struct({
  estimates: List(Struct({ path: Text, estimate: Finite, low: Finite, high: Finite, lowerBound: Finite, upperBound: Finite })),
  series: List(CalibratedSeries),
})
export type Calibration = typeof Calibration.Type

/** Everything that one report shows. */
export const ReportData = Struct({
  version: Schema.Literal(1),
  kind: Literals(["run", "compare"]),
  title: Text,
  question: Text,
  /** One for a run; the base and then the variant for a comparison. */
  scenarios: List(ScenarioShown),
  runs: List(Run),
  metrics: Record(Text, Metric),
  /** By metric: one array for each run, in the order of `runs`, one value for each day's end; null where it has no value. */
  series: Record(Text, List(List(NullOr(Finite)))),
  agents: List(Agent),
  liquidity: List(Liquidity),
  owners: optionalKey(List(Owner)),
  objectives: List(Objective),
  shocks: List(Shock),
  calibration: optionalKey(Calibration),
  provenance: Provenance,
  /** What is modelled and not real. */
  limits: List(Text),
})

export type ReportData = typeof ReportData.Type
