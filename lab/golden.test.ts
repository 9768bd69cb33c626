import { readdirSync } from "node:fs"
import { Effect } from "effect"
import { expect, it } from "vitest"
import { execute } from "./execution/execute.ts"
import { readScenario } from "./scenarioFile.ts"

// Every shipped scenario, and of the long ones five weeks, seed 1, on the chain. A digest that moves is a changed result: say why in CHANGELOG.md under
// "Results changed", then `npx vitest run lab/golden.test.ts -u`.
const goldenDays = 35
// A large world takes its time to be set up and does in two days whatever it does: registers, works, reports, settles a batch, publishes a tree.
const largeAgents = 1_000
const largeDays = 2
const patienceMs = 600_000

it(
  "shipped scenarios still give the digests that are committed",
  async () => {
    const digests: Record<string, string> = {}
    for (const file of readdirSync("scenarios").filter((name) => name.endsWith(".yaml"))) {
      const { scenario, catalogue } = readScenario(`scenarios/${file}`)
      const agents = scenario.agents.reduce((sum, { count }) => sum + count, 0)
      const days = Math.min(scenario.calendar.days, agents > largeAgents ? largeDays : goldenDays)
      const short = { ...scenario, calendar: { ...scenario.calendar, days } }
      digests[file] = (await Effect.runPromise(execute({ scenario: short, catalogue, seed: "1" }))).digest
    }
    await expect(`${JSON.stringify(digests, null, 2)}\n`).toMatchFileSnapshot("golden.json")
  },
  patienceMs,
)
