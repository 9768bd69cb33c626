import { Schema } from "effect"
import workloads from "./workloads.json" with { type: "json" }

const { Boolean: Flag, Finite, Literals, String: Text, Struct, optionalKey } = Schema

/** What binds a kernel that is not bound by memory. */
export const Resource = Literals(["bf16", "fp32", "int32"])
export type Resource = typeof Resource.Type

/** What one unit of a published benchmark asks of a card. */
const Workload = Struct({
  id: Text,
  /** A kind of job, or `prefill`, which no kind of job is made of alone. */
  kind: Literals(["inference", "prefill", "training", "science", "rendering"]),
  unit: Text,
  /** Seconds in which the published figure counts its units; 1 where it is left out. */
  rateSeconds: optionalKey(Finite),
  /** Only ratios between cards count: what a unit asks is not public. */
  isRelative: optionalKey(Flag),
  resource: Resource,
  operations: Finite,
  bytes: Finite,
  launches: Finite,
  source: Text,
})
export type Workload = typeof Workload.Type

export const readWorkloads = (): ReadonlyMap<string, Workload> =>
  new Map(Schema.decodeUnknownSync(Schema.Array(Workload))(workloads, { onExcessProperty: "error" }).map((one) => [one.id, one]))
