import { createHash } from "node:crypto"
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import solc from "solc"

/**
 * Compiles our contracts into `chain/artifacts`: `node chain/compile.ts` writes, `--check` exits 1 on a difference.
 * Source names are relative to the repository, so the same sources give the same bytes on every machine.
 */
const contracts = {
  "chain/burn/BurnEngine.sol": "BurnEngine",
  "chain/dollar/Dollar.sol": "Dollar",
  "chain/emissions/EmissionController.sol": "EmissionController",
  "chain/emissions/models/BaselineEmission.sol": "BaselineEmission",
  "chain/emissions/models/BondingTarget.sol": "BondingTarget",
  "chain/emissions/models/BurnAndMintEmission.sol": "BurnAndMintEmission",
  "chain/emissions/models/DecayEmission.sol": "DecayEmission",
  "chain/emissions/models/FixedEmission.sol": "FixedEmission",
  "chain/emissions/models/HalvingEmission.sol": "HalvingEmission",
  "chain/emissions/models/NetEmissionsCap.sol": "NetEmissionsCap",
  "chain/emissions/models/TableEmission.sol": "TableEmission",
  "chain/emissions/models/UtilisationPid.sol": "UtilisationPid",
  "chain/lens/WorldLens.sol": "WorldLens",
  "chain/market/JobMarket.sol": "JobMarket",
  "chain/oracle/WorkOracle.sol": "WorkOracle",
  "chain/pool3/Pool3Lens.sol": "Pool3Lens",
  "chain/pool3/SwapCaller.sol": "SwapCaller",
  "chain/registry/ProviderRegistry.sol": "ProviderRegistry",
  "chain/rewards/RewardDistributor.sol": "RewardDistributor",
  "chain/token/NetworkToken.sol": "NetworkToken",
  "chain/venue/OutsideVenue.sol": "OutsideVenue",
} as const

const settings = {
  evmVersion: "cancun",
  optimizer: { enabled: true, runs: 200 },
  viaIR: false,
  metadata: { bytecodeHash: "none" },
}

interface AbiItem {
  readonly type: string
}

interface Output {
  readonly errors?: ReadonlyArray<{ readonly severity: string; readonly formattedMessage: string }>
  readonly contracts: Record<
    string,
    Record<string, { readonly abi: ReadonlyArray<AbiItem>; readonly evm: { readonly bytecode: { readonly object: string } } }>
  >
}

const root = fileURLToPath(new URL("..", import.meta.url))
const require = createRequire(import.meta.url)

const sha256 = (text: string | Uint8Array): string => createHash("sha256").update(text).digest("hex")

const readSource = (name: string): string => readFileSync(name.startsWith("@") ? require.resolve(name) : join(root, name), "utf8")

/** The content of every artifact file, by file name. */
export const compile = (): ReadonlyMap<string, string> => {
  const sources = new Map<string, string>()
  const load = (name: string): string => {
    const content = readSource(name)
    sources.set(name, content)
    return content
  }
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(Object.keys(contracts).map((name) => [name, { content: load(name) }])),
    settings: {
      ...settings,
      outputSelection: Object.fromEntries(
        Object.entries(contracts).map(([file, name]) => [file, { [name]: ["abi", "evm.bytecode.object"] }]),
      ),
    },
  }
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: (name: string) => ({ contents: load(name) }) })) as Output
  const errors = (output.errors ?? []).filter((e) => e.severity === "error" || e.formattedMessage.includes("--> chain/"))
  if (errors.length > 0) throw new Error(errors.map((e) => e.formattedMessage).join("\n"))

  const files = new Map<string, string>()
  const hashes: Record<string, string> = {}
  for (const [file, name] of Object.entries(contracts)) {
    const compiled = output.contracts[file]?.[name]
    if (compiled === undefined) throw new Error(`${file} has no contract ${name}`)
    const bytecode = `0x${compiled.evm.bytecode.object}`
    hashes[name] = sha256(bytecode)
    files.set(`${name}.ts`, artifactText(file, compiled.abi, bytecode))
  }
  const manifest = {
    compiler: solc.version(),
    settings,
    sources: Object.fromEntries([...sources].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, content]) => [name, sha256(content)])),
    bytecode: hashes,
  }
  return files.set("manifest.json", `${JSON.stringify(manifest, undefined, 2)}\n`)
}

const artifactText = (file: string, abi: ReadonlyArray<AbiItem>, bytecode: string): string =>
  [
    `// Made from ${file} by chain/compile.ts.`,
    "export const abi = [",
    ...abi.map((item) => `  ${JSON.stringify(item)},`),
    "] as const",
    `export const bytecode = "${bytecode}" as const`,
    "",
  ].join("\n")

export const artifactFolder = join(root, "chain", "artifacts")

/** Names of the files in a folder that are missing, superfluous or of other content. */
export const differences = (files: ReadonlyMap<string, string>, folder: string): ReadonlyArray<string> => {
  const present = new Set(readdirSync(folder))
  const changed = [...files].filter(([name, text]) => !present.has(name) || readFileSync(join(folder, name), "utf8") !== text)
  const superfluous = [...present].filter((name) => !files.has(name))
  return [...changed.map(([name]) => name), ...superfluous].sort()
}

const write = (files: ReadonlyMap<string, string>, folder: string): void => {
  mkdirSync(folder, { recursive: true })
  for (const name of differences(files, folder)) {
    const text = files.get(name)
    if (text === undefined) rmSync(join(folder, name))
    else writeFileSync(join(folder, name), text)
  }
}

if (import.meta.main) {
  const files = compile()
  if (process.argv.includes("--check")) {
    const names = differences(files, artifactFolder)
    for (const name of names)
      process.stderr.write(`chain/artifacts/${name} is not what the sources compile to: run node chain/compile.ts\n`)
    process.exitCode = names.length > 0 ? 1 : 0
  } else write(files, artifactFolder)
}
