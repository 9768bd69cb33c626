import { exp, ln } from "../../sim/maths.ts"
import type { JobKind } from "../../sim/jobs/kinds/index.ts"
import type { Profile, Profiles } from "../../sim/profile.ts"
import { normalQuantile } from "../../sim/stats/normal.ts"
import type { Anchor } from "../anchor.ts"
import type { Datasheet } from "../datasheet.ts"
import type { Workload } from "../workload.ts"
import { bindingOf, type Fit, rateOf } from "./applicationModel.ts"
import type { Reached } from "./card.ts"
import type { Facts, Prediction } from "./holdOut.ts"

type Rate = NonNullable<Profile["workHoursPerGpuHour"][JobKind]>

/** The 90 % quantile of the standard normal: 10 % of cards are expected below `low`, 10 % above `high`. */
const NORMAL_90 = normalQuantile(0.9)

export interface RateFacts extends Facts {
  readonly datasheets: ReadonlyMap<string, Datasheet>
  readonly reached: ReadonlyMap<string, Reached>
  readonly found: Fit
  readonly predicted: ReadonlyArray<Prediction>
}

/**
 * Profiles with the rates that are known best. What is assumed stays, because no kernel stands for it; what was measured is the model on
 * measured kernels; a public figure of one workload on the class and on the reference is their ratio; a figure beside a class of such a
 * ratio is a step more; all others are the model's ratio to the class with a public figure whose rate is nearest.
 */
export const withRates = (profiles: Profiles, facts: RateFacts): Profiles => ({
  ...profiles,
  profiles: profiles.profiles.map((profile) => ({
    ...profile,
    workHoursPerGpuHour: Object.fromEntries(
      Object.entries(profile.workHoursPerGpuHour).map(([kind, rate]) => {
        const isOurs = facts.cards.has(profile.id) && profile.id !== profiles.reference && rate.provenance !== "assumed"
        return [kind, isOurs ? settled(rate, rateBeside(String(profiles.reference), profile.id, kind, facts)) : rate]
      }),
    ),
  })),
})

const rateBeside = (reference: string, device: string, kind: string, facts: RateFacts): Rate => {
  const published = publicRates(reference, kind, facts)
  const own = published.get(device)
  const [first] = workloadsOf(kind, facts)
  const isMeasured = isReached(first!, device, facts)
  if (own !== undefined && !isMeasured) return own
  const modelled = (id: string) => rateOf(first!, facts.cards.get(cardBehind(first!, id, facts))!, facts.found)
  // A neighbour's figure counts where it is of the workload that is modelled.
  const known = [
    ...[...published].filter(([id]) => id !== device && anchorOf(first!, id, facts) !== undefined),
    [reference, { value: 1 }] as const,
  ]
  const distance = ([id]: (typeof known)[number]) => Math.abs(ln(modelled(id) / modelled(device)))
  const [neighbour, { value }] = known.reduce((best, one) => (distance(one) < distance(best) ? one : best))
  const ratio = (value * modelled(device)) / modelled(neighbour)
  const spread = exp(NORMAL_90 * holdOutError(kind, facts))
  return {
    value: rounded(ratio),
    low: rounded(ratio / spread),
    high: rounded(ratio * spread),
    provenance: isMeasured ? "measured" : "scaled",
    source: `application model of ${first!.id} on ${isMeasured ? "measured kernels" : "datasheet rates"}, beside the ${facts.datasheets.get(neighbour)!.label}'s ${value}`,
  }
}

const reachedKey = {
  bf16: "bf16OpsPerSecond",
  fp32: "fp32OpsPerSecond",
  int32: "int32OpsPerSecond",
  memory: "bytesPerSecond",
} as const

/** Whether a kernel was measured that asks for what the work waits for: a result may lack some. */
const isReached = (workload: Workload, device: string, { reached, cards }: RateFacts): boolean =>
  reached.get(device)?.[reachedKey[bindingOf(workload, cards.get(device)!)]] !== undefined

/** A rate that moves by a hundredth at most stays: all results would move for a digit that says nothing. */
const settled = (before: Rate, after: Rate): Rate =>
  Math.abs(after.value / before.value - 1) <= 0.01 ? { ...after, value: before.value } : after

const workloadsOf = (kind: string, { workloads }: RateFacts): ReadonlyArray<Workload> =>
  [...workloads.values()].filter((workload) => workload.kind === kind)

const anchorOf = ({ id }: Workload, device: string, { anchors, datasheets }: RateFacts): Anchor | undefined =>
  anchors.find((anchor) => anchor.workload === id && (datasheets.get(anchor.device)?.standsFor ?? anchor.device) === device)

/** The card whose figure of a workload is published for a class: its own, or its twin's. */
const cardBehind = (workload: Workload, device: string, facts: RateFacts): string => anchorOf(workload, device, facts)?.device ?? device

/** Rates that follow from public figures alone: beside the reference, or beside a class that has one. */
const publicRates = (reference: string, kind: string, facts: RateFacts): ReadonlyMap<string, Rate> => {
  const rates = new Map<string, Rate>()
  const addBeside = (other: string) => {
    for (const device of facts.datasheets.keys()) {
      if (device === reference || device === other || rates.has(device)) continue
      const shared = workloadsOf(kind, facts).find((one) => anchorOf(one, device, facts) && anchorOf(one, other, facts))
      if (shared === undefined) continue
      const [mine, theirs] = [anchorOf(shared, device, facts)!, anchorOf(shared, other, facts)!]
      const onTwin = mine.device === device ? "" : ` on the ${facts.datasheets.get(mine.device)!.label}`
      const beside = other === reference ? "" : `, beside the ${facts.datasheets.get(other)!.label}'s ${rates.get(other)!.value}`
      rates.set(device, {
        value: rounded(((rates.get(other)?.value ?? 1) * mine.value) / theirs.value),
        provenance: other === reference ? "public" : "scaled",
        source: `${shared.id}${onTwin}: ${mine.value} against ${theirs.value}${beside} (${mine.source}, ${mine.date})`,
      })
    }
  }
  addBeside(reference)
  for (const device of [...rates.keys()]) addBeside(device)
  return rates
}

/** Root mean square of the logarithmic errors of a kind's figures that were held out. */
const holdOutError = (kind: string, { predicted }: RateFacts): number => {
  const errors = predicted.filter((one) => one.isHeldOut && one.kind === kind).map(({ ours, anchor }) => ln(ours / anchor.value))
  return Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length)
}

const rounded = (value: number): number => Number(value.toPrecision(3))
