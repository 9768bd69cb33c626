import { Effect } from "effect"
import { usualTerms } from "../../sim/jobs/terms.ts"
import type { Rng } from "../../sim/rng.ts"
import { erlangB } from "./erlang.ts"
import { alike, estimateOf, playStream } from "./jobWorld.ts"
import { integer, real, referenceCase } from "./referenceCase.ts"

const laws: Readonly<Record<string, (rng: Rng) => number>> = {
  exponential: (rng) => rng.exponential(1),
  constant: () => 1,
  lognormal: (rng) => rng.lognormal(Math.exp(-0.5), 1),
}

export const q1 = referenceCase({
  id: "Q1",
  title: "Jobs lost by a market without a queue, for any law of their length",
  source: "Erlang B (Erlang 1917; insensitive to the law of service: Sevastyanov 1957)",
  parameters: {
    gpus: integer("GPUs", "one each at sites that ask the same", 10n, { min: 1n, max: 1_000n }),
    load: real("GPUs", "jobs of an hour that come in an hour", 8, { min: 0.1, max: 1_000 }),
    ticks: integer("days", "measured in each seed", 120n, { min: 2n, max: 100_000n }),
    seeds: integer("runs", "independent", 20n, { min: 2n, max: 10_000n }),
  },
  quantities: Object.fromEntries(Object.keys(laws).map((law) => [law, { unit: "share of jobs lost", precision: 0.01 }])),
  published: [{ at: {}, expected: { exponential: 0.12166106, constant: 0.12166106, lognormal: 0.12166106 } }],
  expected: ({ gpus, load }) => {
    const lost = erlangB(Number(gpus), load)
    return Object.fromEntries(Object.keys(laws).map((law) => [law, lost]))
  },
  measured: ({ gpus, load, ticks, seeds }) =>
    Effect.sync(() =>
      Object.fromEntries(
        Object.entries(laws).map(([law, workHours]) => {
          const shares = Array.from({ length: Number(seeds) }, (_, seed) => {
            let [asked, lost] = [0, 0]
            playStream(
              {
                seed: `q1/${law}/${seed}`,
                plans: alike(Number(gpus)),
                terms: usualTerms,
                jobsPerHour: load,
                workHours,
                warmTicks: 2,
                ticks: Number(ticks),
              },
              (tick) => {
                asked += tick.asked
                lost += tick.outcome.cloud.length
              },
            )
            return lost / asked
          })
          return [law, estimateOf(shares)]
        }),
      ),
    ),
})
