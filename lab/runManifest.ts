import { createHash } from "node:crypto"
import { Effect, Schema } from "effect"
import { anvilIdentity } from "../chain/anvil.ts"
import { manifest as contracts } from "../chain/artifacts.ts"
import type { LedgerUnavailable } from "../sim/ledger.ts"
import { type Catalogue, CloudPreset, EnergyPreset } from "../sim/preset.ts"
import { Profile } from "../sim/profile.ts"
import type { Scenario } from "../sim/scenario.ts"
import packageJson from "../package.json" with { type: "json" }
import { codeVersion } from "./codeVersion.ts"
import { canonicalJson } from "./execution/canonicalJson.ts"
import type { RunOrder } from "./execution/execute.ts"
import { sha256 } from "./execution/sha256.ts"
import { scenarioHash } from "./scenarioFile.ts"

const { Int, Record, String: Text, Struct } = Schema

/** What made a result, as far as it can change one. */
const Maker = Struct({
  depinlab: Text,
  /** sha256 of the sources. */
  code: Text,
  node: Text,
  anvil: Text,
  anvilSha256: Text,
  solc: Text,
  /** sha256 of each contract's creation bytecode. */
  contracts: Record(Text, Text),
})
export type Maker = typeof Maker.Type

/** The deterministic description of a finished run: what went in, what made it, what came out. */
export const RunManifest = Struct({
  version: Schema.Literal(1),
  id: Text,
  seed: Text,
  scenarioHash: Text,
  /** Complete, with defaults filled in. Checked against the schema of scenarios when it is used. */
  scenario: Schema.Unknown,
  catalogue: Struct({
    gpus: Schema.Array(Profile),
    clouds: Schema.Array(CloudPreset),
    energies: Schema.Array(EnergyPreset),
  }),
  maker: Maker,
  ticks: Int,
  transactions: Int,
  reverts: Int,
  stateRoot: Text,
  digest: Text,
})
export type RunManifest = Omit<typeof RunManifest.Type, "scenario"> & { readonly scenario: Scenario }

/** This program, on this machine, today. */
export const currentMaker: Effect.Effect<Maker, LedgerUnavailable> = Effect.map(anvilIdentity, (anvil) => ({
  depinlab: packageJson.version,
  code: codeVersion(),
  node: process.version,
  anvil: anvil.version,
  anvilSha256: anvil.sha256,
  solc: contracts.compiler,
  contracts: contracts.bytecode,
}))

/** The part of a manifest that is known before the run; its hash is the run's id, so that equal inputs are executed once. */
export const runInputs = ({ scenario, catalogue, seed }: RunOrder, maker: Maker) => {
  const inputs = {
    version: 1 as const,
    seed,
    scenarioHash: scenarioHash(scenario),
    scenario,
    catalogue: catalogueParts(catalogue),
    maker,
  }
  return { id: sha256(canonicalJson(inputs)).slice(0, idLength), ...inputs }
}

const idLength = 16

/** The ids of the runs of one scenario, by their seeds; the same as `runInputs` gives, with all but the seed hashed once. */
export const runIds = (scenario: Omit<RunOrder, "seed">, maker: Maker): ((seed: string) => string) => {
  const { id: _, ...inputs } = runInputs({ ...scenario, seed: "" }, maker)
  const text = canonicalJson(inputs)
  const place = text.lastIndexOf('""')
  const before = createHash("sha256").update(text.slice(0, place))
  const after = text.slice(place + 2)
  return (seed) =>
    before
      .copy()
      .update(`${JSON.stringify(seed)}${after}`)
      .digest("hex")
      .slice(0, idLength)
}

export const catalogueParts = ({ gpus, clouds, energies }: Catalogue): RunManifest["catalogue"] => ({
  gpus: [...gpus.values()],
  clouds: [...clouds.values()],
  energies: [...energies.values()],
})

/** The outside facts of a finished run, as a run wants them. */
export const catalogueFrom = ({ gpus, clouds, energies }: RunManifest["catalogue"]): Catalogue => ({
  gpus: new Map(gpus.map((item) => [item.id, item])),
  clouds: new Map(clouds.map((item) => [item.id, item])),
  energies: new Map(energies.map((item) => [item.id, item])),
})

/** What to know when a run was made by other code than this; undefined when it was this. */
export const codeVersionNote = (maker: Maker): string | undefined =>
  maker.code === codeVersion()
    ? undefined
    : `made by code ${maker.code.slice(0, 12)}, executed by ${codeVersion().slice(0, 12)}; results may rightly differ`
