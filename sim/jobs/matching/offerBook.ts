import { compareIds } from "../../sequence.ts"
import type { Floor } from "../floor.ts"

/** The sites of one class of hardware, cheapest first, and among these the first that has room. */
export interface Offers {
  readonly gpu: string
  /** The cheapest site with so many free GPUs, or -1. */
  readonly firstWithRoom: (gpus: number) => number
}

/** What the sites offer in one tick, for which plans are fixed; only the room changes. */
export interface OfferBook {
  readonly offers: ReadonlyArray<Offers>
  /** A site has so many free GPUs from now on. */
  readonly setRoom: (site: number, gpus: number) => void
  /** Whether the id of a site comes before that of another. */
  readonly isBefore: (site: number, other: number) => boolean
}

export const offerBook = ({ ids, plans, freeGpus }: Floor, hours: number): OfferBook => {
  const rank = ranksById(ids)
  const asks = new Float64Array(ids.length)
  const members = new Map<string, Array<number>>()
  for (let site = 0; site < ids.length; site++) {
    const { gpu, gpusOffered, askUsdPerGpuHour } = plans[site]!
    if (gpusOffered === 0) continue
    asks[site] = askUsdPerGpuHour
    const known = members.get(gpu)
    if (known === undefined) members.set(gpu, [site])
    else known.push(site)
  }
  const leaves = new Int32Array(ids.length)
  const trees: Array<Int32Array | undefined> = Array.from({ length: ids.length })
  const offers = [...members].map(([gpu, sites]): Offers => {
    const order = Int32Array.from(sites).sort((a, b) => asks[a]! - asks[b]! || rank[a]! - rank[b]!)
    const width = powerOfTwoFrom(order.length)
    const tree = new Int32Array(2 * width)
    for (let place = 0; place < order.length; place++) {
      const site = order[place]!
      leaves[site] = width + place
      trees[site] = tree
      tree[width + place] = Math.max(0, freeGpus(site, hours))
    }
    for (let node = width - 1; node > 0; node--) tree[node] = Math.max(tree[2 * node]!, tree[2 * node + 1]!)
    return {
      gpu,
      firstWithRoom: (gpus) => {
        if (tree[1]! < gpus) return -1
        let node = 1
        while (node < width) node = tree[2 * node]! >= gpus ? 2 * node : 2 * node + 1
        return order[node - width]!
      },
    }
  })
  return {
    offers,
    isBefore: (site, other) => rank[site]! < rank[other]!,
    setRoom: (site, gpus) => {
      const tree = trees[site]
      if (tree === undefined) return
      let node = leaves[site]!
      tree[node] = Math.max(0, gpus)
      for (node >>= 1; node > 0; node >>= 1) {
        const most = Math.max(tree[2 * node]!, tree[2 * node + 1]!)
        if (tree[node] === most) break
        tree[node] = most
      }
    },
  }
}

/** The place of each id among all, by code units. */
const ranksById = (ids: ReadonlyArray<string>): Int32Array => {
  const ranks = new Int32Array(ids.length)
  const isSorted = ids.every((id, index) => index === 0 || ids[index - 1]! < id)
  const order = isSorted ? undefined : ids.map((_, index) => index).sort((a, b) => compareIds(ids[a]!, ids[b]!))
  for (let place = 0; place < ids.length; place++) ranks[order?.[place] ?? place] = place
  return ranks
}

const powerOfTwoFrom = (count: number): number => {
  let power = 1
  while (power < count) power *= 2
  return power
}
