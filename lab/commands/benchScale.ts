import { mkdirSync, writeFileSync } from "node:fs"
import { availableParallelism, cpus } from "node:os"
import { join } from "node:path"
import { Effect, Schema } from "effect"
import { Command, Flag } from "effect/cli"
import { execute } from "../execution/execute.ts"
import { packageFile } from "../packageRoot.ts"
import { print, printJson, say, textTable } from "../print.ts"
import { growthExponent } from "../scale/growth.ts"
import { type Cost, processCost } from "../scale/processCost.ts"
import { resized, type Size } from "../scale/resized.ts"
import { scaleChart, type Series } from "../scale/scaleChart.ts"
import { readScenario } from "../scenarioFile.ts"
import * as flags from "./flags.ts"

const days = Flag.Int("days").pipe(
  Flag.withMetavar("N"),
  Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 30 }, { expected: "a whole number from 1 to 30" }))),
  Flag.withDescription("Simulated days of each run (default: 5)"),
  Flag.withDefault(5),
)

/** Parts of the shipped scenario, or multiples of it. What does not grow is small, so that what it costs does not hide the growth. */
const providersGrow: ReadonlyArray<Omit<Size, "days">> = [0.125, 0.25, 0.5, 1].map((providers) => ({ providers, jobs: 0.03 }))
/** An eighth of the providers, each with so many GPUs that all together have room for every job of the largest size. */
const gpusWhereJobsGrow = 32
const jobsGrow: ReadonlyArray<Omit<Size, "days">> = [0.5, 1, 2, 4].map((jobs) => ({ providers: 0.125, jobs, gpus: gpusWhereJobsGrow }))

export const benchScale = Command.make(
  "scale",
  { out: flags.out, json: flags.json, days },
  Effect.fn(function* ({ out, json, days }) {
    const { scenario, catalogue } = readScenario(packageFile("scenarios", "ten-thousand.yaml"))
    const measured: Array<Measured> = []
    // The runtime compiles its own code once; a first small run takes that out of the first figure.
    yield* measure({ providers: 0.02, jobs: 0.02, days: 1 })
    for (const size of [...providersGrow, ...jobsGrow]) measured.push(yield* measure({ ...size, days }))
    const [byProviders, byJobs] = [measured.slice(0, providersGrow.length), measured.slice(providersGrow.length)]
    const series = [
      seriesOf("Providers", `providers, with ${count(byProviders[0]!.jobs)} jobs in a run`, byProviders, ({ providers }) => providers),
      seriesOf(
        "Jobs",
        `jobs done in a run, with ${count(byJobs[0]!.providers)} providers of ${gpusWhereJobsGrow} times the GPUs`,
        byJobs,
        ({ jobs }) => jobs,
      ),
    ]
    const machine = { cpu: cpus()[0]?.model ?? "unknown", cores: availableParallelism(), node: process.version }
    const method = `ten-thousand.yaml, seed 1, ${days} days each, a run after the other in one process; set-up included; dashed: linear growth`
    const result = { machine, measuredAt: new Date().toISOString(), method, series, measured }
    mkdirSync(out, { recursive: true })
    writeFileSync(join(out, "scale.json"), `${JSON.stringify(result, null, 2)}\n`)
    writeFileSync(join(out, "scale.svg"), scaleChart(series, method))
    if (json) return printJson(result)
    print(
      [
        textTable(
          ["providers", "jobs", "processor s", "wall s", "MiB, host and Anvil"],
          measured.map(({ providers, jobs, cpuSeconds, wallSeconds, memoryMib }) => [
            count(providers),
            count(jobs),
            cpuSeconds.toFixed(1),
            wallSeconds.toFixed(1),
            memoryMib.toFixed(0),
          ]),
        ),
        ...series.map(({ name, exponent }) => `growth in ${name.toLowerCase()}: exponent ${exponent.toFixed(3)}`),
        method,
        `stored in ${join(out, "scale.json")} and scale.svg`,
      ].join("\n"),
    )

    function* measureRun(size: Size) {
      const large = resized(scenario, size)
      const providers = large.agents.reduce((sum, group) => (group.kind === "provider" ? sum + group.count : sum), 0)
      say(`${count(providers)} providers, ${size.jobs} times the jobs, ${size.days} days`)
      const start = performance.now()
      const before = processCost()
      let jobs = 0
      let last = before
      yield* execute(
        { scenario: large, catalogue, seed: "1" },
        {
          onTick: ({ row }) => {
            jobs += row["jobsServed"] ?? 0
            last = processCost()
          },
        },
      )
      const cpuSeconds = last.cpuSeconds - before.cpuSeconds
      return { providers, jobs, cpuSeconds, wallSeconds: (performance.now() - start) / 1000, memoryMib: last.memoryMib } satisfies Measured
    }
    function measure(size: Size) {
      return Effect.gen(() => measureRun(size))
    }
  }),
).pipe(Command.withDescription("Measure how the cost of a run grows with providers and with jobs, at four sizes each"))

interface Measured extends Cost {
  readonly providers: number
  readonly jobs: number
  readonly wallSeconds: number
}

const count = (value: number): string => value.toLocaleString("en-US")

const seriesOf = (name: string, unit: string, measured: ReadonlyArray<Measured>, sizeOf: (one: Measured) => number): Series => {
  const points = measured.map((one) => ({ size: sizeOf(one), cost: one.cpuSeconds }))
  return { name, unit, exponent: growthExponent(points), points }
}
