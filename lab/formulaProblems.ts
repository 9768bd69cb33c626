import { FormulaInvalid } from "../sim/formula.ts"
import { moment, tickCount } from "../sim/clock.ts"
import { factorOn } from "../sim/markets/demand.ts"
import { emissionTerms } from "../sim/protocols/emissions/index.ts"
import type { Scenario } from "../sim/scenario.ts"
import type { Problem } from "./schemaProblems.ts"

/** Formulas that are none, or give no amount in one of the epochs or ticks of the run. */
export const formulaProblems = ({ protocols, markets, calendar }: Scenario): ReadonlyArray<Problem> => [
  ...problemsOf(["protocols", "emissions", "tokensPerEpoch"], () => {
    if (protocols.emissions.kind === "formula") emissionTerms(protocols.emissions, Math.ceil(calendar.days / calendar.epochDays))
  }),
  ...problemsOf(["markets", "demand", "formula"], () => {
    const factor = factorOn(markets.demand.formula)
    for (let tick = 1; tick <= tickCount(calendar); tick++) factor(moment(calendar, tick).day)
  }),
]

const problemsOf = (path: Problem["path"], work: () => void): ReadonlyArray<Problem> => {
  try {
    work()
    return []
  } catch (error) {
    if (!(error instanceof FormulaInvalid)) throw error
    return [{ path, message: error.message, within: error.at }]
  }
}
