import type { Action } from "../sim/ledger.ts"
import { chunkResult } from "../sim/proofs/chunks.ts"
import type { Results } from "../sim/protocols/spotChecks.ts"
import type { Rng } from "../sim/rng.ts"
import type { World } from "../sim/world.ts"

interface Checker {
  readonly self: string
  readonly world: World
  readonly rng: (purpose: string) => Rng
  readonly looksAway: (provider: string) => boolean
}

/** What a checker has found, and how many chunks it did again for that. */
export interface Findings {
  readonly accusations: ReadonlyArray<Action>
  readonly chunksDone: number
}

/** Does the chunks again that the beacon drew for this checker, and accuses whose results are other ones. It stops at a provider's first. */
export const checkChunks = ({ self, world, rng, looksAway }: Checker): Findings => {
  const checks = world.rules.spotChecks
  let chunksDone = 0
  if (checks === undefined) return { accusations: [], chunksDone }
  const accusations: Array<Action> = []
  for (const [provider, { checker, chunks }] of world.ledger.spotChecks.visits) {
    const work = world.board.published.get(provider)
    if (checker !== self || work === undefined || work.epoch !== world.ledger.spotChecks.nextEpoch - 1 || looksAway(provider)) continue
    const draws = rng(`chunks/${provider}`)
    for (const chunk of chunks) {
      chunksDone++
      const resultAgain = chunkResult(provider, work.epoch, chunk)
      const isSame = work.results[chunk] === resultAgain
      const errs = draws.chance(isSame ? checks.falseRejectShare : checks.falseAcceptShare)
      if (isSame !== errs) continue
      // A machine that errs gets a number that nobody else gets.
      const found = isSame ? resultAgain ^ 1n : resultAgain
      accusations.push({ kind: "spotChecks.accuse", provider, chunk, results: work.results, resultAgain: found })
      break
    }
  }
  return { accusations, chunksDone }
}

/** Looks for answers that two providers share; comparing costs nothing. One accusation for each copy. */
export const findCopies = ({ board, ledger }: World): ReadonlyArray<Action> => {
  const epoch = ledger.spotChecks.nextEpoch - 1
  const owners = new Map<string, { readonly provider: string; readonly results: Results }>()
  const accusations: Array<Action> = []
  for (const [provider, work] of board.published) {
    if (work.epoch !== epoch) continue
    let isCopy = false
    for (const [chunk, result] of work.results.entries()) {
      const key = `${chunk}/${result}`
      const owner = owners.get(key)
      if (owner === undefined) owners.set(key, { provider, results: work.results })
      else if (!isCopy) {
        isCopy = true
        const { provider: first, results: firstResults } = owner
        accusations.push({ kind: "spotChecks.accuseOfCopy", first, second: provider, chunk, firstResults, secondResults: work.results })
      }
    }
  }
  return accusations
}
