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

/** Doublings in a run beyond which the contract's fixed point has no room. */
const doublingsMax = 30

/** Terms of an emission model that do not fit together. */
export const emissionProblems = ({ protocols, calendar }: Scenario): ReadonlyArray<Problem> => {
  const { emissions } = protocols
  const at = (key: string, message: string): ReadonlyArray<Problem> => [{ path: ["protocols", "emissions", key], message }]
  switch (emissions.kind) {
    case "utilisationPid":
      return emissions.minTokensPerEpoch > emissions.maxTokensPerEpoch
        ? at("minTokensPerEpoch", `the least emission (${emissions.minTokensPerEpoch}) is above the most (${emissions.maxTokensPerEpoch})`)
        : []
    case "bondingTarget":
      return emissions.floorPpb > emissions.ceilingPpb
        ? at("floorPpb", `the floor (${emissions.floorPpb}) is above the ceiling (${emissions.ceilingPpb})`)
        : []
    case "baseline":
      return calendar.days / calendar.epochDays > doublingsMax * emissions.doublingEpochs
        ? at("doublingEpochs", `the baseline doubles more than ${doublingsMax} times in ${calendar.days} days`)
        : []
    default:
      return []
  }
}

/** Pools that cannot stand beside each other: the factory knows a pool by its two coins and its fee. */
export const pool3Problems = ({ protocols: { pool, pools3, token } }: Scenario): ReadonlyArray<Problem> =>
  pools3.flatMap((own, index) => {
    const at = (key: string, message: string): Problem => ({ path: ["protocols", "pools3", index, key], message })
    const earlier = pools3.slice(0, index)
    const tokens = (own.treasuryUsd * pool.tokens) / pool.usd
    return [
      ...(earlier.some(({ id }) => id === own.id) ? [at("id", `the id ${own.id} is taken by an earlier pool; ids must differ`)] : []),
      ...(earlier.some(({ feePips }) => feePips === own.feePips)
        ? [at("feePips", `an earlier pool has the fee ${own.feePips}; of each fee there is one pool`)]
        : []),
      ...(tokens > token.genesisTokens
        ? [at("treasuryUsd", `at the main pool's price as much in tokens is ${Math.ceil(tokens)}, more than exist`)]
        : []),
    ]
  })
