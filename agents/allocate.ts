/** A farm as a large staker sees it: what it pays to all, and what the others have staked in it. */
export interface Offer {
  readonly id: string
  readonly reward: number
  readonly othersStake: number
}

/**
 * Divides capital over farms so that the reward is greatest: the capital gets the share v / (v + others) of each farm's reward, so at the best
 * division another unit earns the same in every farm that is used. Farms that pay nothing get nothing.
 */
export const allocate = (capital: number, offers: ReadonlyArray<Offer>): ReadonlyMap<string, number> => {
  const parts = new Map(offers.map(({ id }) => [id, 0]))
  if (capital <= 0) return parts
  // In a farm without others any stake takes everything; a thousandth of the capital stands for it.
  const paying = offers
    .filter(({ reward }) => reward > 0)
    .map(({ id, reward, othersStake }) => ({ id, reward, others: Math.max(othersStake, capital / 1000) }))
    .toSorted((a, b) => b.reward / b.others - a.reward / a.others)
  // The first unit earns reward / others: farms come in one after the other while it earns more there than at the margin of those before.
  let [othersSum, rootSum] = [0, 0]
  const used: Array<(typeof paying)[number]> = []
  for (const offer of paying) {
    const margin = rootSum > 0 ? (rootSum / (capital + othersSum)) * (rootSum / (capital + othersSum)) : 0
    if (used.length > 0 && offer.reward / offer.others <= margin) break
    used.push(offer)
    othersSum += offer.others
    rootSum += Math.sqrt(offer.reward * offer.others)
  }
  for (const { id, reward, others } of used) parts.set(id, (Math.sqrt(reward * others) / rootSum) * (capital + othersSum) - others)
  return parts
}
