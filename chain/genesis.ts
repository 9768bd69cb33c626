import { type Abi, type ContractConstructorArgs, encodeDeployData, getContractAddress, type Hex, zeroAddress } from "viem"
import { type Genesis, LedgerDiverged, protocolAccounts, type Spenders } from "../sim/ledger.ts"
import { type Accounts, accounts, addressOf } from "./accounts.ts"
import type { World } from "./adapter.ts"
import * as artifacts from "./artifacts.ts"
import { modelCreations } from "./emissions/modelCreations.ts"
import { callOf } from "./encodeCall.ts"
import { type Extension, extensionsOf, type Site } from "./extension.ts"
import { type Extensions, extensions } from "./extensions.ts"
import { factoryAbi, factoryBytecode, pairAbi, routerAbi, routerBytecode } from "./pool/artifacts.ts"
import type { Rpc } from "./rpc.ts"
import { batch, type Chain, cutBlocks, type Log, results, type Transaction } from "./settleBlock.ts"
import {
  burnCreation,
  burnPriceCreation,
  checksCreation,
  courtCreation,
  lenderCreation,
  marketCreation,
  oracleCreation,
  registryCreation,
  rewardsCreation,
  stakingCreation,
  tokenCreation,
} from "./variants.ts"
import { minterRole } from "./token/minterRole.ts"
import { addressWord, textWord, unlimited, word, wordAt } from "./word.ts"

/** Time of every set-up block, and of the genesis block a second before it: earlier than tick 1. */
export const setUpSeconds = ({ startSeconds }: Genesis): number => startSeconds - 1
export const genesisSeconds = (genesis: Genesis): number => setUpSeconds(genesis) - 1

const createPair = callOf(factoryAbi, "createPair")
const addLiquidity = callOf(routerAbi, "addLiquidity")
const approve = callOf(pairAbi, "approve")
const transfer = callOf(artifacts.networkToken.abi, "transfer")
const mint = callOf(artifacts.dollar.abi, "mint")
const grantRole = callOf(artifacts.networkToken.abi, "grantRole")

const deployGas = 10_000_000
const callGas = 400_000

/** Makes the world that a `Genesis` describes, with the transactions that a team would send to set up a network. */
export const makeWorld = async (rpc: Rpc, chain: Chain, genesis: Genesis): Promise<World> => {
  const rewardsWei = (genesis.farms ?? []).reduce((sum, { rewardWei }) => sum + rewardWei, 0n)
  const kyc = genesis.kyc === undefined ? [] : [genesis.kyc]
  const signalledWei = (genesis.graph?.subgraphs ?? []).reduce((sum, { signalWei }) => sum + signalWei, 0n)
  const issued = [...genesis.accounts, ...genesis.pool.deposits, ...(genesis.pools3 ?? []), ...(genesis.vesting ?? []), ...kyc].reduce(
    (sum, { tokenWei }) => sum + tokenWei,
    genesis.venue.inventoryWei + rewardsWei + signalledWei + (genesis.uptime?.budgetWei ?? 0n),
  )
  if (issued > genesis.supplyWei)
    throw new LedgerDiverged({ message: `the genesis gives away ${issued} wei of the token, and only ${genesis.supplyWei} exist` })
  const send = sender(chain, setUpSeconds(genesis))
  const ids = [...new Set([...genesis.accounts, ...genesis.pool.deposits.map(({ agent }) => ({ id: agent }))].map(({ id }) => id))]
  const holders = [...new Set([...ids, "treasury", "issuer", "operator"])]
  await giveGas(rpc, holders.map(addressOf))

  const { contracts, tokenFirst } = await deploy(send, genesis)
  const spenders = new Map(genesis.accounts.map((account) => [account.id, account.spenders]))
  await send([
    call("operator", contracts.token, grantRole(minterRole, addressWord(contracts.emissions))),
    call("operator", contracts.dollar, grantRole(minterRole, addressWord(addressOf("issuer")))),
    call("operator", contracts.dollar, grantRole(minterRole, addressWord(contracts.venue))),
    ...funding(genesis, contracts),
    ...ids.flatMap((id) => approvals(id, contracts, spenders.get(id))),
    ...genesis.pool.deposits.map((deposit) => openPool(deposit, contracts, setUpSeconds(genesis))),
  ])
  const extensions = await extend({
    genesis,
    contracts,
    tokenFirst,
    agents: ids,
    timestampSeconds: setUpSeconds(genesis),
    deploy: deployer(rpc, send),
    send,
  })
  const liquidityProviders = [
    ...new Set(genesis.pool.deposits.map(({ agent }) => agent)),
    ...extensionsOf({ extensions }).flatMap(({ poolShareHolders = [] }) => poolShareHolders),
  ]
  const isProtocol = (id: string) => protocolAccounts.some((account) => account === id)
  const known = new Set(ids.filter((id) => !isProtocol(id)))
  return {
    accounts: nameAccounts(ids, contracts, extensions),
    contracts,
    tokenFirst,
    agents: ids,
    isAgent: (id) => known.has(id),
    providers: [],
    registered: new Set(),
    touched: new Set(),
    liquidityProviders,
    extensions,
  }
}

type Contracts = World["contracts"]
type Send = (transactions: ReadonlyArray<Transaction>) => Promise<ReadonlyArray<Log>>

const call = (id: string, to: Hex, data: Hex): Transaction => ({ from: addressOf(id), to, data, gas: callGas })

/** Makes contracts one after the other; their addresses follow from the number of the operator's transactions. */
export const deployer =
  (rpc: Rpc, send: Send): Site["deploy"] =>
  async (creations) => {
    const from = addressOf("operator")
    const [count] = results(await rpc.post(batch([["eth_getTransactionCount", `["${from}","latest"]`]])))
    await send(creations.map((data) => ({ from, data, gas: deployGas })))
    return creations.map((_, index) => getContractAddress({ from, nonce: BigInt(count as Hex) + BigInt(index) }).toLowerCase() as Hex)
  }

/** Executes set-up transactions, all of which must succeed, and returns their logs. */
export const sender =
  (chain: Chain, timestampSeconds: number): Send =>
  async (transactions) => {
    const logs: Array<Log> = []
    const plans = cutBlocks(transactions).map((block) => ({
      transactions: () => block,
      onBlock: ({ outcomes }: { readonly outcomes: ReadonlyArray<{ readonly reason: string; readonly logs: ReadonlyArray<Log> }> }) => {
        for (const outcome of outcomes) {
          if (outcome.reason !== "") throw new LedgerDiverged({ message: `setting up the contracts failed: ${outcome.reason}` })
          logs.push(...outcome.logs)
        }
      },
    }))
    await chain.settle(plans, timestampSeconds)
    return logs
  }

export const giveGas = async (rpc: Rpc, addresses: ReadonlyArray<Hex>): Promise<void> => {
  results(await rpc.post(batch(addresses.map((address) => ["anvil_setBalance", `["${address}","0x${(2n ** 128n).toString(16)}"]`]))))
}

const deploy = async (send: Send, genesis: Genesis): Promise<{ readonly contracts: Contracts; readonly tokenFirst: boolean }> => {
  const operator = addressOf("operator")
  const treasury = addressOf("treasury")
  /** Contracts that name each other need an address before they exist: it follows from the operator's number of transactions. */
  const nth = (nonce: bigint): Hex => getContractAddress({ from: operator, nonce }).toLowerCase() as Hex
  const [token, dollar, factory, router] = [nth(0n), nth(1n), nth(2n), nth(3n)]
  const creations = modelCreations(genesis.emissions)
  const chunks = creations.chunks.map((_, index) => nth(5n + BigInt(index)))
  const model = nth(5n + BigInt(chunks.length))
  const after = (place: number): Hex => nth(BigInt(6 + chunks.length + place))
  const [registry, oracle, emissions, rewards] = [after(0), after(1), after(2), after(3)]
  const [burn, market, venue, lens] = [after(4), after(5), after(6), after(7)]
  let place = 8
  const [staking, lender, burnPrice, court, checks] = [
    genesis.staking,
    genesis.lending,
    genesis.burn.price,
    genesis.slashing,
    genesis.spotChecks,
  ].map((terms) => (terms === undefined ? undefined : after(place++)))

  const made = (data: Hex): Transaction => ({ from: operator, data, gas: deployGas })
  const pairLogs = await send([
    made(tokenCreation(genesis, burn)),
    creation({ ...artifacts.dollar, args: [operator] }),
    creation({ abi: factoryAbi, bytecode: factoryBytecode(), args: [operator] }),
    creation({ abi: routerAbi, bytecode: routerBytecode(), args: [factory, zeroAddress] }),
    { ...call("operator", factory, createPair(addressWord(token), addressWord(dollar))), gas: deployGas },
  ])
  const created = pairLogs.at(-1)!
  const pair: Hex = `0x${wordAt(created.data, 0).slice(24)}`
  const tokenFirst = created.topics[1]!.endsWith(token.slice(2))

  const n = BigInt
  const seats = { token, dollar, pair, router, outsidePrice: burnPrice ?? venue, treasury, stakers: staking ?? zeroAddress }
  await send([
    ...[...creations.chunks, creations.model(chunks, emissions)].map(made),
    made(registryCreation(genesis, token, oracle, { lender, court, checks })),
    made(oracleCreation(genesis, registry, rewards, checks)),
    creation({
      ...artifacts.emissionController,
      args: [token, staking ?? rewards, model, staking ?? registry, registry, n(genesis.startSeconds), n(genesis.emissions.epochSeconds)],
    }),
    made(rewardsCreation(genesis, token, staking ?? emissions, oracle)),
    made(burnCreation(genesis, seats)),
    made(marketCreation(genesis, { dollar, registry, burn, treasury: staking ?? treasury })),
    creation({ ...artifacts.outsideVenue, args: [token, dollar, operator, n(genesis.venue.feeBps), genesis.venue.priceMicros] }),
    creation({
      ...artifacts.worldLens,
      args: [{ token, dollar, pair, registry, market, oracle, emissions, rewards, burn, venue }],
    }),
    ...stakingCreation(genesis, seats, { registry, emissions, rewards }).map(made),
    ...lenderCreation(genesis, seats, registry).map(made),
    ...burnPriceCreation(genesis).map(made),
    ...courtCreation(genesis, { token, registry, market, venue }).map(made),
    ...checksCreation(genesis, registry).map(made),
  ])
  const core = { token, dollar, pair, factory, router, registry, market, oracle, emissions, rewards, burn, venue, lens }
  const optional = Object.entries({ staking, lender, burnPrice, court, checks }).filter(([, address]) => address !== undefined)
  return { contracts: { ...core, ...(Object.fromEntries(optional) as Partial<Contracts>) }, tokenFirst }
}

const creation = <const A extends Abi>(contract: {
  readonly abi: A
  readonly bytecode: Hex
  readonly args: ContractConstructorArgs<A>
}): Transaction => ({ from: addressOf("operator"), data: encodeDeployData(contract as never), gas: deployGas })

const funding = (genesis: Genesis, { token, dollar, venue }: Contracts): ReadonlyArray<Transaction> => {
  const tokens = (to: Hex, amountWei: bigint) =>
    amountWei === 0n ? [] : [call("treasury", token, transfer(addressWord(to), word(amountWei)))]
  const dollars = (to: Hex, amountMicros: bigint) =>
    amountMicros === 0n ? [] : [call("issuer", dollar, mint(addressWord(to), word(amountMicros), textWord("capital")))]
  return [
    ...tokens(venue, genesis.venue.inventoryWei),
    ...genesis.accounts.flatMap(({ id, tokenWei, dollarMicros }) => [
      ...tokens(addressOf(id), tokenWei),
      ...dollars(addressOf(id), dollarMicros),
    ]),
    ...genesis.pool.deposits.flatMap(({ agent, tokenWei, dollarMicros }) => [
      ...tokens(addressOf(agent), tokenWei),
      ...dollars(addressOf(agent), dollarMicros),
    ]),
  ]
}

const approvals = (id: string, contracts: Contracts, spenders: Spenders = "all"): ReadonlyArray<Transaction> => {
  const { token, dollar, pair, router, registry, market, venue } = contracts
  const pairs: Readonly<Record<Spenders, ReadonlyArray<readonly [Hex, Hex]>>> = {
    all: [
      [token, router],
      [token, registry],
      [token, venue],
      [dollar, router],
      [dollar, market],
      [dollar, venue],
      [pair, router],
    ],
    provider: [
      [token, router],
      [token, registry],
      [dollar, router],
    ],
    buyer: [[dollar, market]],
    none: [],
  }
  return pairs[spenders].map(([coin, spender]) => call(id, coin, approve(addressWord(spender), unlimited)))
}

const openPool = (deposit: Genesis["pool"]["deposits"][number], { token, dollar, router }: Contracts, deadline: number): Transaction => {
  const { agent, tokenWei, dollarMicros } = deposit
  const amounts = [word(tokenWei), word(dollarMicros), word(0), word(0)]
  return call(
    agent,
    router,
    addLiquidity(addressWord(token), addressWord(dollar), ...amounts, addressWord(addressOf(agent)), word(deadline)),
  )
}

/** Sets up the optional protocols that the genesis asks for. */
const extend = async (site: Omit<Site, "accounts">): Promise<Extensions> => {
  const made: Record<string, Extension> = {}
  const accounts = new Map<string, Hex>()
  for (const [name, install] of Object.entries<(site: Site) => Promise<Extension | undefined>>(extensions)) {
    const extension = await install({ ...site, accounts })
    if (extension === undefined) continue
    made[name] = extension
    for (const [account, address] of extension.accounts) accounts.set(account, address)
  }
  return made
}

const nameAccounts = (ids: ReadonlyArray<string>, contracts: Contracts, extensions: Extensions): Accounts => {
  const { pair: pool, registry, market, oracle, emissions, rewards, burn, venue } = contracts
  const people = [...ids, ...protocolAccounts].map((id) => [id, addressOf(id)] as const)
  const core = Object.entries({ pool, registry, market, oracle, emissions, rewards, burn, venue })
  return accounts(new Map([...people, ...core, ...extensionsOf({ extensions }).flatMap((extension) => [...extension.accounts])]))
}
