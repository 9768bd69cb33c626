import { encodeDeployData, encodeFunctionData, type Hex, keccak256, stringToBytes } from "viem"
import type { LedgerView } from "../../sim/ledger.ts"
import { type Delegation, graphAccounts, type Indexer, type View } from "../../sim/protocols/graph.ts"
import { addressOf } from "../accounts.ts"
import type { World } from "../adapter.ts"
import { graphLens, networkToken } from "../artifacts.ts"
import { callOf } from "../encodeCall.ts"
import type { Extension, Site } from "../extension.ts"
import type { Transaction } from "../settleBlock.ts"
import { minterRole } from "../token/minterRole.ts"
import { addressWord, bigintAt, numberAt, prelude, textWord, unlimited, word } from "../word.ts"
import { disputeWord } from "./allocationKey.ts"
import {
  bytecodeOf,
  controllerAbi,
  curationAbi,
  disputeManagerAbi,
  epochManagerAbi,
  proxyAbi,
  proxyAdminAbi,
  rewardsManagerAbi,
  stakingAbi,
} from "./artifacts.ts"
import { openRecord, type Record } from "./record.ts"

type Terms = NonNullable<Site["genesis"]["graph"]>

/** The Graph's contracts of a world: the proxies by which everybody calls them. */
export interface Graph extends Extension<Pick<LedgerView, "graph">> {
  readonly staking: Hex
  readonly disputes: Hex
  readonly record: Record
  readonly subgraphAt: (topic: string) => string
}

const approve = callOf(networkToken.abi, "approve")
const grantRole = callOf(networkToken.abi, "grantRole")
const setContractProxy = callOf(controllerAbi, "setContractProxy")
const setPaused = callOf(controllerAbi, "setPaused")
const setSlasher = callOf(stakingAbi, "setSlasher")
const setDelegationTax = callOf(stakingAbi, "setDelegationTaxPercentage")
const sync = callOf(stakingAbi, "syncAllContracts")()
const setIssuance = callOf(rewardsManagerAbi, "setIssuancePerBlock")
const signal = callOf(curationAbi, "mint")
const read = callOf(graphLens.abi, "read")

const callGas = 1_000_000
const million = 1_000_000

/**
 * Sets The Graph's contracts up as its own deployment does, with the network token in GraphToken's place: the contracts ask of their token
 * only what both have (transfer, transferFrom, burn, mint), and so stakes and slashes are in the token whose price the pool makes.
 */
export const installGraph = async (site: Site): Promise<Graph | undefined> => {
  const { genesis, agents, contracts } = site
  const terms = genesis.graph
  if (terms === undefined) return undefined
  const proxies = await deployProxies(site, terms)
  const { controller, curation, rewards, staking, disputes, epochs } = proxies
  const operate = (to: Hex, data: Hex): Transaction => ({ from: addressOf("operator"), to, data, gas: callGas })
  const registered = { Curation: curation, EpochManager: epochs, RewardsManager: rewards, Staking: staking, GraphToken: contracts.token }
  await site.send([
    ...Object.entries({ ...registered, DisputeManager: disputes }).map(([name, address]) =>
      operate(controller, setContractProxy(keccak256(stringToBytes(name)).slice(2), addressWord(address))),
    ),
    // The controller begins paused.
    operate(controller, setPaused(word(0))),
    ...[staking, rewards, curation, disputes].map((to) => operate(to, sync)),
    operate(contracts.token, grantRole(minterRole, addressWord(rewards))),
    operate(staking, setSlasher(addressWord(disputes), word(1))),
    operate(staking, setDelegationTax(word(terms.delegationTaxPpm))),
    operate(rewards, setIssuance(word(terms.issuanceWeiPerBlock))),
    ...[...agents, "treasury"].flatMap((id) =>
      [staking, curation, disputes].map((spender) => ({
        from: addressOf(id),
        to: contracts.token,
        data: approve(addressWord(spender), unlimited),
        gas: 100_000,
      })),
    ),
    // Without signal nothing is rewarded.
    ...terms.subgraphs.map(({ id, signalWei }) => ({
      from: addressOf("treasury"),
      to: curation,
      data: signal(textWord(id), word(signalWei), word(0)),
      gas: callGas,
    })),
  ])
  const [lens] = await site.deploy([encodeDeployData({ ...graphLens, args: [staking, curation, epochs] })])
  const record = openRecord(disputeWord)
  const subgraphs = new Map(terms.subgraphs.map(({ id }) => [`0x${textWord(id)}`, id]))
  return {
    staking,
    disputes,
    record,
    subgraphAt: (topic) => subgraphs.get(topic)!,
    accounts: new Map([
      [graphAccounts.staking, staking],
      [graphAccounts.curation, curation],
      [graphAccounts.disputes, disputes],
    ]),
    note: record.note,
    reads: (world) => [{ to: lens!, data: readCall(terms, record, world) }],
    view: ([answer]) => ({ graph: viewOf(answer!, terms, record) }),
  }
}

/** The contracts behind their proxies. `StakingExtension` has none: the staking contract's fallback calls it. */
const deployProxies = async ({ deploy, send }: Site, terms: Terms) => {
  const [controller, admin, epochCode, rewardsCode, formula, curationToken, curationCode, extension, exponential, disputesCode] =
    (await deploy([
      bytecodeOf("Controller"),
      bytecodeOf("GraphProxyAdmin"),
      bytecodeOf("EpochManager"),
      bytecodeOf("RewardsManager"),
      bytecodeOf("BancorFormula"),
      bytecodeOf("GraphCurationToken"),
      bytecodeOf("Curation"),
      bytecodeOf("StakingExtension"),
      bytecodeOf("LibExponential"),
      bytecodeOf("DisputeManager"),
    ])) as [Hex, Hex, Hex, Hex, Hex, Hex, Hex, Hex, Hex, Hex]
  const [stakingCode] = (await deploy([bytecodeOf("L1Staking", { LibExponential: exponential })])) as [Hex]
  const codes = [epochCode, rewardsCode, curationCode, stakingCode, disputesCode]
  const proxyCode = bytecodeOf("GraphProxy")
  const [epochs, rewards, curation, staking, disputes] = (await deploy(
    codes.map((code) => encodeDeployData({ abi: proxyAbi, bytecode: proxyCode, args: [code, admin] })),
  )) as [Hex, Hex, Hex, Hex, Hex]
  const start = (code: Hex, proxy: Hex, data: Hex): Transaction => ({
    from: addressOf("operator"),
    to: admin,
    data: encodeFunctionData({ abi: proxyAdminAbi, args: [code, proxy, data] }),
    gas: callGas,
  })
  const { slashPpm, fishermanPpm, arbitrator } = terms
  const n = BigInt
  // Query fees are not modelled; their terms are those of the network on Ethereum.
  const rebates = { alphaNumerator: 100, alphaDenominator: 100, lambdaNumerator: 60, lambdaDenominator: 100 }
  await send([
    start(epochCode, epochs, encodeFunctionData({ abi: epochManagerAbi, args: [controller, n(terms.epochBlocks)] })),
    start(rewardsCode, rewards, encodeFunctionData({ abi: rewardsManagerAbi, functionName: "initialize", args: [controller] })),
    start(
      curationCode,
      curation,
      encodeFunctionData({
        abi: curationAbi,
        functionName: "initialize",
        args: [controller, formula, curationToken, million / 2, 0, 10n ** 18n],
      }),
    ),
    start(
      stakingCode,
      staking,
      encodeFunctionData({
        abi: stakingAbi,
        functionName: "initialize",
        args: [
          controller,
          terms.stakeWeiMin,
          terms.thawingBlocks,
          million / 100,
          million / 10,
          terms.allocationEpochsMax,
          terms.undelegationEpochs,
          terms.delegationRatio,
          rebates,
          extension,
        ],
      }),
    ),
    start(
      disputesCode,
      disputes,
      encodeFunctionData({
        abi: disputeManagerAbi,
        functionName: "initialize",
        args: [controller, addressOf(arbitrator), terms.depositWei, fishermanPpm, slashPpm, slashPpm],
      }),
    ),
  ])
  return { controller, epochs, rewards, curation, staking, disputes }
}

const readCall = ({ subgraphs }: Terms, { indexers, pairs }: Record, { accounts }: World): Hex => {
  const lists = [
    [word(subgraphs.length), ...subgraphs.map(({ id }) => textWord(id))],
    [word(indexers.length), ...indexers.map(accounts.word)],
    [word(pairs.length), ...pairs.flatMap(({ indexer, delegator }) => [accounts.word(indexer), accounts.word(delegator)])],
  ]
  let offset = 32 * lists.length
  const offsets = lists.map((list) => {
    offset += 32 * list.length
    return word(offset - 32 * list.length)
  })
  return read(...offsets, ...lists.flat())
}

const viewOf = (answer: string, { subgraphs }: Terms, record: Record): View => {
  let at = prelude
  const big = () => bigintAt(answer, at++)
  const small = () => numberAt(answer, at++)
  const epoch = small()
  const onSubgraphs = new Map(subgraphs.map(({ id }) => [id, { signalWei: big(), allocatedWei: big() }]))
  const indexers = new Map(
    record.indexers.map((id): [string, Indexer] => {
      const { count: slashes, amountWei: slashedWei } = record.slashes.get(id) ?? { count: 0, amountWei: 0n }
      const [stakedWei, allocatedWei, thawingWei, thawedAtBlock] = [big(), big(), big(), small()]
      const [cutPpm, delegatedWei, delegatedShares] = [small(), big(), big()]
      return [id, { stakedWei, allocatedWei, thawingWei, thawedAtBlock, cutPpm, delegatedWei, delegatedShares, slashes, slashedWei }]
    }),
  )
  const delegations = new Map<string, Map<string, Delegation>>()
  for (const { indexer, delegator } of record.pairs) {
    const own = delegations.get(delegator) ?? new Map<string, Delegation>()
    delegations.set(delegator, own.set(indexer, { shares: big(), thawingWei: big(), thawedAtEpoch: small() }))
  }
  record.forgetBefore(epoch)
  return {
    epoch,
    subgraphs: onSubgraphs,
    indexers,
    delegations,
    allocations: new Map(record.allocations),
    closings: [...record.closings],
    disputes: new Map(record.disputes),
  }
}
