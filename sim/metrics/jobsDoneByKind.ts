import { metric } from "../metric.ts"
import { charactersIn } from "../jobs/characters.ts"

export const jobsDoneByKind = metric({
  label: "Jobs done by kind",
  unit: "jobs",
  description: "Jobs that ended well in the tick; one column a kind, where jobs have a character",
  daily: "sum",
  of: ({ actors, outcome }) => {
    const kinds = charactersIn(actors)
    if (kinds.length === 0) return undefined
    const counts = new Map(kinds.map((kind) => [kind, 0]))
    for (const { request } of outcome.done) if (counts.has(request.kind)) counts.set(request.kind, counts.get(request.kind)! + 1)
    return counts
  },
})
