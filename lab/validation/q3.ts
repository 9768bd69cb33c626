import { Effect } from "effect"
import { alike, estimateOf, playStream } from "./jobWorld.ts"
import { integer, real, referenceCase } from "./referenceCase.ts"

export const q3 = referenceCase({
  id: "Q3",
  title: "Jobs that ask some providers at random and take the shortest queue",
  source: "Mitzenmacher 2001, for infinitely many providers",
  parameters: {
    providers: integer("providers", "with a GPU each", 500n, { min: 10n, max: 100_000n }),
    load: real("GPUs", "work that comes, for each GPU", 0.9, { min: 0.01, max: 0.99 }),
    choices: integer("providers", "that each job asks", 2n, { min: 1n, max: 100n }),
    ticks: integer("days", "measured in each seed", 6n, { min: 1n, max: 100_000n }),
    seeds: integer("runs", "independent", 8n, { min: 2n, max: 10_000n }),
  },
  quantities: { sojournHours: { unit: "hours", precision: 0.015 } },
  published: [{ at: {}, expected: { sojournHours: 2.614 } }],
  expected: ({ load, choices }) => {
    const d = Number(choices)
    let sum = 0
    for (let length = 1; length < 60; length++) {
      const exponent = d === 1 ? length - 1 : (d ** length - d) / (d - 1)
      if (exponent > 1e6) break
      sum += load ** exponent
    }
    return { sojournHours: d === 1 ? 1 / (1 - load) : sum }
  },
  measured: ({ providers, load, choices, ticks, seeds }) =>
    Effect.sync(() => ({
      sojournHours: estimateOf(
        Array.from({ length: Number(seeds) }, (_, seed) => {
          let [done, hours] = [0, 0]
          playStream(
            {
              seed: `q3/${seed}`,
              plans: alike(Number(providers)),
              terms: { matching: { kind: "powerOfChoices", choices: Number(choices) }, queue: { kind: "none" } },
              jobsPerHour: load * Number(providers),
              workHours: (rng) => rng.exponential(1),
              warmTicks: 2,
              ticks: Number(ticks),
              patienceHours: 1e9,
            },
            ({ outcome }) => {
              for (const job of outcome.done) {
                done++
                hours += job.endHours - job.arrivedHours
              }
            },
          )
          return hours / done
        }),
      ),
    })),
})
