import { encodeDeployData, type Hex } from "viem"
import type { Fact, Genesis } from "../../sim/ledger.ts"
import type { Pool, Position, View } from "../../sim/protocols/pool3.ts"
import { sqrtPriceAt } from "../../sim/protocols/pool3/price.ts"
import { widestTicks } from "../../sim/protocols/pool3/tick.ts"
import { addressOf } from "../accounts.ts"
import type { World } from "../adapter.ts"
import { dollar as dollarArtifact, networkToken, pool3Lens } from "../artifacts.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import type { Extension, Site } from "../extension.ts"
import type { Transaction } from "../settleBlock.ts"
import { addressWord, bigintAt, numberAt, signedAt, signedWord, textWord, word, wordAt } from "../word.ts"
import { factoryAbi, factoryBytecode, managerAbi, managerBytecode, poolAbi, routerAbi, routerBytecode } from "./artifacts.ts"

/** The v3 pools of a world: one factory, position manager and router for all. */
export interface Pools3 extends Extension<{ readonly pools3: View }> {
  readonly factory: Hex
  readonly manager: Hex
  readonly router: Hex
  readonly pools: ReadonlyMap<string, Standing>
  /** The pool of every position that was ever minted. */
  readonly poolOf: ReadonlyMap<bigint, string>
}

/** A pool as it was made. */
interface Standing {
  readonly address: Hex
  readonly feePips: number
  readonly tickSpacing: number
}

type Terms = NonNullable<Genesis["pools3"]>[number]

const createPool = callOf(factoryAbi, "createPool")
const enableFeeAmount = callOf(factoryAbi, "enableFeeAmount")
const initialize = callOf(poolAbi, "initialize")
const increaseCardinality = callOf(poolAbi, "increaseObservationCardinalityNext")
const mintPosition = callOf(managerAbi, "mint")
const approve = callOf(networkToken.abi, "approve")
const mintDollars = callOf(dollarArtifact.abi, "mint")
const read = callOf(pool3Lens.abi, "read")

const zeroAddress: Hex = `0x${"0".repeat(40)}`
const unlimited = word(2n ** 256n - 1n)
/** The fee that the factory does not know from the start, and its spacing of ticks. */
const lowestFee = { feePips: 100, tickSpacing: 1 }

/** Makes the pools that the genesis asks for, each with a full-range position of the treasury, and gives all agents access. */
export const installPool3 = async (site: Site): Promise<Pools3 | undefined> => {
  const terms = site.genesis.pools3 ?? []
  if (terms.length === 0) return undefined
  const { token, dollar } = site.contracts
  const [factory] = (await site.deploy([factoryBytecode()])) as [Hex]
  const [manager, router] = (await site.deploy([
    encodeDeployData({ abi: managerAbi, bytecode: managerBytecode(), args: [factory, zeroAddress, zeroAddress] }),
    encodeDeployData({ abi: routerAbi, bytecode: routerBytecode(), args: [factory, zeroAddress] }),
  ])) as [Hex, Hex]
  const [lens] = (await site.deploy([encodeDeployData({ ...pool3Lens, args: [manager] })])) as [Hex]
  const pools = await createPools(site, factory, terms)

  const transaction = (id: string, to: Hex, data: Hex, gas = 200_000): Transaction => ({ from: addressOf(id), to, data, gas })
  // The main pool's first deposit sets its price.
  const sqrtPriceX96 = sqrtPriceAt(site.genesis.pool.deposits[0]!, site.tokenFirst)
  await site.send([
    ...terms.flatMap(({ id, twapSeconds }) => {
      const { address } = pools.get(id)!
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
    ...terms.flatMap((each) => [
      transaction("issuer", dollar, mintDollars(addressWord(addressOf("treasury")), word(each.dollarMicros), textWord("capital"))),
      transaction("treasury", manager, fullRange(site, pools.get(each.id)!, each), 1_000_000),
    ]),
  ])
  return reading(site, { factory, manager, router, lens }, terms, pools)
}

/** A pool remembers at most one price a block, and a tick lasts an hour at least; one more lies before the window, one after. */
const observationsFor = (twapSeconds: number): number => Math.ceil(twapSeconds / 3600) + 2

const createPools = async (site: Site, factory: Hex, terms: ReadonlyArray<Terms>): Promise<ReadonlyMap<string, Standing>> => {
  const { token, dollar } = site.contracts
  const operate = (data: Hex): Transaction => ({ from: addressOf("operator"), to: factory, data, gas: 6_000_000 })
  const enabling = operate(enableFeeAmount(word(lowestFee.feePips), signedWord(lowestFee.tickSpacing)))
  const logs = await site.send([
    ...(terms.some(({ feePips }) => feePips === lowestFee.feePips) ? [enabling] : []),
    ...terms.map(({ feePips }) => operate(createPool(addressWord(token), addressWord(dollar), word(feePips)))),
  ])
  const created = logs.filter(({ topics }) => topics[0] === topicOf(factoryAbi, "PoolCreated"))
  return new Map(
    terms.map(({ id, feePips }, index) => {
      const { data } = created[index]!
      return [id, { address: `0x${wordAt(data, 1).slice(24)}`, feePips, tickSpacing: numberAt(data, 0) }]
    }),
  )
}

const fullRange = (site: Site, { feePips, tickSpacing }: Standing, { tokenWei, dollarMicros }: Terms): Hex => {
  const { tickLower, tickUpper } = widestTicks(tickSpacing)
  const { token, dollar } = site.contracts
  return mintPosition(
    ...inOrder(site, addressWord(token), addressWord(dollar)),
    word(feePips),
    signedWord(tickLower),
    signedWord(tickUpper),
    ...inOrder(site, word(tokenWei), word(dollarMicros)),
    word(0),
    word(0),
    addressWord(addressOf("treasury")),
    word(site.timestampSeconds),
  )
}

/** What belongs to the two coins, in the order in which a pool has them. */
export const inOrder = <A>({ tokenFirst }: Pick<World, "tokenFirst">, ofToken: A, ofDollar: A): readonly [A, A] =>
  tokenFirst ? [ofToken, ofDollar] : [ofDollar, ofToken]

/** Words of the lens's answer for each pool and each position. */
const poolWords = 6
const positionWords = 7
/** The answer's offset and length come before its first word. */
const prelude = 2

interface Addresses {
  readonly factory: Hex
  readonly manager: Hex
  readonly router: Hex
  readonly lens: Hex
}

const reading = (
  site: Site,
  { lens, ...addresses }: Addresses,
  terms: ReadonlyArray<Terms>,
  pools: ReadonlyMap<string, Standing>,
): Pools3 => {
  const poolOf = new Map(terms.map(({ id }, index) => [BigInt(index + 1), id]))
  /** Those with liquidity or debts. */
  const alive = new Set(poolOf.keys())
  const listed = () => [...alive].sort((a, b) => (a < b ? -1 : 1))
  const heads = [terms.map(({ id }) => addressWord(pools.get(id)!.address)), terms.map(({ twapSeconds }) => word(twapSeconds))]
  return {
    ...addresses,
    pools,
    poolOf,
    accounts: new Map([
      ["pool3.manager", addresses.manager],
      ["pool3.router", addresses.router],
      ...terms.map(({ id }) => [`pool3.${id}`, pools.get(id)!.address] as const),
    ]),
    reads: () => [{ to: lens, data: read(...arrays([...heads, listed().map(word)])) }],
    view: ([answer], { accounts }) => {
      const positions = listed().map((id, index) => {
        const at = prelude + poolWords * terms.length + positionWords * index
        const [owed0, owed1] = [bigintAt(answer!, at + 5), bigintAt(answer!, at + 6)]
        const [owedTokenWei, owedDollarMicros] = inOrder(site, owed0, owed1)
        const position: Position = {
          agent: accounts.idOf(`0x${wordAt(answer!, at)}`),
          tickLower: signedAt(answer!, at + 2),
          tickUpper: signedAt(answer!, at + 3),
          liquidity: bigintAt(answer!, at + 4),
          owedTokenWei,
          owedDollarMicros,
        }
        return { id, feePips: numberAt(answer!, at + 1), position }
      })
      for (const { id, position } of positions)
        if (position.liquidity === 0n && position.owedTokenWei === 0n && position.owedDollarMicros === 0n) alive.delete(id)
      const poolAt = (at: number, standing: Standing): Pool => {
        const [tokenWei, dollarMicros] = inOrder(site, bigintAt(answer!, at + 3), bigintAt(answer!, at + 4))
        return {
          feePips: standing.feePips,
          tickSpacing: standing.tickSpacing,
          tokenFirst: site.tokenFirst,
          sqrtPriceX96: bigintAt(answer!, at),
          tick: signedAt(answer!, at + 1),
          liquidity: bigintAt(answer!, at + 2),
          tokenWei,
          dollarMicros,
          meanTick: signedAt(answer!, at + 5),
          positions: new Map(
            positions.filter(({ id, feePips }) => feePips === standing.feePips && alive.has(id)).map(({ id, position }) => [id, position]),
          ),
        }
      }
      return {
        pools3: {
          pools: new Map(terms.map(({ id }, index) => [id, poolAt(prelude + poolWords * index, pools.get(id)!)])),
          nextPositionId: BigInt(poolOf.size + 1),
        },
      }
    },
    note: (fact: Fact) => {
      if (fact.kind !== "pool3.increased") return
      if (!poolOf.has(fact.positionId)) poolOf.set(fact.positionId, fact.pool)
      alive.add(fact.positionId)
    },
  }
}

/** Dynamic arrays as the words of a function's parameters. */
const arrays = (lists: ReadonlyArray<ReadonlyArray<string>>): ReadonlyArray<string> => {
  let offset = 32 * lists.length
  const offsets = lists.map((list) => {
    offset += 32 * (list.length + 1)
    return word(offset - 32 * (list.length + 1))
  })
  return [...offsets, ...lists.flatMap((list) => [word(list.length), ...list])]
}
