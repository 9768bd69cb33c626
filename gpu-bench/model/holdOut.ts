import type { Anchor } from "../anchor.ts"
import type { Workload } from "../workload.ts"
import { type Card, type Fit, rateOf } from "./applicationModel.ts"
import { referencesOf, type Split } from "./split.ts"

/** A figure beside what the model and the naive rival, which knew only the other half, say of it. */
export interface Prediction {
  readonly anchor: Anchor
  readonly kind: Workload["kind"]
  readonly isHeldOut: boolean
  readonly ours: number
  /** The workload's figure on another card, by the ratio of datasheets; undefined where no figure of the workload was fitted. */
  readonly naive: number | undefined
}

export interface Facts {
  readonly anchors: ReadonlyArray<Anchor>
  readonly workloads: ReadonlyMap<string, Workload>
  /** As the model has them. */
  readonly cards: ReadonlyMap<string, Card>
  /** By their datasheets alone. */
  readonly sheets: ReadonlyMap<string, Card>
}

export const predictions = (
  { anchors, workloads, cards, sheets }: Facts,
  { fitted, heldOut }: Split,
  found: Fit,
): ReadonlyArray<Prediction> => {
  const references = referencesOf(anchors, workloads)
  const of = (anchor: Anchor, isHeldOut: boolean): Prediction => {
    const workload = workloads.get(anchor.workload)!
    const reference = references.get(anchor.workload)
    const rate = rateOf(workload, cards.get(anchor.device)!, found)
    const scale = reference === undefined ? 1 : reference.value / rateOf(workload, cards.get(reference.device)!, found)
    const other = reference ?? fitted.find((one) => one.workload === anchor.workload && one !== anchor)
    const ratio = (device: string) => bindingRate(workload, sheets.get(device)!)
    const naive = other && (other.value * ratio(anchor.device)) / ratio(other.device)
    return { anchor, kind: workload.kind, isHeldOut, ours: rate * scale, naive }
  }
  return [...fitted.map((anchor) => of(anchor, false)), ...heldOut.map((anchor) => of(anchor, true))]
}

/** Decoding is bound by memory and everything else by arithmetic: what a buyer reads off two datasheets. */
const bindingRate = ({ kind, resource }: Workload, { bytesPerSecond, operationsPerSecond }: Card): number =>
  kind === "inference" ? bytesPerSecond : operationsPerSecond[resource === "int32" ? "fp32" : resource]

/** Relative error of a prediction, 0.1 for one that is 10 % too high or too low. */
export const errorOf = (predicted: number, { value }: Anchor): number => Math.abs(predicted / value - 1)
