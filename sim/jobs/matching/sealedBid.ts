/**
 * The bid of a bidder in the symmetric equilibrium of an auction in which so many bidders ask for work, each of the `units` lowest gets one unit
 * and is paid its own bid, and each bidder takes the others' costs to be uniform up to `limit`: the expected cost of the best loser, given that
 * the bidder wins. With Y the `units`-th lowest of the others' costs, that is E[Y | Y > cost] (Krishna, Auction Theory, chapter 13).
 */
export const equilibriumBid = (cost: number, limit: number, bidders: number, units: number): number => {
  if (bidders <= units) return limit
  if (cost >= limit) return cost
  const share = cost / limit
  const wins = chanceBelow(share, bidders - 1, units)
  return (limit * units * chanceBelow(share, bidders, units + 1)) / (bidders * wins)
}

/** P(fewer than `units` of so many uniform draws are below x). */
const chanceBelow = (x: number, draws: number, units: number): number => {
  const odds = x / (1 - x)
  let term = 1
  for (let draw = 0; draw < draws; draw++) term *= 1 - x
  let sum = 0
  for (let below = 0; below < Math.min(units, draws + 1); below++) {
    sum += term
    term *= (odds * (draws - below)) / (below + 1)
  }
  return sum
}
