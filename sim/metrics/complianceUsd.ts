import { metric } from "../metric.ts"

export const complianceUsd = metric({
  label: "Cost of compliance",
  unit: "USD",
  description:
    "What the gated venue cost in the tick: checks and monitoring of its users, its programme, and the chain's fees for its officer's transactions",
  daily: "sum",
  of: ({ actors, books, booksBefore, world }) => {
    if (world.rules.kyc === undefined) return undefined
    let [users, programme, gas] = [0, 0, 0]
    for (const { id, kind } of actors) {
      const [book, before] = [books.get(id)!, booksBefore.get(id)!]
      const paid = book.complianceUsd - before.complianceUsd
      if (kind === "complianceOfficer") {
        programme += paid
        gas += book.gasUsd - before.gasUsd
      } else users += paid
    }
    return new Map([
      ["users", users],
      ["programme", programme],
      ["gas", gas],
    ])
  },
})
