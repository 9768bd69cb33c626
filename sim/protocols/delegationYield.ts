import { DAYS_PER_YEAR, fromWei } from "../units.ts"
import type { Indexer, Params, View } from "./graph.ts"

/** Tokens of an indexer that can be allocated at all: its stake, and of the delegated tokens what the stake can carry. */
export const capacityTokens = (
  { stakedWei, thawingWei, delegatedWei }: Indexer,
  { delegationRatio, stakeTokensMin }: Params,
  addedTokens = 0,
): number => {
  const ownTokens = fromWei(stakedWei - thawingWei)
  if (ownTokens < stakeTokensMin) return 0
  return ownTokens + Math.min(fromWei(delegatedWei) + addedTokens, ownTokens * delegationRatio)
}

const allCapacityTokens = ({ indexers }: View, params: Params): number =>
  [...indexers.values()].reduce((sum, indexer) => sum + capacityTokens(indexer, params), 0)

/**
 * What all rewards of an indexer come to in a year, with some more delegated to it: its part of what all can allocate. As if all rewards were
 * shared by allocated tokens, which they are as long as allocations follow signal.
 */
export const rewardTokensPerYear = (view: View, params: Params, indexer: Indexer, addedTokens = 0): number => {
  const own = capacityTokens(indexer, params, addedTokens)
  const all = allCapacityTokens(view, params) - capacityTokens(indexer, params) + own
  return all === 0 ? 0 : (params.issuanceTokensPerDay * DAYS_PER_YEAR * own) / all
}

/**
 * Yearly yield of a token that is delegated to the indexer, when some more come with it. The cut is taken from all rewards, also from those of
 * the indexer's own stake, so a token may earn more than its own reward, or less; beyond what the stake carries it earns nothing, and all share.
 */
export const delegationYieldPerYear = (view: View, params: Params, indexer: Indexer, addedTokens = 0): number => {
  const delegated = fromWei(indexer.delegatedWei) + addedTokens
  if (delegated === 0) return 0
  return ((1 - indexer.cutPpm / 1e6) * rewardTokensPerYear(view, params, indexer, addedTokens)) / delegated
}

/** The yield of all delegations to some indexers together: weighted by what is delegated. */
export const meanDelegationYield = (view: View, params: Params, isIn: (id: string, indexer: Indexer) => boolean): number => {
  let [tokens, earned] = [0, 0]
  for (const [id, indexer] of view.indexers) {
    if (!isIn(id, indexer)) continue
    tokens += fromWei(indexer.delegatedWei)
    earned += fromWei(indexer.delegatedWei) * delegationYieldPerYear(view, params, indexer)
  }
  return tokens === 0 ? 0 : earned / tokens
}

/** What a delegated token will earn in a year at indexers that were slashed, or at those that never were; NaN where nothing is delegated. */
export const offeredYield = (view: View, params: Params, isSlashed: boolean): number => {
  const isIn = ({ slashes }: Indexer) => slashes > 0 === isSlashed
  const isDelegated = [...view.indexers.values()].some((indexer) => isIn(indexer) && indexer.delegatedWei > 0n)
  return isDelegated ? meanDelegationYield(view, params, (_, indexer) => isIn(indexer)) : NaN
}

/** The cut of all rewards with which the indexer keeps its own stake's reward and `feeShare` of what the delegated tokens earn. */
export const cutFor = (indexer: Indexer, params: Params, feeShare: number): number => {
  const ownTokens = fromWei(indexer.stakedWei - indexer.thawingWei)
  if (ownTokens === 0) return 1
  // While little is delegated, as if as much were as its own stake: so the first delegators earn more.
  const expected = Math.min(Math.max(fromWei(indexer.delegatedWei), ownTokens), ownTokens * params.delegationRatio)
  return 1 - ((1 - feeShare) * expected) / (ownTokens + expected)
}

/**
 * How much of the delegated tokens is where it would be if every token earned the same, 1 when all is: then it is shared by what the indexers
 * leave to their delegators.
 */
export const yieldFollowed = (view: View, params: Params): number | undefined => {
  const places = [...view.indexers.values()].map((indexer) => {
    const tokens = fromWei(indexer.delegatedWei)
    return { tokens, earned: tokens * delegationYieldPerYear(view, params, indexer) }
  })
  const sum = (of: (place: (typeof places)[number]) => number) => places.reduce((total, place) => total + of(place), 0)
  const [tokens, earned] = [sum((place) => place.tokens), sum((place) => place.earned)]
  if (tokens === 0 || earned === 0) return undefined
  return 1 - sum((place) => Math.abs(place.tokens / tokens - place.earned / earned)) / 2
}
