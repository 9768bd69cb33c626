import type { Scenario } from "../sim/scenario.ts"
import type { Problem } from "./schemaProblems.ts"

/** Batches and trees whose steps do not fit into the time that they have, or that pay what they cannot. */
export const settlementProblems = ({ protocols, calendar, agents }: Scenario): ReadonlyArray<Problem> => {
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
    ...(batch !== undefined && market.disputes !== undefined
      ? [at(["market", "disputes"], "jobs that are paid in batches have no escrow to dispute; leave out disputes or settle perJob")]
      : []),
    ...(market.disputes !== undefined && !agents.some(({ kind }) => kind === "judge")
      ? [at(["market", "disputes"], "nobody decides disputes; add agents of kind judge, or leave out disputes")]
      : []),
    ...(market.disputes !== undefined && market.disputes.windowHours <= 24 / calendar.ticksPerDay
      ? [
          at(
            ["market", "disputes", "windowHours"],
            `arbiters see a dispute a tick of ${24 / calendar.ticksPerDay} hours after it was opened, when the window is over; make it longer`,
          ),
        ]
      : []),
    ...(market.vulnerable === true && (batch !== undefined || market.disputes !== undefined)
      ? [
          at(
            ["market", "vulnerable"],
            "the vulnerable contract pays each job by itself, without disputes; leave out settlement and disputes",
          ),
        ]
      : []),
    ...(batch !== undefined && lending !== undefined
      ? [at(["market", "settlement"], "a lender takes its instalments from what each job pays; leave out lending or settle perJob")]
      : []),
  ]
}
