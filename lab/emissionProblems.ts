import type { Scenario } from "../sim/scenario.ts"
import type { Problem } from "./schemaProblems.ts"

/** Doublings in a run beyond which the contract's fixed point has no room. */
const doublingsMax = 30

/** Terms of an emission model that do not fit together. */
export const emissionProblems = ({ protocols, calendar }: Scenario): ReadonlyArray<Problem> => {
  const { emissions } = protocols
  const at = (key: string, message: string): ReadonlyArray<Problem> => [{ path: ["protocols", "emissions", key], message }]
  switch (emissions.kind) {
    case "utilisationPid":
      return emissions.minTokensPerEpoch > emissions.maxTokensPerEpoch
        ? at("minTokensPerEpoch", `the least emission (${emissions.minTokensPerEpoch}) is above the most (${emissions.maxTokensPerEpoch})`)
        : []
    case "bondingTarget":
      return emissions.floorPpb > emissions.ceilingPpb
        ? at("floorPpb", `the floor (${emissions.floorPpb}) is above the ceiling (${emissions.ceilingPpb})`)
        : []
    case "baseline":
      return calendar.days / calendar.epochDays > doublingsMax * emissions.doublingEpochs
        ? at("doublingEpochs", `the baseline doubles more than ${doublingsMax} times in ${calendar.days} days`)
        : []
    default:
      return []
  }
}
