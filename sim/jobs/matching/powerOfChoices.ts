import { Schema } from "effect"
import { count, or } from "../../quantity.ts"
import { type Match, type Matcher, type MarketDay, openMatch } from "./matcher.ts"
import { rateFor } from "./offerBook.ts"

/**
 * Each job asks a few providers at random and joins the one that is least loaded, if need be in its own queue, at the price that it asks then. The
 * first asked wins a tie. Providers that will not do, or are too dear, are not counted, but a buyer does not ask for ever.
 */
export const Params = Schema.Struct({
  kind: Schema.Literal("powerOfChoices"),
  choices: count("Providers that each job asks", { unit: "providers", min: 1, max: 1_000 }).pipe(or(2)),
})

/** Providers that are asked for each that is counted, at most. */
const callsPerChoice = 8

export const powerOfChoices = ({ choices }: typeof Params.Type, day: MarketDay): Matcher => {
  const { floor, gpus } = day
  const { plans } = floor
  const rng = day.rng("powerOfChoices")
  const open: Array<number> = []
  for (let site = 0; site < plans.length; site++) if (plans[site]!.gpusOffered > 0) open.push(site)
  const match: Match = openMatch()
  const isGood = (site: number, { gpuCount, limitUsdPerWorkHour }: Parameters<Matcher["find"]>[0], rate: number) =>
    rate > 0 && plans[site]!.gpusOffered >= gpuCount && plans[site]!.askUsdPerGpuHour / rate <= limitUsdPerWorkHour
  const rateAt = (site: number, request: Parameters<Matcher["find"]>[0]) =>
    rateFor(request, gpus.get(plans[site]!.gpu)!, plans[site]!.region, day.roundTripMs)
  return {
    setRoom: () => {},
    couldTake: () => false,
    hasOwnQueues: true,
    find: (request) => {
      let best = -1
      let least = Infinity
      let answers = 0
      for (let call = 0; call < choices * callsPerChoice && answers < choices && open.length > 0; call++) {
        const site = open[Math.floor(rng.uniform() * open.length)]!
        if (!isGood(site, request, rateAt(site, request))) continue
        answers++
        const load = floor.claimedGpus(site) / plans[site]!.gpusOffered
        if (load >= least) continue
        best = site
        least = load
      }
      if (best < 0) return undefined
      match.site = best
      match.usdPerGpuHour = plans[best]!.askUsdPerGpuHour
      return match
    },
  }
}
