import type { World } from "../world.ts"

/**
 * What goes wrong with the nodes of one feed in a tick. Faults say it through the ports, and nodes look nowhere else, so a feed is down, stale, slow,
 * biased or bribed only through what its nodes then do.
 */
export interface FeedStrain {
  /** Chance of each node to be silent, beyond its own. */
  readonly downShare: number
  /** Nodes repeat the price that they told last. */
  readonly isFrozen: boolean
  /** Added to each node's own. */
  readonly lagHours: number
  /** What every node sees, in times of the truth: a broken source. */
  readonly biasFactor: number
  /** Chance of each node to take a bribe in a round and to say the target, in times of the truth. */
  readonly bribedShare: number
  readonly targetFactor: number
}

export const noStrain: FeedStrain = { downShare: 0, isFrozen: false, lagHours: 0, biasFactor: 1, bribedShare: 0, targetFactor: 1 }

/** Two at once; a node takes the higher bribe. */
export const bothStrains = (a: FeedStrain, b: FeedStrain): FeedStrain => {
  if (a === noStrain) return b
  const briber = b.bribedShare > a.bribedShare ? b : a
  return {
    downShare: 1 - (1 - a.downShare) * (1 - b.downShare),
    isFrozen: a.isFrozen || b.isFrozen,
    lagHours: a.lagHours + b.lagHours,
    biasFactor: a.biasFactor * b.biasFactor,
    bribedShare: briber.bribedShare,
    targetFactor: briber.targetFactor,
  }
}

export const strainOn = ({ feedStrain }: Pick<World, "feedStrain">, feed: string): FeedStrain => feedStrain?.(feed) ?? noStrain
