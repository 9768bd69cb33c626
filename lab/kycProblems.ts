import type { Scenario } from "../sim/scenario.ts"
import type { Problem } from "./schemaProblems.ts"

/** The gated venue: jurisdictions that nobody named, days beyond the run, and who runs it. */
export const kycProblems = ({ protocols: { kyc }, agents, calendar }: Scenario): ReadonlyArray<Problem> => {
  if (kyc === undefined) return []
  const { jurisdictions, delisting, transferableFromDay } = kyc
  const at = (path: ReadonlyArray<string | number>, message: string): Problem => ({ path: ["protocols", "kyc", ...path], message })
  const known = `known are ${jurisdictions.map(({ id }) => id).join(", ")}`
  const isKnown = (name: string) => jurisdictions.some(({ id }) => id === name)
  const officers = agents.filter(({ kind }) => kind === "complianceOfficer").reduce((sum, { count }) => sum + count, 0)
  return [
    ...jurisdictions.flatMap(({ id, country }, index) =>
      jurisdictions.findIndex((earlier) => earlier.id === id || earlier.country === country) < index
        ? [at(["jurisdictions", index], `an earlier jurisdiction has the id ${id} or the country ${country}; both must differ`)]
        : [],
    ),
    ...(jurisdictions.every(({ share }) => share === 0) ? [at(["jurisdictions"], "nobody lives anywhere: a share must be above 0")] : []),
    ...(delisting !== undefined && !isKnown(delisting.jurisdiction)
      ? [at(["delisting", "jurisdiction"], `unknown jurisdiction ${JSON.stringify(delisting.jurisdiction)}; ${known}`)]
      : []),
    ...(delisting !== undefined && delisting.day >= calendar.days
      ? [at(["delisting", "day"], `is on day ${delisting.day}, and the run ends on day ${calendar.days}`)]
      : []),
    ...(transferableFromDay >= calendar.days
      ? [at(["transferableFromDay"], `the twin moves from day ${transferableFromDay}, and the run ends on day ${calendar.days}`)]
      : []),
    ...(officers === 1 ? [] : [at([], `needs one agent of kind complianceOfficer, and there are ${officers}`)]),
    ...agents.flatMap((group, index) => {
      const named: unknown = Object.entries(group).find(([key]) => key === "jurisdiction")?.[1]
      return typeof named !== "string" || named === "drawn" || isKnown(named)
        ? []
        : [{ path: ["agents", index, "jurisdiction"], message: `unknown jurisdiction ${JSON.stringify(named)}; ${known}, and drawn` }]
    }),
  ]
}
