import { createRequire } from "node:module"
import { type Hex, isHex, parseAbi } from "viem"

/**
 * T-REX (ERC-3643) and ONCHAINID as published (GPL-3.0; the package.json of the second says ISC, its licence file and sources GPL-3.0): their
 * bytecode is read from the installed packages and never copied here. Of T-REX's compliance modules none is used: most are under CC-BY-NC too.
 */
const require = createRequire(import.meta.url)

const bytecodeOf = (path: string): Hex => {
  const bytecode: unknown = require(path).bytecode
  if (!isHex(bytecode) || bytecode.length === 2) throw new Error(`${path} holds no bytecode; reinstall the packages with npm ci`)
  return bytecode
}

const identityContract = (path: string): Hex => bytecodeOf(`@onchain-id/solidity/artifacts/contracts/${path}`)
const tokenContract = (path: string): Hex => bytecodeOf(`@tokenysolutions/t-rex/artifacts/contracts/${path}`)

export const identityBytecode = (): Hex => identityContract("Identity.sol/Identity.json")
export const identityProxyBytecode = (): Hex => identityContract("proxy/IdentityProxy.sol/IdentityProxy.json")
export const identityAuthorityBytecode = (): Hex => identityContract("proxy/ImplementationAuthority.sol/ImplementationAuthority.json")
export const identityFactoryBytecode = (): Hex => identityContract("factory/IdFactory.sol/IdFactory.json")
export const claimIssuerBytecode = (): Hex => identityContract("ClaimIssuer.sol/ClaimIssuer.json")

/** The implementations of a suite, in the order in which the authority wants them. */
export const suiteBytecodes = (): ReadonlyArray<Hex> =>
  [
    "token/Token.sol/Token.json",
    "registry/implementation/ClaimTopicsRegistry.sol/ClaimTopicsRegistry.json",
    "registry/implementation/IdentityRegistry.sol/IdentityRegistry.json",
    "registry/implementation/IdentityRegistryStorage.sol/IdentityRegistryStorage.json",
    "registry/implementation/TrustedIssuersRegistry.sol/TrustedIssuersRegistry.json",
    "compliance/modular/ModularCompliance.sol/ModularCompliance.json",
  ].map(tokenContract)
export const suiteAuthorityBytecode = (): Hex =>
  tokenContract("proxy/authority/TREXImplementationAuthority.sol/TREXImplementationAuthority.json")
export const suiteFactoryBytecode = (): Hex => tokenContract("factory/TREXFactory.sol/TREXFactory.json")

export const identityAbi = parseAbi([
  "constructor(address initialManagementKey, bool isLibrary)",
  "event ClaimAdded(bytes32 indexed claimId, uint256 indexed topic, uint256 scheme, address indexed issuer, bytes signature, bytes data, string uri)",
  "function addClaim(uint256 topic, uint256 scheme, address issuer, bytes signature, bytes data, string uri) returns (bytes32 claimRequestId)",
])

export const identityAuthorityAbi = parseAbi(["constructor(address implementation)"])

export const identityFactoryAbi = parseAbi([
  "constructor(address implementationAuthority)",
  "event WalletLinked(address indexed wallet, address indexed identity)",
  "function addTokenFactory(address factory)",
  "function createIdentityWithManagementKeys(address wallet, string salt, bytes32[] managementKeys) returns (address)",
  "function transferOwnership(address newOwner)",
])

export const claimIssuerAbi = parseAbi([
  "constructor(address initialManagementKey)",
  "function addKey(bytes32 key, uint256 purpose, uint256 keyType) returns (bool success)",
])

export const suiteAuthorityAbi = parseAbi([
  "struct Version { uint8 major; uint8 minor; uint8 patch; }",
  "struct TREXContracts { address tokenImplementation; address ctrImplementation; address irImplementation; address irsImplementation; address tirImplementation; address mcImplementation; }",
  "constructor(bool isReference, address trexFactory, address iaFactory)",
  "function addAndUseTREXVersion(Version version, TREXContracts trex)",
])

export const suiteFactoryAbi = parseAbi([
  "struct TokenDetails { address owner; string name; string symbol; uint8 decimals; address irs; address ONCHAINID; address[] irAgents; address[] tokenAgents; address[] complianceModules; bytes[] complianceSettings; }",
  "struct ClaimDetails { uint256[] claimTopics; address[] issuers; uint256[][] issuerClaims; }",
  "constructor(address implementationAuthority, address idFactory)",
  "event TREXSuiteDeployed(address indexed token, address ir, address irs, address tir, address ctr, address mc, string indexed salt)",
  "function deployTREXSuite(string salt, TokenDetails tokenDetails, ClaimDetails claimDetails)",
])

export const permissionedTokenAbi = parseAbi([
  "event AddressFrozen(address indexed account, bool indexed isFrozen, address indexed owner)",
  "event Transfer(address indexed from, address indexed to, uint256 value)",
  "event Unpaused(address account)",
  "function addAgent(address agent)",
  "function approve(address spender, uint256 amount) returns (bool)",
  "function pause()",
  "function setAddressFrozen(address account, bool freeze)",
  "function transfer(address to, uint256 amount) returns (bool)",
  "function unpause()",
])

export const identityRegistryAbi = parseAbi([
  "event IdentityRegistered(address indexed account, address indexed identity)",
  "event IdentityRemoved(address indexed account, address indexed identity)",
  "function addAgent(address agent)",
  "function deleteIdentity(address account)",
  "function registerIdentity(address account, address identity, uint16 country)",
])
