import { mkdirSync, writeFileSync } from "node:fs"
import { availableParallelism, cpus, totalmem } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { Command } from "effect/cli"
import { bench as benchChain, type Figure } from "../../chain/bench.ts"
import type { Phase } from "../../sim/run.ts"
import { DAYS_PER_YEAR } from "../../sim/units.ts"
import { execute } from "../execution/execute.ts"
import { jobEngine } from "../jobBench.ts"
import { packageFile } from "../packageRoot.ts"
import { print, printJson, say, textTable } from "../print.ts"
import { readScenario } from "../scenarioFile.ts"
import { benchGpu } from "./benchGpu.ts"
import { benchProof } from "./benchProof.ts"
import { benchQueue } from "./benchQueue.ts"
import { benchScale } from "./benchScale.ts"
import { benchChaos, benchSweep } from "./benchSweep.ts"
import { figureTable } from "./figureTable.ts"
import * as flags from "./flags.ts"

export const bench = Command.make(
  "bench",
  { out: flags.out, json: flags.json },
  Effect.fn(function* ({ out, json }) {
    say("settling 100 agents x 100 blocks by three paths, five times each")
    const chain = yield* benchChain()
    say("playing the job market of ten thousand sites")
    const engine = jobEngine()
    say("running the baseline once, and once with five pools and their liquidity providers")
    const year = yield* simulatedYear("baseline")
    const pools = yield* simulatedYear("pools-v2-v3")
    const result = {
      machine: {
        cpu: cpus()[0]?.model ?? "unknown",
        cores: availableParallelism(),
        memoryGib: Math.round(totalmem() / 2 ** 30),
        node: process.version,
      },
      measuredAt: new Date().toISOString(),
      figures: [...chain.figures, ...engine, ...yearFigures(year), poolsFigure(pools, year)],
      method: `${chain.method} secondsPerSimulatedYear: one run of the baseline, seed 1, scaled from its days to ${DAYS_PER_YEAR}; ratios of its phases to the whole; reading events is part of settle. secondsPerSimulatedYear.pools-v2-v3: the same for that scenario. jobEngine: the event engine alone, without escrow; growth is the slope of the logarithm of its time over four sizes.`,
      millisPerBlock: chain.millisPerBlock,
    }
    mkdirSync(out, { recursive: true })
    const path = join(out, "bench.json")
    writeFileSync(path, `${JSON.stringify(result, null, 2)}\n`)
    if (json) return printJson(result)
    print(
      [
        figureTable(result.figures),
        "",
        textTable(
          ["ms a block", "send", "mine", "read", "observe", "own work", "total"],
          chain.millisPerBlock.map((row) => [
            String(row.path),
            ...[row.send, row.mine, row.read, row.observe, row.ownWork, row.total].map(String),
          ]),
        ),
        "",
        result.method,
        `stored in ${path}`,
      ].join("\n"),
    )
  }),
).pipe(
  Command.withDescription("Measure speed as ratios, in one run on this machine"),
  Command.withSubcommands([benchScale, benchGpu, benchProof, benchSweep, benchQueue, benchChaos]),
)

interface Year {
  readonly total: number
  readonly phases: ReadonlyMap<Phase | "other", number>
}

/** Seconds that a year of a shipped scenario takes, as a whole and by phase. */
const simulatedYear = Effect.fn(function* (name: string) {
  const { scenario, catalogue } = readScenario(packageFile("scenarios", `${name}.yaml`))
  const millis = new Map<Phase | "other", number>()
  let phase: Phase | "other" = "other"
  let since = performance.now()
  const enter = (next: Phase | "other") => {
    const now = performance.now()
    millis.set(phase, (millis.get(phase) ?? 0) + now - since)
    phase = next
    since = now
  }
  yield* execute({ scenario, catalogue, seed: "1" }, { onPhase: enter })
  enter("other")
  const perYear = DAYS_PER_YEAR / scenario.calendar.days / 1000
  const phases = new Map([...millis].map(([name, part]) => [name, part * perYear]))
  return { total: [...phases.values()].reduce((sum, part) => sum + part, 0), phases } satisfies Year
})

const unit = "s per simulated year"

const yearFigures = ({ total, phases }: Year): ReadonlyArray<Figure> => {
  const figure = (name: string, value: number): Figure => ({ name, value, unit, ratio: value / total, against: "the whole run" })
  return [figure("secondsPerSimulatedYear", total), ...[...phases].map(([name, part]) => figure(`secondsPerSimulatedYear.${name}`, part))]
}

const poolsFigure = (pools: Year, baseline: Year): Figure => ({
  name: "secondsPerSimulatedYear.pools-v2-v3",
  value: pools.total,
  unit,
  ratio: pools.total / baseline.total,
  against: "secondsPerSimulatedYear",
})
