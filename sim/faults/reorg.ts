import { Schema } from "effect"
import { count, or, quantity } from "../quantity.ts"
import { faultKind } from "./fault.ts"

export const reorg = faultKind({
  about:
    "The chain loses blocks: what is sent in so many ticks settles in the first tick after them, before that tick's own orders. One agent's orders keep their order, as its nonces say.",
  fields: {
    chancePerTick: quantity("Chance that one begins in a tick", { unit: "share", min: 0, max: 1 }),
    delayTicks: count("How much later the orders settle", { unit: "ticks", min: 0, max: 1_000 }),
    order: Schema.Literals(["kept", "shuffled"])
      .annotate({ title: "one of kept, shuffled", description: "Whether agents of one tick change places" })
      .pipe(or("shuffled" as const)),
  },
  label: ({ delayTicks }) => `reorganisations of ${delayTicks} ${delayTicks === 1 ? "tick" : "ticks"}`,
  whileOn: ({ chancePerTick, delayTicks, order }, { rng }) => ({
    reorg: () => {
      if (!rng("reorg").chance(chancePerTick)) return undefined
      return { delayTicks, shuffle: order === "shuffled" ? rng("order") : undefined }
    },
  }),
})
