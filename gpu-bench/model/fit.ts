import { exp, ln } from "../../sim/maths.ts"
import type { Anchor } from "../anchor.ts"
import type { Workload } from "../workload.ts"
import { type Card, type Fit, rateOf } from "./applicationModel.ts"
import { goldenSection } from "./goldenSection.ts"

const [efficiencyLeast, cyclesMost] = [0.01, 50_000]

/**
 * One efficiency a kind of work and one cost of a launch, by least squares of the logarithms. Relative workloads have nothing to fit: their
 * efficiency cancels.
 */
export const fit = (anchors: ReadonlyArray<Anchor>, workloads: ReadonlyMap<string, Workload>, cards: ReadonlyMap<string, Card>): Fit => {
  const absolute = anchors.filter(({ workload }) => workloads.get(workload)!.isRelative !== true)
  const byKind = Map.groupBy(absolute, ({ workload }) => workloads.get(workload)!.kind)
  const loss = (kind: string, efficiency: number, cyclesPerLaunch: number) =>
    (byKind.get(kind as Workload["kind"]) ?? []).reduce((sum, { workload, device, value }) => {
      const rate = rateOf(workloads.get(workload)!, cards.get(device)!, { efficiency: { [kind]: efficiency }, cyclesPerLaunch })
      const error = ln(rate / value)
      return sum + error * error
    }, 0)
  const best = (kind: string, cycles: number) =>
    exp(goldenSection((logarithm) => loss(kind, exp(logarithm), cycles), ln(efficiencyLeast), 0))
  const efficiencies = (cycles: number) => Object.fromEntries([...byKind.keys()].map((kind) => [kind, best(kind, cycles)]))
  const cyclesPerLaunch = goldenSection(
    (cycles) => Object.entries(efficiencies(cycles)).reduce((sum, [kind, efficiency]) => sum + loss(kind, efficiency, cycles), 0),
    0,
    cyclesMost,
  )
  return { efficiency: efficiencies(cyclesPerLaunch), cyclesPerLaunch }
}
