import { Effect } from "effect"
import { inSystem } from "../../sim/jobs/tally.ts"
import { erlangC } from "./erlang.ts"
import { alike, estimateOf, playStream, tickHours } from "./jobWorld.ts"
import { CaseInvalid, integer, real, referenceCase } from "./referenceCase.ts"

export const q2 = referenceCase({
  id: "Q2",
  title: "Jobs that wait in one line, and for how long",
  source: "Erlang C (Erlang 1917); L = lambda W on any path (Little 1961, Stidham 1974)",
  parameters: {
    gpus: integer("GPUs", "one each at sites that ask the same", 10n, { min: 1n, max: 1_000n }),
    load: real("GPUs", "jobs of an hour on average that come in an hour", 8, { min: 0.1, max: 1_000 }),
    ticks: integer("days", "measured in each seed", 400n, { min: 2n, max: 100_000n }),
    seeds: integer("runs", "independent", 24n, { min: 2n, max: 10_000n }),
  },
  quantities: {
    waits: { unit: "share of jobs that wait", precision: 0.02 },
    waitHours: { unit: "hours", precision: 0.02 },
    littleGap: { unit: "largest |L - lambda W| / L of any seed", precision: 1e-9 },
  },
  published: [{ at: {}, expected: { waits: 0.40918015, waitHours: 0.20459008, littleGap: 0 } }],
  expected: ({ gpus, load }) => {
    const waits = erlangC(Number(gpus), load)
    return { waits, waitHours: waits / (Number(gpus) - load), littleGap: 0 }
  },
  measured: ({ gpus, load, ticks, seeds }) =>
    Effect.gen(function* () {
      if (load >= Number(gpus))
        return yield* new CaseInvalid({ message: `load=${load} is no less than gpus=${gpus}: the line grows for ever` })
      let littleGap = 0
      const runs = Array.from({ length: Number(seeds) }, (_, seed) => {
        let [started, waited, waitHours] = [0, 0, 0]
        playStream(
          {
            seed: `q2/${seed}`,
            plans: alike(Number(gpus)),
            terms: { matching: { kind: "bestPrice" }, queue: { kind: "firstInFirstOut", backfill: 0 } },
            jobsPerHour: load,
            workHours: (rng) => rng.exponential(1),
            warmTicks: 4,
            ticks: Number(ticks),
            patienceHours: 1e9,
          },
          ({ jobs, outcome, hours }) => {
            for (const job of outcome.started) {
              started++
              if (job.waitedHours > 0) waited++
              waitHours += job.waitedHours
            }
            if (hours !== (Number(ticks) + 4) * tickHours) return
            // L is the mean number in the system, lambda W the hours that each job spent in it up to now, over the same time.
            const inside = [...jobs.running, ...jobs.waiting].map(({ arrivedHours }) => hours - arrivedHours)
            if (inside.length !== inSystem(jobs.tally)) littleGap = Infinity
            const spent = inside.reduce((sum, own) => sum + own, jobs.tally.sojournHours)
            littleGap = Math.max(littleGap, Math.abs(jobs.tally.areaHours - spent) / jobs.tally.areaHours)
          },
        )
        return { waits: waited / started, waitHours: waitHours / started }
      })
      return { waits: estimateOf(runs.map(({ waits }) => waits)), waitHours: estimateOf(runs.map(({ waitHours }) => waitHours)), littleGap }
    }),
})
