import type { Fraud } from "../agents/fraud/index.ts"
import type { Catalogue } from "../sim/preset.ts"
import { checkedTicks } from "../sim/protocols/spotChecks.ts"
import type { Scenario } from "../sim/scenario.ts"
import type { Problem } from "./schemaProblems.ts"
import { suggestion } from "./suggestion.ts"

/** Where work is proven and punished: names that must exist, and terms that do not fit together. */
export const fraudProblems = (scenario: Scenario, catalogue: Catalogue): ReadonlyArray<Problem> => [
  ...scenario.agents.flatMap((group, index) => {
    const fraud = (group as { readonly fraud?: Fraud }).fraud
    const regions = catalogue.energies.get(scenario.markets.energy.preset)?.regions.map(({ id }) => id)
    const at = (key: string, name: string, known: ReadonlyArray<string> | undefined): ReadonlyArray<Problem> =>
      known === undefined || known.includes(name)
        ? []
        : [
            {
              path: ["agents", index, "fraud", key],
              message: `there is no ${name}${suggestion(name, known) || `; known are ${known.join(", ")}`}`,
            },
          ]
    if (fraud?.kind === "cheaperGpu") return at("realGpu", fraud.realGpu, [...catalogue.gpus.keys()])
    return fraud?.kind === "wrongLocation" ? at("realRegion", fraud.realRegion, regions) : []
  }),
  ...courtProblems(scenario),
]

const courtProblems = ({ protocols, calendar, agents }: Scenario): ReadonlyArray<Problem> => {
  const { spotChecks, registry } = protocols
  const { insuranceBps = 0, reporterBps = 0, appealDays = 0 } = registry.slashing ?? {}
  const at = (key: string, message: string): Problem => ({ path: ["protocols", "registry", "slashing", key], message })
  const givenBps = insuranceBps + reporterBps
  const ticks = calendar.epochDays * calendar.ticksPerDay
  return [
    ...(givenBps > 10_000
      ? [at("reporterBps", `insurance and reporter get ${givenBps} basis points of a slash, more than all of it`)]
      : []),
    ...(protocols.uptime !== undefined && (spotChecks !== undefined || registry.slashing !== undefined)
      ? [
          {
            path: ["protocols", "uptime"],
            message: "a registry has a warden for uptime or a court for slashes; leave out uptime, or spotChecks and registry.slashing",
          },
        ]
      : []),
    ...(appealDays > 0 && !agents.some(({ kind }) => kind === "judge")
      ? [at("appealDays", "nobody decides appeals; add agents of kind judge, or leave out appealDays")]
      : []),
    ...(spotChecks !== undefined && ticks < checkedTicks
      ? [
          {
            path: ["calendar", "ticksPerDay"],
            message: `with spot checks an epoch needs ${checkedTicks} ticks at least; make epochs longer or ticks shorter`,
          },
        ]
      : []),
  ]
}
