import { metric } from "../metric.ts"
import { charactersIn } from "../jobs/characters.ts"

export const jobFailuresByKind = metric({
  label: "Failures by kind of job",
  unit: "failures",
  description:
    "Work that broke off with its site, whether the job went on elsewhere or not; one column a kind, where jobs have a character",
  daily: "sum",
  of: ({ actors, outcome }) => {
    const kinds = charactersIn(actors)
    if (kinds.length === 0) return undefined
    const counts = new Map(kinds.map((kind) => [kind, 0]))
    for (const { request } of outcome.failed) if (counts.has(request.kind)) counts.set(request.kind, counts.get(request.kind)! + 1)
    return counts
  },
})
