import { countsOf } from "../sim/jobs/counts.ts"
import type { AgentGroup, Scenario } from "../sim/scenario.ts"
import type { Problem } from "./schemaProblems.ts"
import { suggestion } from "./suggestion.ts"

/** Models of emission that hold verified work against the hours of the GPUs. */
const byHours: ReadonlySet<string> = new Set(["utilisationPid", "baseline"])

/** Adversaries whose victims or accomplices are not there, and rules that they cannot work under. */
export const adversaryProblems = ({ agents, protocols }: Scenario): ReadonlyArray<Problem> => {
  const providers = agents.filter(({ kind }) => kind === "provider").map(({ id }) => id)
  return [
    ...agents.flatMap((group: AgentGroup & { readonly for?: string; readonly gpuCount?: number; readonly identities?: number }, index) => [
      ...(group.kind === "washBuyer" && !providers.includes(group.for!)
        ? [
            {
              path: ["agents", index, "for"],
              message: `no group of providers is called ${JSON.stringify(group.for)}${suggestion(group.for!, providers) || `; there are ${providers.join(", ")}`}`,
            },
          ]
        : []),
      ...((group.identities ?? 1) > (group.gpuCount ?? 1)
        ? [
            {
              path: ["agents", index, "identities"],
              message: `${group.gpuCount} GPUs cannot be registered under ${group.identities} names; each name needs one`,
            },
          ]
        : []),
    ]),
    ...(protocols.market.settlement?.kind === "batch" && (countsOf(protocols) === "paid" || agents.some(({ kind }) => kind === "washBuyer"))
      ? [
          {
            path: ["protocols", "market", "settlement"],
            message: "a batch does not say who paid whom; count paid dollars, and wash jobs, where each job has an escrow",
          },
        ]
      : []),
    ...(countsOf(protocols) === "paid" && byHours.has(protocols.emissions.kind)
      ? [
          {
            path: ["protocols", "oracle", "counts"],
            message: `the emission ${protocols.emissions.kind} measures verified hours of work, and dollars count here; use capacity or rented`,
          },
        ]
      : []),
  ]
}
