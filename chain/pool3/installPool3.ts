import { encodeDeployData, type Hex, zeroAddress } from "viem"
import type { Genesis } from "../../sim/ledger.ts"
import type { View } from "../../sim/protocols/pool3.ts"
import { sqrtPriceAt } from "../../sim/protocols/pool3/price.ts"
import { widestTicks } from "../../sim/protocols/pool3/tick.ts"
import { addressOf } from "../accounts.ts"
import { dollar as dollarArtifact, networkToken, pool3Lens } from "../artifacts.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import type { Extension, Site } from "../extension.ts"
import type { Transaction } from "../settleBlock.ts"
import { addressWord, numberAt, signedWord, textWord, unlimited, word, wordAt } from "../word.ts"
import { factoryAbi, factoryBytecode, managerAbi, managerBytecode, poolAbi, routerAbi, routerBytecode } from "./artifacts.ts"
import { installPool4, isHooked } from "../pool4/installPool4.ts"
import { inOrder } from "./coins.ts"
import { type Reading, readPools3, type Standing } from "./readPools3.ts"

/** The pools of ranges of a world: one factory, position manager and router for those of v3, and those of v4. */
export interface Pools3 extends Extension<{ readonly pools3: View }>, Reading {
  readonly factory: Hex
  readonly manager: Hex
  readonly router: Hex
  readonly pools: ReadonlyMap<string, Standing>
}

type Terms = NonNullable<Genesis["pools3"]>[number]

const createPool = callOf(factoryAbi, "createPool")
const enableFeeAmount = callOf(factoryAbi, "enableFeeAmount")
const initialize = callOf(poolAbi, "initialize")
const increaseCardinality = callOf(poolAbi, "increaseObservationCardinalityNext")
const mintPosition = callOf(managerAbi, "mint")
const approve = callOf(networkToken.abi, "approve")
const mintDollars = callOf(dollarArtifact.abi, "mint")

/** The fees that the factory knows from the start, with their spacings of ticks. Its owner can add others, here with the narrowest. */
const spacings: ReadonlyMap<number, number> = new Map([
  [500, 10],
  [3_000, 60],
  [10_000, 200],
])
const otherTickSpacing = 1

/** Makes the pools that the genesis asks for, each with a full-range position of the treasury, and gives all agents access. */
export const installPool3 = async (site: Site): Promise<Pools3 | undefined> => {
  const asked = site.genesis.pools3 ?? []
  if (asked.length === 0) return undefined
  const terms = asked.filter((each) => !isHooked(each))
  const { token, dollar } = site.contracts
  const [factory] = (await site.deploy([factoryBytecode()])) as [Hex]
  const [manager, router] = (await site.deploy([
    encodeDeployData({ abi: managerAbi, bytecode: managerBytecode(), args: [factory, zeroAddress, zeroAddress] }),
    encodeDeployData({ abi: routerAbi, bytecode: routerBytecode(), args: [factory, zeroAddress] }),
  ])) as [Hex, Hex]
  const [lens] = (await site.deploy([encodeDeployData({ ...pool3Lens, args: [manager] })])) as [Hex]
  const v3Pools = await createPools(site, factory, terms)

  const transaction = (id: string, to: Hex, data: Hex, gas = 200_000): Transaction => ({ from: addressOf(id), to, data, gas })
  // The main pool's first deposit sets its price.
  const sqrtPriceX96 = sqrtPriceAt(site.genesis.pool.deposits[0]!, site.tokenFirst)
  await site.send([
    ...terms.flatMap(({ id, twapSeconds }) => {
      const { address } = v3Pools.get(id)!
      const observations = observationsFor(twapSeconds)
      return [
        transaction("operator", address, initialize(word(sqrtPriceX96))),
        transaction("operator", address, increaseCardinality(word(observations)), 100_000 + 25_000 * observations),
      ]
    }),
    ...[...new Set([...site.agents, "treasury"])].flatMap((id) =>
      [token, dollar].flatMap((coin) =>
        [router, manager].map((spender) => transaction(id, coin, approve(addressWord(spender), unlimited))),
      ),
    ),
    ...asked.map(({ dollarMicros }) =>
      transaction("issuer", dollar, mintDollars(addressWord(addressOf("treasury")), word(dollarMicros), textWord("capital"))),
    ),
    ...terms.map((each) => transaction("treasury", manager, fullRange(site, v3Pools.get(each.id)!, each), 1_000_000)),
  ])
  const v4Pools = new Map<string, Standing>()
  for (const [index, each] of asked.filter(isHooked).entries())
    v4Pools.set(each.id, await installPool4(site, each, index, sqrtPriceX96, spacings.get(each.feePips) ?? otherTickSpacing))
  const pools = new Map(asked.map(({ id }) => [id, (v3Pools.get(id) ?? v4Pools.get(id))!]))
  return {
    factory,
    manager,
    router,
    pools,
    accounts: new Map([
      ["pool3.manager", manager],
      ["pool3.router", router],
      ...[...pools].map(([id, { address }]) => [`pool3.${id}`, address] as const),
    ]),
    ...readPools3(lens, pools, site.tokenFirst),
  }
}

/** A pool remembers at most one price a block, and a tick lasts an hour at least; one more lies before the window, one after. */
const observationsFor = (twapSeconds: number): number => Math.ceil(twapSeconds / 3600) + 2

const createPools = async (site: Site, factory: Hex, terms: ReadonlyArray<Terms>): Promise<ReadonlyMap<string, Standing>> => {
  const { token, dollar } = site.contracts
  const operate = (data: Hex): Transaction => ({ from: addressOf("operator"), to: factory, data, gas: 6_000_000 })
  const otherFees = terms.map(({ feePips }) => feePips).filter((feePips) => !spacings.has(feePips))
  const logs = await site.send([
    ...otherFees.map((feePips) => operate(enableFeeAmount(word(feePips), signedWord(otherTickSpacing)))),
    ...terms.map(({ feePips }) => operate(createPool(addressWord(token), addressWord(dollar), word(feePips)))),
  ])
  const created = logs.filter(({ topics }) => topics[0] === topicOf(factoryAbi, "PoolCreated"))
  return new Map(
    terms.map(({ id, feePips, twapSeconds }, index) => {
      const { data } = created[index]!
      return [id, { address: `0x${wordAt(data, 1).slice(24)}`, feePips, tickSpacing: numberAt(data, 0), twapSeconds }]
    }),
  )
}

const fullRange = (site: Site, { feePips, tickSpacing }: Standing, { tokenWei, dollarMicros }: Terms): Hex => {
  const { tickLower, tickUpper } = widestTicks(tickSpacing)
  const { token, dollar } = site.contracts
  return mintPosition(
    ...inOrder(site.tokenFirst, addressWord(token), addressWord(dollar)),
    word(feePips),
    signedWord(tickLower),
    signedWord(tickUpper),
    ...inOrder(site.tokenFirst, word(tokenWei), word(dollarMicros)),
    word(0),
    word(0),
    addressWord(addressOf("treasury")),
    word(site.timestampSeconds),
  )
}
