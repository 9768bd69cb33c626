import type { Fraud } from "../agents/fraud/index.ts"
import { placesOf } from "../sim/devices/index.ts"
import type { JobKind } from "../sim/jobs/kinds/index.ts"
import type { Catalogue } from "../sim/preset.ts"
import type { Scenario } from "../sim/scenario.ts"
import type { Problem } from "./schemaProblems.ts"

interface Group {
  readonly gpu?: string
  readonly job?: JobKind | { readonly kind: JobKind }
  readonly places?: ReadonlyArray<number>
  readonly fraud?: Fraud
}

/** Places that the map does not have, and work that must be near its users and is nowhere. */
export const deviceProblems = ({ agents, protocols }: Scenario, { gpus }: Catalogue): ReadonlyArray<Problem> => {
  const { devices } = protocols
  const hotspots = placesOf({ device: "hotspot" }, devices).length
  return agents.flatMap((group, index) => {
    const { gpu, job, places, fraud } = group as Group
    const at = (keys: ReadonlyArray<string>, message: string): Problem => ({ path: ["agents", index, ...keys], message })
    const profile = gpus.get(gpu ?? "")
    const known = profile === undefined ? hotspots : placesOf(profile, devices).length
    const unknown = (keys: ReadonlyArray<string>, numbers: ReadonlyArray<number> = []): ReadonlyArray<Problem> => {
      const wrong = numbers.find((number) => number >= known)
      if (wrong === undefined) return []
      return [
        at(
          keys,
          known === 0
            ? "there are no places without rules in protocols.devices"
            : `there is no place ${wrong}; they are numbered 0 to ${known - 1}`,
        ),
      ]
    }
    return [
      ...unknown(["places"], places),
      ...unknown(["fraud", "claimedPlaces"], fraud?.kind === "wrongCell" ? fraud.claimedPlaces : []),
      ...(job === "coverage" || (typeof job === "object" && job.kind === "coverage" && places === undefined)
        ? [at(["job"], "coverage is of use where its users are: say job: { kind: coverage } and the cells in places")]
        : []),
    ]
  })
}
