import { metricOf } from "../../sim/metric.ts"
import { metrics } from "../../sim/metrics/index.ts"
import { modelLimits } from "../modelLimits.ts"
import type { RunManifest } from "../runManifest.ts"
import { scenarioJsonSchema } from "../commands/schema.ts"
import { agentRules } from "./agentRules.ts"
import type { ExportSource } from "./exportSource.ts"
import { type Parameter, parametersOf } from "./parametersOf.ts"

/**
 * The model of one scenario in the order of the ODD protocol: Grimm et al. (2020), The ODD protocol for describing agent-based and other
 * simulation models: a second update, JASSS 23(2) 7, doi:10.18564/jasss.4259.
 */
export const oddProtocol = (manifest: RunManifest, { sweep }: ExportSource): string => {
  const { scenario, catalogue } = manifest
  const rules = agentRules()
  const kinds = [...new Set(scenario.agents.map(({ kind }) => kind))]
  const parameters = parametersOf(scenario, scenarioJsonSchema())
  const { days, ticksPerDay } = scenario.calendar
  const protocols = Object.keys(scenario.protocols)
  const own = (start: string) => parameters.filter(({ path }) => path.startsWith(start))
  const lines = [
    `# ODD protocol of \`${scenario.name}\``,
    "Filled in from the scenario and the program that ran it; the elements follow Grimm et al. (2020), JASSS 23(2) 7, doi:10.18564/jasss.4259.",

    "## 1. Purpose and patterns",
    `**Purpose.** ${plain(scenario.question)}`,
    sweep === undefined
      ? ""
      : `The sweep \`${plain(sweep.title)}\` asks: ${plain(sweep.question)} It varies ${sweep.knobs.map(({ id, paths }) => `\`${id}\` (${paths.join(", ")})`).join(", ")}.`,
    "**Patterns.** The model is judged by the objectives of the scenario; the reference cases of `lab validate` compare its parts with numbers that others published.",
    ...scenario.objectives.map(
      ({ metric, window, op, value, probability }) =>
        `- ${metricOf(metrics, metric)?.label ?? metric} (${window}) ${op} ${value} in at least ${probability * 100} % of runs`,
    ),

    "## 2. Entities, state variables, and scales",
    "**Entities.** Agents in groups, contracts on a chain, machines at sites, jobs, and the outside world (demand, prices, faults).",
    table(
      ["group", "kind", "agents"],
      scenario.agents.map(({ id, kind, count }) => [id, kind, String(count)]),
    ),
    `**State.** Every balance, stake, escrow and reward is the state of a deployed contract (${protocols.join(", ")}); agents keep only a memory of their own. ` +
      "State variables that are observed are the columns of `series`; those of agents at the end are the columns of `agents`.",
    `**Scales.** One tick is ${24 / ticksPerDay} hour${24 / ticksPerDay === 1 ? "" : "s"} and one block or several; a run has ${days} days of ${ticksPerDay} ticks. Space enters only by regions with their energy prices.`,

    "## 3. Process overview and scheduling",
    "In each tick, in this order: (1) demand, energy price, reference price and faults are drawn; (2) the state of all contracts is read once; (3) every agent decides " +
      "on that same view; (4) jobs arrive, are matched, run and fail within the tick, event by event; (5) all orders are put in a sequence " +
      `(\`${scenario.sequence}\`, ties by agent id); (6) they are settled as transactions; (7) receipts become facts, a refused transaction among them; ` +
      "(8) invariants (conservation of tokens and dollars, escrow, stake, reserves) are checked, and a breach ends the run; (9) the row of the tick is written.",

    "## 4. Design concepts",
    "**Basic principles.** Supply meets demand at prices that agents set; rewards and burns are rules of contracts, and their effects follow from agents' answers to them.",
    "**Emergence.** Token price, number of providers, utilisation and who earns follow from agents and contracts; emission, burn shares and fees are imposed.",
    "**Adaptation, objectives, learning, prediction.** By kind of agent:",
    ...kinds.map((kind) => `- \`${kind}\`: ${rules[kind] ?? "no description in this version"}`),
    "**Sensing.** All agents see the same state of the chain of the tick before; what else one knows is told in its rule above.",
    "**Interaction.** Only by contracts (pools, markets, staking) and by the matching of jobs.",
    "**Stochasticity.** Every agent and process has named random streams of its own, seeded by the run; equal seeds share all draws across variants, so that differences are paired.",
    "**Collectives.** Groups share parameters' distributions and nothing else, unless a scenario gives them shared answers or bribes.",
    "**Observation.** The tables `runs`, `series` and `agents`; their columns are described in `ro-crate-metadata.json`.",

    "## 5. Initialization",
    "Contracts are deployed and agents funded on a fresh chain before tick 1. Parameters with a distribution are drawn once for each agent. Values of this scenario:",
    parameterTable(own("agents.")),

    "## 6. Input data",
    "Outside facts, each with its source:",
    ...catalogue.gpus.map(({ id, label, date }) => `- profile \`${id}\` (${label}), ${date}`),
    ...catalogue.clouds.flatMap(({ id, offers }) =>
      offers.map(({ cloud, instance, source, date }) => `- cloud price \`${id}\`: ${cloud} ${instance}, ${source}, ${date}`),
    ),
    ...catalogue.energies.flatMap(({ id, regions }) =>
      regions.map(({ label, source, date }) => `- energy price \`${id}\`: ${label}, ${source}, ${date}`),
    ),
    scenario.faults.length === 0 ? "There are no faults." : "Faults on a calendar:",
    ...scenario.faults.map(({ kind, fromDay, toDay }) => `- ${kind}, day ${fromDay} to ${toDay}`),

    "## 7. Submodels",
    "**Contracts**, executed as bytecode on Anvil; hashes are in the manifest of each run. Parameters:",
    parameterTable(own("protocols.")),
    "**Markets and processes**:",
    parameterTable(own("markets.")),
    "**Calendar and chain**:",
    parameterTable([...own("calendar."), ...own("chain.")]),

    "## Limits of the model",
    ...modelLimits.map((limit) => `- ${limit}`),
  ]
  return `${lines
    .filter((line) => line !== "")
    .join("\n\n")
    .replaceAll(/\n\n(?=- )/g, "\n")}\n`
}

const parameterTable = (parameters: ReadonlyArray<Parameter>): string =>
  parameters.length === 0
    ? "None."
    : table(
        ["parameter", "value", "meaning [unit]"],
        parameters.map(({ path, value, description }) => [`\`${path}\``, value, description]),
      )

const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  [head, head.map(() => "---"), ...rows.map((row) => row.map(plain))].map((row) => `| ${row.join(" | ")} |`).join("\n")

/** Text of a scenario as one line that is no markup. */
const plain = (text: string): string => text.replaceAll(/\s+/g, " ").replaceAll(/[|<>]/g, (character) => `\\${character}`)
