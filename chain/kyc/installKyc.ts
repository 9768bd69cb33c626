import { encodeDeployData, encodeFunctionData, type Hex, zeroAddress } from "viem"
import type { LedgerView } from "../../sim/ledger.ts"
import { gateAccount, gatedPoolAccount, type Member } from "../../sim/protocols/kyc.ts"
import { addressOf } from "../accounts.ts"
import { dollar as dollarArtifact, networkToken, tokenGate } from "../artifacts.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import type { Extension, Site } from "../extension.ts"
import { factoryAbi, routerAbi } from "../pool/artifacts.ts"
import type { Transaction } from "../settleBlock.ts"
import { addressWord, bigintAt, numberAt, prelude, textWord, unlimited, word, wordAt } from "../word.ts"
import * as packaged from "./artifacts.ts"
import { claimArgs, claimSignerKey, claimTopic, type Identity, identityArgs, identityOf } from "./identities.ts"

/** The gate of a world, and the published contracts behind it. */
export interface Kyc extends Extension<Pick<LedgerView, "kyc">> {
  /** The permissioned twin of the network token. */
  readonly permissioned: Hex
  readonly gate: Hex
  readonly registry: Hex
  readonly identityFactory: Hex
  readonly claimIssuer: Hex
  readonly officer: string
  /** Whether the twin is the gated pair's token 0. */
  readonly tokenFirst: boolean
  readonly identities: ReadonlyMap<string, Identity>
}

type Suite = Pick<Kyc, "permissioned" | "registry" | "identityFactory" | "claimIssuer"> & { readonly identityAuthority: Hex }

const createPair = callOf(factoryAbi, "createPair")
const addLiquidity = callOf(routerAbi, "addLiquidity")
const approve = callOf(networkToken.abi, "approve")
const mintDollars = callOf(dollarArtifact.abi, "mint")
const wrap = callOf(tokenGate.abi, "wrap")
const read = callOf(tokenGate.abi, "read")
const registerIdentity = callOf(packaged.identityRegistryAbi, "registerIdentity")
const addRegistryAgent = callOf(packaged.identityRegistryAbi, "addAgent")
const addTokenAgent = callOf(packaged.permissionedTokenAbi, "addAgent")

const headWords = 4
const memberWords = 4
/** Contracts live nowhere; ISO 3166-1 leaves 900 to 999 to users. */
const noCountry = 999

const call = (id: string, to: Hex, data: Hex, gas = 400_000): Transaction => ({ from: addressOf(id), to, data, gas })

/** Makes the permissioned twin, its pool with the treasury's liquidity, and the gate; then the officer takes over. */
export const installKyc = async (site: Site): Promise<Kyc | undefined> => {
  const { genesis, contracts, send, deploy } = site
  const terms = genesis.kyc
  if (terms === undefined) return undefined
  const { token, dollar, router, factory } = contracts
  const suite = await deploySuite(site)
  const { permissioned, registry, identityFactory, claimIssuer, identityAuthority } = suite

  const [created] = await send([call("operator", factory, createPair(addressWord(permissioned), addressWord(dollar)), 6_000_000)])
  const pair: Hex = `0x${wordAt(created!.data, 0).slice(24)}`
  const tokenFirst = created!.topics[1]!.endsWith(permissioned.slice(2))
  const [gate] = (await deploy([encodeDeployData({ ...tokenGate, args: [token, permissioned, pair, terms.isExitOpen] })])) as [Hex]

  // What holds the twin from the start: without an identity the pool could not be paid.
  const holders = new Map<string, Hex>([
    ["treasury", addressOf("treasury")],
    [gateAccount, gate],
    [gatedPoolAccount, pair],
  ])
  const addresses = new Map([...holders, ...terms.users.map((id) => [id, addressOf(id)] as const)])
  const identities = new Map<string, Identity>()
  for (const id of addresses.keys()) identities.set(id, await identityOf(id, identityFactory, identityAuthority))

  await send([
    call("operator", permissioned, addTokenAgent(addressWord(gate))),
    ...[...holders].flatMap(([id, address]) => {
      const identity = identities.get(id)!
      return [
        call("operator", identityFactory, createIdentity(id, address, "operator"), 1_000_000),
        call("operator", identity.address, addClaim(identity, claimIssuer), 600_000),
        call("operator", registry, registerIdentity(addressWord(address), addressWord(identity.address), word(noCountry))),
      ]
    }),
    // A suite begins paused.
    call("operator", permissioned, packagedCall("unpause")),
    call("issuer", dollar, mintDollars(addressWord(addressOf("treasury")), word(terms.dollarMicros), textWord("capital"))),
    ...[...new Set([...terms.users, "treasury"])].flatMap((id) => [
      call(id, token, approve(addressWord(gate), unlimited)),
      call(id, permissioned, approve(addressWord(gate), unlimited)),
      call(id, permissioned, approve(addressWord(router), unlimited)),
    ]),
    ...[token, dollar].map((coin) => call("treasury", coin, approve(addressWord(router), unlimited))),
    call("treasury", gate, wrap(word(terms.tokenWei))),
    call(
      "treasury",
      router,
      addLiquidity(
        addressWord(permissioned),
        addressWord(dollar),
        word(terms.tokenWei),
        word(terms.dollarMicros),
        word(0),
        word(0),
        addressWord(addressOf("treasury")),
        word(site.timestampSeconds),
      ),
      700_000,
    ),
    ...(terms.isPaused ? [call("operator", permissioned, packagedCall("pause"))] : []),
    call("operator", registry, addRegistryAgent(addressWord(addressOf(terms.officer)))),
    call("operator", permissioned, addTokenAgent(addressWord(addressOf(terms.officer)))),
    call("operator", identityFactory, handOver(addressOf(terms.officer))),
  ])

  const members = [...addresses.keys()]
  return {
    ...suite,
    gate,
    officer: terms.officer,
    tokenFirst,
    identities,
    accounts: new Map([
      [gateAccount, gate],
      [gatedPoolAccount, pair],
    ]),
    reads: ({ accounts }) => [{ to: gate, data: read(word(32), word(members.length), ...members.map(accounts.word)) }],
    view: ([answer]) => {
      const head = (index: number) => bigintAt(answer!, prelude + index)
      return {
        kyc: {
          supplyWei: head(0),
          isPaused: head(1) === 1n,
          tokenReserveWei: head(tokenFirst ? 2 : 3),
          dollarReserveMicros: head(tokenFirst ? 3 : 2),
          members: new Map(members.map((id, index) => [id, memberAt(answer!, prelude + headWords + memberWords * index)])),
        },
      }
    },
  }
}

const memberAt = (answer: string, at: number): Member => {
  const flags = numberAt(answer, at + 3)
  return {
    balanceWei: bigintAt(answer, at),
    requestedAtSeconds: numberAt(answer, at + 1),
    country: numberAt(answer, at + 2),
    isVerified: flags % 2 === 1,
    isFrozen: flags >= 2,
  }
}

const packagedCall = (functionName: "pause" | "unpause"): Hex => encodeFunctionData({ abi: packaged.permissionedTokenAbi, functionName })

const handOver = (to: Hex): Hex => encodeFunctionData({ abi: packaged.identityFactoryAbi, functionName: "transferOwnership", args: [to] })

export const createIdentity = (id: string, address: Hex, officer: string): Hex =>
  encodeFunctionData({
    abi: packaged.identityFactoryAbi,
    functionName: "createIdentityWithManagementKeys",
    args: identityArgs(id, address, officer),
  })

export const addClaim = (identity: Identity, issuer: Hex): Hex =>
  encodeFunctionData({ abi: packaged.identityAbi, functionName: "addClaim", args: claimArgs(identity, issuer) })

/** ONCHAINID's factory and a claim issuer, and T-REX's factory, which makes the token with its registries behind proxies. */
const deploySuite = async ({ deploy, send }: Site): Promise<Suite> => {
  const operator = addressOf("operator")
  const [identity, ...implementations] = (await deploy([
    encodeDeployData({ abi: packaged.identityAbi, bytecode: packaged.identityBytecode(), args: [operator, true] }),
    ...packaged.suiteBytecodes(),
  ])) as [Hex, Hex, Hex, Hex, Hex, Hex, Hex]
  const [identityAuthority, claimIssuer, suiteAuthority] = (await deploy([
    encodeDeployData({ abi: packaged.identityAuthorityAbi, bytecode: packaged.identityAuthorityBytecode(), args: [identity] }),
    encodeDeployData({ abi: packaged.claimIssuerAbi, bytecode: packaged.claimIssuerBytecode(), args: [operator] }),
    encodeDeployData({
      abi: packaged.suiteAuthorityAbi,
      bytecode: packaged.suiteAuthorityBytecode(),
      args: [true, zeroAddress, zeroAddress],
    }),
  ])) as [Hex, Hex, Hex]
  const [identityFactory] = (await deploy([
    encodeDeployData({ abi: packaged.identityFactoryAbi, bytecode: packaged.identityFactoryBytecode(), args: [identityAuthority] }),
  ])) as [Hex]
  const [tokenImplementation, ctrImplementation, irImplementation, irsImplementation, tirImplementation, mcImplementation] = implementations
  // The factory is not made before its authority knows a version.
  await send([
    call(
      "operator",
      suiteAuthority,
      encodeFunctionData({
        abi: packaged.suiteAuthorityAbi,
        functionName: "addAndUseTREXVersion",
        args: [
          { major: 4, minor: 1, patch: 6 },
          { tokenImplementation, ctrImplementation, irImplementation, irsImplementation, tirImplementation, mcImplementation },
        ],
      }),
    ),
  ])
  const [suiteFactory] = (await deploy([
    encodeDeployData({
      abi: packaged.suiteFactoryAbi,
      bytecode: packaged.suiteFactoryBytecode(),
      args: [suiteAuthority, identityFactory],
    }),
  ])) as [Hex]
  const logs = await send([
    call(
      "operator",
      identityFactory,
      encodeFunctionData({ abi: packaged.identityFactoryAbi, functionName: "addTokenFactory", args: [suiteFactory] }),
    ),
    call(
      "operator",
      claimIssuer,
      encodeFunctionData({ abi: packaged.claimIssuerAbi, functionName: "addKey", args: [claimSignerKey, 3n, 1n] }),
    ),
    call(
      "operator",
      suiteFactory,
      encodeFunctionData({
        abi: packaged.suiteFactoryAbi,
        functionName: "deployTREXSuite",
        args: [
          "gated",
          {
            owner: operator,
            name: "Permissioned Network Token",
            symbol: "pNET",
            decimals: 18,
            irs: zeroAddress,
            ONCHAINID: zeroAddress,
            irAgents: [operator],
            tokenAgents: [operator],
            complianceModules: [],
            complianceSettings: [],
          },
          { claimTopics: [claimTopic], issuers: [claimIssuer], issuerClaims: [[claimTopic]] },
        ],
      }),
      8_000_000,
    ),
  ])
  const deployed = logs.find(({ topics }) => topics[0] === topicOf(packaged.suiteFactoryAbi, "TREXSuiteDeployed"))!
  return {
    permissioned: `0x${deployed.topics[1]!.slice(26)}`,
    registry: `0x${wordAt(deployed.data, 0).slice(24)}`,
    identityFactory,
    identityAuthority,
    claimIssuer,
  }
}
