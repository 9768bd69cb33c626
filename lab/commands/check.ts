import { Effect } from "effect"
import { Command } from "effect/cli"
import { tickCount } from "../../sim/clock.ts"
import { firstEmissionTokens } from "../../sim/protocols/emissions/index.ts"
import type { ScenarioInvalid } from "../dataFile.ts"
import { attempt } from "../experiment.ts"
import { print, printJson, textTable } from "../print.ts"
import { type CheckedScenario, readScenario } from "../scenarioFile.ts"
import * as flags from "./flags.ts"

export const check = Command.make(
  "check",
  { file: flags.scenarioFile, json: flags.json },
  Effect.fn(function* ({ file, json }) {
    const { scenario, hash } = yield* attempt<ScenarioInvalid, CheckedScenario>(() => readScenario(file))
    const { name, question, calendar, seeds, agents, shocks, objectives } = scenario
    const { emissions, token } = scenario.protocols
    const summary = { name, question, hash, days: calendar.days, ticks: tickCount(calendar), seeds, emissions, agents, shocks, objectives }
    if (json) return printJson(summary)
    const groups = agents.map((group) => [group.id, group.kind, String(group.count), "gpu" in group ? String(group.gpu) : ""])
    print(
      [
        `${name}: ${question}`,
        `${calendar.days} days in ${summary.ticks} ticks from ${calendar.start}, ${seeds} seeds, ${shocks.length} shocks, ${objectives.length} objectives`,
        `emission: ${emissions.kind}, ${firstEmissionTokens(emissions, token.genesisTokens)} tokens in the first epoch, before anything is bonded, burned or verified`,
        `scenario hash ${hash}`,
        "",
        textTable(["group", "kind", "count", "GPU"], groups),
      ].join("\n"),
    )
  }),
).pipe(Command.withDescription("Check a scenario file and print what is in it"))
