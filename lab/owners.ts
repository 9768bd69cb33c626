import type { ReportData } from "../reports/reportData.ts"
import { type Capex, usdPerGpu } from "../sim/markets/hardware.ts"
import type { RunManifest } from "./runManifest.ts"

/** What each group of providers that names the price of its hardware paid for it, and pays for electricity, with the sources of both. */
export const ownersOf = ({ scenario, catalogue }: RunManifest, index: number): NonNullable<ReportData["owners"]> =>
  scenario.agents.flatMap((group) => {
    const { id, capex, gpu, region } = group as typeof group & { readonly capex?: Capex; readonly gpu?: string; readonly region?: string }
    const profile = catalogue.gpus.find((known) => known.id === gpu)
    const place = catalogue.energies.flatMap(({ regions }) => regions).find((known) => known.id === region)
    const price = capex === undefined || profile === undefined ? undefined : usdPerGpu(capex, profile)
    if (capex === undefined || profile === undefined || place === undefined || price === undefined) return []
    const known = profile.usdPerGpu
    const hardwareSource =
      capex.usdPerGpu === undefined && known !== undefined ? `${known.provenance}: ${known.source}, ${known.date}` : "the scenario"
    return [
      {
        scenario: index,
        group: id,
        gpu: profile.label,
        usdPerGpu: price,
        hardwareSource,
        region: place.label,
        usdPerKwh: place.usdPerKwh,
        energySource: `${place.source}, ${place.date}`,
      },
    ]
  })
