import { createRequire } from "node:module"
import { type Hex, parseAbi } from "viem"
import { LedgerUnavailable } from "../../sim/ledger.ts"

/**
 * The Graph's contracts as published (@graphprotocol/contracts 7.2.1, GPL-2.0-or-later): the bytecode is read from the package's own artifacts
 * and never copied here. The package is 27 MB for one scenario, so it is one that nobody must install.
 */
const require = createRequire(import.meta.url)

const paths = {
  Controller: "governance",
  GraphProxyAdmin: "upgrades",
  GraphProxy: "upgrades",
  EpochManager: "epochs",
  RewardsManager: "rewards",
  BancorFormula: "bancor",
  GraphCurationToken: "curation",
  Curation: "curation",
  StakingExtension: "staking",
  LibExponential: "staking/libs/Exponential.sol",
  L1Staking: "staking",
  DisputeManager: "disputes",
} as const

export type ContractName = keyof typeof paths

interface Artifact {
  readonly bytecode: Hex
  readonly linkReferences: Readonly<
    Record<string, Readonly<Record<string, ReadonlyArray<{ readonly start: number; readonly length: number }>>>>
  >
}

const pathOf = (name: ContractName): string => {
  const folder = paths[name]
  return `@graphprotocol/contracts/artifacts/contracts/${folder.endsWith(".sol") ? folder : `${folder}/${name}.sol`}/${name}.json`
}

const isInstalled = (): boolean => {
  try {
    return require.resolve(pathOf("L1Staking")) !== ""
  } catch {
    return false
  }
}

/** Creation code of a contract, with the addresses of the libraries that it calls. Throws `LedgerUnavailable` where the package is not there. */
export const bytecodeOf = (name: ContractName, libraries: Readonly<Record<string, Hex>> = {}): Hex => {
  if (!isInstalled())
    throw new LedgerUnavailable({
      message:
        "protocols.graph runs The Graph's own contracts, which have a licence of their own (GPL-2.0-or-later) and are not installed here: " +
        "npm install @graphprotocol/contracts@7.2.1, or take graph out of the protocols",
    })
  const { bytecode, linkReferences } = require(pathOf(name)) as Artifact
  let linked: string = bytecode
  for (const [library, places] of Object.values(linkReferences).flatMap((file) => Object.entries(file)))
    for (const { start, length } of places) {
      const at = 2 + 2 * start
      linked = linked.slice(0, at) + libraries[library]!.slice(2) + linked.slice(at + 2 * length)
    }
  return linked as Hex
}

export const controllerAbi = parseAbi([
  "function setContractProxy(bytes32 id, address contractAddress)",
  "function setPaused(bool toPause)",
])

export const proxyAbi = parseAbi(["constructor(address implementation, address admin)"])

export const proxyAdminAbi = parseAbi(["function acceptProxyAndCall(address implementation, address proxy, bytes data)"])

export const epochManagerAbi = parseAbi(["function initialize(address controller, uint256 epochLength)"])

export const rewardsManagerAbi = parseAbi([
  "event HorizonRewardsAssigned(address indexed indexer, address indexed allocationID, uint256 amount)",
  "function initialize(address controller)",
  "function setIssuancePerBlock(uint256 issuancePerBlock)",
])

export const curationAbi = parseAbi([
  "function initialize(address controller, address bondingCurve, address curationTokenMaster, uint32 defaultReserveRatio, uint32 curationTaxPercentage, uint256 minimumCurationDeposit)",
  "function mint(bytes32 subgraphDeploymentID, uint256 tokensIn, uint256 signalOutMin) returns (uint256 signal, uint256 tax)",
])

/** `L1Staking` and the extension that its fallback calls, as one. */
export const stakingAbi = parseAbi([
  "struct RebatesParameters { uint32 alphaNumerator; uint32 alphaDenominator; uint32 lambdaNumerator; uint32 lambdaDenominator; }",
  "event AllocationClosed(address indexed indexer, bytes32 indexed subgraphDeploymentID, uint256 epoch, uint256 tokens, address indexed allocationID, address sender, bytes32 poi, bool isPublic)",
  "event AllocationCreated(address indexed indexer, bytes32 indexed subgraphDeploymentID, uint256 epoch, uint256 tokens, address indexed allocationID, bytes32 metadata)",
  "event DelegationParametersUpdated(address indexed indexer, uint32 indexingRewardCut, uint32 queryFeeCut, uint32 cooldownBlocks)",
  "event SetRewardsDestination(address indexed indexer, address indexed destination)",
  "event StakeDelegated(address indexed indexer, address indexed delegator, uint256 tokens, uint256 shares)",
  "event StakeDelegatedLocked(address indexed indexer, address indexed delegator, uint256 tokens, uint256 shares, uint256 until)",
  "event StakeDelegatedWithdrawn(address indexed indexer, address indexed delegator, uint256 tokens)",
  "event StakeDeposited(address indexed indexer, uint256 tokens)",
  "event StakeLocked(address indexed indexer, uint256 tokens, uint256 until)",
  "event StakeSlashed(address indexed indexer, uint256 tokens, uint256 reward, address beneficiary)",
  "event StakeWithdrawn(address indexed indexer, uint256 tokens)",
  "function allocate(bytes32 subgraphDeploymentID, uint256 tokens, address allocationID, bytes32 metadata, bytes proof)",
  "function closeAllocation(address allocationID, bytes32 poi)",
  "function delegate(address indexer, uint256 tokens) returns (uint256 shares)",
  "function initialize(address controller, uint256 minimumIndexerStake, uint32 thawingPeriod, uint32 protocolPercentage, uint32 curationPercentage, uint32 maxAllocationEpochs, uint32 delegationUnbondingPeriod, uint32 delegationRatio, RebatesParameters rebatesParameters, address extensionImpl)",
  "function setDelegationParameters(uint32 indexingRewardCut, uint32 queryFeeCut, uint32 cooldownBlocks)",
  "function setDelegationTaxPercentage(uint32 percentage)",
  "function setRewardsDestination(address destination)",
  "function setSlasher(address slasher, bool allowed)",
  "function stake(uint256 tokens)",
  "function syncAllContracts()",
  "function undelegate(address indexer, uint256 shares) returns (uint256 tokens)",
  "function unstake(uint256 tokens)",
  "function withdraw()",
  "function withdrawDelegated(address indexer, address newIndexer) returns (uint256 tokens)",
])

export const disputeManagerAbi = parseAbi([
  "event DisputeAccepted(bytes32 indexed disputeID, address indexed indexer, address indexed fisherman, uint256 tokens)",
  "event DisputeDrawn(bytes32 indexed disputeID, address indexed indexer, address indexed fisherman, uint256 tokens)",
  "event DisputeRejected(bytes32 indexed disputeID, address indexed indexer, address indexed fisherman, uint256 tokens)",
  "event IndexingDisputeCreated(bytes32 indexed disputeID, address indexed indexer, address indexed fisherman, uint256 tokens, address allocationID)",
  "function acceptDispute(bytes32 disputeID)",
  "function createIndexingDispute(address allocationID, uint256 deposit) returns (bytes32 disputeID)",
  "function drawDispute(bytes32 disputeID)",
  "function initialize(address controller, address arbitrator, uint256 minimumDeposit, uint32 fishermanRewardPercentage, uint32 qrySlashingPercentage, uint32 idxSlashingPercentage)",
  "function rejectDispute(bytes32 disputeID)",
])
