import type { Profiles } from "../../sim/profile.ts"
import { readAnchors } from "../anchor.ts"
import { datasheets } from "../datasheet.ts"
import { readWorkloads } from "../workload.ts"
import type { Fit } from "./applicationModel.ts"
import { cardOf, type Reached } from "./card.ts"
import { fit } from "./fit.ts"
import { type Prediction, predictions } from "./holdOut.ts"
import { withEnergy } from "./profileEnergy.ts"
import { withRates } from "./profileRates.ts"
import { split } from "./split.ts"

export interface GpuCalibration {
  readonly found: Fit
  readonly predicted: ReadonlyArray<Prediction>
  readonly profiles: Profiles
}

/** Rates and energies from public figures, and from what kernels were measured to reach on some classes. */
export const calibrateGpus = (profiles: Profiles, reached: ReadonlyMap<string, Reached> = new Map()): GpuCalibration => {
  const [workloads, anchors] = [readWorkloads(), readAnchors()]
  const sheets = new Map(datasheets.map((sheet) => [sheet.id, cardOf(sheet)]))
  const cards = new Map(datasheets.map((sheet) => [sheet.id, cardOf(sheet, reached.get(sheet.id))]))
  const halves = split(anchors, workloads)
  const found = fit(halves.fitted, workloads, cards)
  const predicted = predictions({ anchors, workloads, cards, sheets }, halves, found)
  const facts = {
    anchors,
    workloads,
    cards,
    sheets,
    datasheets: new Map(datasheets.map((sheet) => [sheet.id, sheet])),
    reached,
    found,
    predicted,
  }
  return { found, predicted, profiles: withEnergy(withRates(profiles, facts), facts) }
}
