import { createHash } from "node:crypto"
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

/**
 * Compiles contracts into `chain/artifacts`: `node chain/compile.ts` writes, `--check` exits 1 on a difference.
 * Source names are relative to the repository or to a package, so the same sources give the same bytes on every machine.
 */
const contracts = {
  "chain/burn/BurnEngine.sol": "BurnEngine",
  "chain/burn/TaxDesk.sol": "TaxDesk",
  "chain/burn/VoteLock.sol": "VoteLock",
  "chain/chainlink/FeedPrice.sol": "FeedPrice",
  "chain/chainlink/MedianFeed.sol": "MedianFeed",
  "chain/chainlink/SubmittedFeed.sol": "SubmittedFeed",
  "chain/chainlink/UptimeUpkeep.sol": "UptimeUpkeep",
  "chain/chainlink/WardedRegistry.sol": "WardedRegistry",
  "chain/claims/ClaimDesk.sol": "ClaimDesk",
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
  "chain/farm/ChefBudget.sol": "ChefBudget",
  "chain/farm/FarmLens.sol": "FarmLens",
  "chain/kyc/TokenGate.sol": "TokenGate",
  "chain/graph/GraphLens.sol": "GraphLens",
  "chain/lending/HardwareLender.sol": "HardwareLender",
  "chain/lending/LentRegistry.sol": "LentRegistry",
  "chain/lens/WorldLens.sol": "WorldLens",
  "chain/market/BatchMarket.sol": "BatchMarket",
  "chain/market/DisputedMarket.sol": "DisputedMarket",
  "chain/market/JobMarket.sol": "JobMarket",
  "chain/market/VulnerableMarket.sol": "VulnerableMarket",
  "chain/oracle/CheckedWorkOracle.sol": "CheckedWorkOracle",
  "chain/oracle/QuorumOracle.sol": "QuorumOracle",
  "chain/oracle/WorkOracle.sol": "WorkOracle",
  "chain/pool3/Pool3Lens.sol": "Pool3Lens",
  "chain/pool3/SwapCaller.sol": "SwapCaller",
  "chain/pool4/Pool4Desk.sol": "Pool4Desk",
  "chain/pool4/Pool4Lens.sol": "Pool4Lens",
  "chain/pool4/VolatilityFee.sol": "VolatilityFee",
  "chain/registry/CourtRegistry.sol": "CourtRegistry",
  "chain/registry/ProviderRegistry.sol": "ProviderRegistry",
  "chain/registry/SlashingCourt.sol": "SlashingCourt",
  "chain/rewards/MerkleRewards.sol": "MerkleRewards",
  "chain/rewards/RewardDistributor.sol": "RewardDistributor",
  "chain/spotChecks/SpotChecks.sol": "SpotChecks",
  "chain/staking/TokenStaking.sol": "TokenStaking",
  "chain/token/NetworkToken.sol": "NetworkToken",
  "chain/token/TaxedToken.sol": "TaxedToken",
  "chain/vault/MasterChefStrategy.sol": "MasterChefStrategy",
  "chain/vault/StakingRewardsStrategy.sol": "StakingRewardsStrategy",
  "chain/vault/VaultLens.sol": "VaultLens",
  "chain/vault/YieldVault.sol": "YieldVault",
  "chain/venue/OutsideVenue.sol": "OutsideVenue",
  "chain/vesting/TokenVesting.sol": "TokenVesting",
} as const

/** One compiler and what it compiles. */
interface Toolchain {
  readonly compiler: "solc" | "solc-0.5.16" | "solc-0.6.12" | "solc-0.8.26"
  readonly settings: object
  /** Name of the contract in each source file. */
  readonly contracts: Readonly<Record<string, string>>
  /** Packages that sources import by another name than the one they are installed by. */
  readonly aliases?: Readonly<Record<string, string>>
  /** Whose licences the bytecode is under, where it is not ours. */
  readonly licences?: ReadonlyArray<string>
}

const optimizer = { enabled: true, runs: 200 }
const settings = { evmVersion: "cancun", optimizer, viaIR: false, metadata: { bytecodeHash: "none" } }

/** Chainlink's sources name the version of OpenZeppelin in their imports. */
const chainlinkAliases = {
  "@openzeppelin/contracts@4.8.3": "@openzeppelin/contracts-4.8.3",
  "@openzeppelin/contracts@5.0.2": "@openzeppelin/contracts-5.0.2",
}

/** The packages hold these sources without bytecode; their own pragmas choose the compiler. */
const packaged: ReadonlyArray<Toolchain> = [
  {
    compiler: "solc-0.5.16",
    settings: { evmVersion: "istanbul", optimizer },
    contracts: { "synthetix/contracts/StakingRewards.sol": "StakingRewards" },
    licences: ["synthetix/LICENSE", "openzeppelin-solidity-2.3.0/LICENSE"],
  },
  {
    compiler: "solc-0.6.12",
    settings: { evmVersion: "istanbul", optimizer, metadata: { bytecodeHash: "none" } },
    contracts: { "@sushiswap/core/contracts/MasterChef.sol": "MasterChef" },
    aliases: { "@openzeppelin/contracts": "openzeppelin-contracts-3.1.0" },
    // OpenZeppelin 3.1.0 comes without its licence file; the terms are those of 2.3.0.
    licences: ["@sushiswap/core/LICENSE", "openzeppelin-solidity-2.3.0/LICENSE"],
  },
  {
    // As the package builds its data feeds; the forwarder, which it builds with 0.8.24, allows the same compiler.
    compiler: "solc-0.8.26",
    settings: { evmVersion: "paris", optimizer: { enabled: true, runs: 10_000 }, metadata: { bytecodeHash: "none" } },
    contracts: {
      "@chainlink/contracts/src/v0.8/keystone/KeystoneForwarder.sol": "KeystoneForwarder",
      "@chainlink/contracts/src/v0.8/data-feeds/DataFeedsCache.sol": "DataFeedsCache",
    },
    aliases: chainlinkAliases,
    licences: ["chain/chainlink/LICENSE", "openzeppelin-solidity-2.3.0/LICENSE"],
  },
]

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

const readPackaged = (name: string): string => readFileSync(require.resolve(name), "utf8")

const readSource = (name: string, aliases: Readonly<Record<string, string>> = {}): string => {
  if (name.startsWith("chain/")) return readFileSync(join(root, name), "utf8")
  const alias = Object.keys(aliases).find((prefix) => name.startsWith(`${prefix}/`))
  return readPackaged(alias === undefined ? name : `${aliases[alias]}${name.slice(alias.length)}`)
}

interface Compiled {
  readonly compiler: string
  /** Every source by its name in the input. */
  readonly sources: ReadonlyMap<string, string>
  readonly artifacts: ReadonlyArray<{ readonly name: string; readonly bytecode: string; readonly text: string }>
}

const compileWith = ({ compiler, settings, contracts, aliases, licences = [] }: Toolchain): Compiled => {
  const solc = require(compiler) as { compile: (input: string, callbacks: object) => string; version: () => string }
  const sources = new Map<string, string>()
  const load = (name: string): string => {
    const content = readSource(name, aliases)
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

  const artifacts = Object.entries(contracts).map(([file, name]) => {
    const compiled = output.contracts[file]?.[name]
    if (compiled === undefined) throw new Error(`${file} has no contract ${name}`)
    const bytecode = `0x${compiled.evm.bytecode.object}`
    return { name, bytecode, text: licenceText(licences) + artifactText(file, compiled.abi, bytecode) }
  })
  return { compiler: solc.version(), sources, artifacts }
}

/** The content of every artifact file, by file name. */
export const compile = (): ReadonlyMap<string, string> => {
  const ours = compileWith({ compiler: "solc", settings, contracts, aliases: chainlinkAliases })
  const theirs = packaged.map((toolchain) => ({ ...compileWith(toolchain), settings: toolchain.settings }))
  const all = [ours, ...theirs]
  const files = new Map(all.flatMap(({ artifacts }) => artifacts.map(({ name, text }) => [`${name}.ts`, text])))
  const sources = all.flatMap((one) =>
    [...one.sources].map(([name, content]) => [sourceName(one.compiler, name, ours), sha256(content)] as const),
  )
  const manifest = {
    compiler: ours.compiler,
    settings,
    packaged: Object.fromEntries(theirs.map(({ compiler, settings }) => [compiler, settings])),
    sources: Object.fromEntries(sources.sort(([a], [b]) => (a < b ? -1 : 1))),
    bytecode: Object.fromEntries(all.flatMap(({ artifacts }) => artifacts.map(({ name, bytecode }) => [name, sha256(bytecode)]))),
  }
  return files.set("manifest.json", `${JSON.stringify(manifest, undefined, 2)}\n`)
}

/** Two compilers read different versions of a package under one name. */
const sourceName = (compiler: string, name: string, ours: Compiled): string =>
  compiler === ours.compiler ? name : `${name} (${compiler.slice(0, compiler.indexOf("+"))})`

const licenceText = (licences: ReadonlyArray<string>): string =>
  licences.map((name) => `/*\n${name}\n\n${readSource(name).trim()}\n*/\n`).join("")

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
