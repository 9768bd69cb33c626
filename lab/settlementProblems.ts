import type { Scenario } from "../sim/scenario.ts"
import type { Problem } from "./schemaProblems.ts"

/** Batches and trees whose steps do not fit into the time that they have, or that pay what they cannot. */
export const settlementProblems = ({ protocols, calendar }: Scenario): ReadonlyArray<Problem> => {
  const { market, oracle, lending, registry, spotChecks } = protocols
  const at = (path: ReadonlyArray<string>, message: string): Problem => ({ path: ["protocols", ...path], message })
  const ticksPerEpoch = calendar.ticksPerDay * calendar.epochDays
  const batch = market.settlement?.kind === "batch" ? market.settlement : undefined
  return [
    ...(oracle.settlement === "tree" && ticksPerEpoch < 4
      ? [at(["oracle", "settlement"], `a tree takes four ticks of an epoch (claims, reports, work, rewards), and one has ${ticksPerEpoch}`)]
      : []),
    ...(oracle.settlement === "tree" && spotChecks !== undefined
      ? [at(["spotChecks"], "a tree pays what reporters have signed and asks no spot check; leave out spotChecks or oracle.settlement")]
      : []),
    ...(batch !== undefined && (registry.slashing?.insuranceBps ?? 0) > 0
      ? [
          at(
            ["registry", "slashing", "insuranceBps"],
            "the insurance pays for jobs in escrow, and batches have none; leave out insuranceBps or settle perJob",
          ),
        ]
      : []),
    ...(batch !== undefined && market.payoutHours !== undefined
      ? [at(["market", "payoutHours"], "jobs that are paid in batches are not paid while they run; leave out payoutHours or settlement")]
      : []),
    ...(batch !== undefined && batch.windowHours > batch.hours
      ? [
          at(
            ["market", "settlement", "windowHours"],
            `the window (${batch.windowHours}) is longer than the time between batches (${batch.hours})`,
          ),
        ]
      : []),
    ...(batch !== undefined && lending !== undefined
      ? [at(["market", "settlement"], "a lender takes its instalments from what each job pays; leave out lending or settle perJob")]
      : []),
  ]
}
