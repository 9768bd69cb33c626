import { encodeDeployData, type Hex } from "viem"
import type { Fact, LedgerView } from "../../sim/ledger.ts"
import { type Farm, farmAccount } from "../../sim/protocols/farm.ts"
import { SECONDS_PER_DAY } from "../../sim/units.ts"
import { addressOf } from "../accounts.ts"
import { chefBudget, farmLens, masterChef, networkToken, stakingRewards } from "../artifacts.ts"
import { callOf } from "../encodeCall.ts"
import type { Extension, Site } from "../extension.ts"
import { pairAbi } from "../pool/artifacts.ts"
import type { Transaction } from "../settleBlock.ts"
import { addressWord, bigintAt, prelude, unlimited, word } from "../word.ts"

type Terms = NonNullable<Site["genesis"]["farms"]>[number]

/** One farm on the chain. */
export interface FarmContracts {
  readonly terms: Terms
  readonly farm: Hex
  /** Holds the rewards: the farm itself, or the budget that stands in for MasterChef's token. */
  readonly purse: Hex
}

export interface Farms extends Extension<Pick<LedgerView, "farms">> {
  readonly contracts: ReadonlyMap<string, FarmContracts>
  /** Name of the farm to which a contract belongs. */
  readonly farmAt: (contract: Hex) => string
}

const setRewardsDuration = callOf(stakingRewards.abi, "setRewardsDuration")
const hire = callOf(chefBudget.abi, "hire")
const transferOwnership = callOf(masterChef.abi, "transferOwnership")
const transfer = callOf(networkToken.abi, "transfer")
const approve = callOf(pairAbi, "approve")
const read = callOf(farmLens.abi, "read")

const callGas = 400_000

/** Sets up the farms, with their rewards set aside from the treasury; they pay nothing before the operator starts them. */
export const installFarms = async (site: Site): Promise<Farms | undefined> => {
  const { genesis, agents, contracts: core } = site
  if (genesis.farms === undefined) return undefined
  const farms: Array<FarmContracts> = []
  for (const terms of genesis.farms) farms.push(await (terms.kind === "masterChef" ? openChef(site, terms) : openRewards(site, terms)))
  const [lens] = await site.deploy([encodeDeployData({ ...farmLens, args: [core.pair] })])
  await site.send(agents.flatMap((id) => farms.map(({ farm }) => call(id, core.pair, approve(addressWord(farm), unlimited)))))

  const contracts = new Map(farms.map((one) => [one.terms.id, one]))
  const names = new Map(farms.flatMap(({ terms, farm, purse }) => [farm, purse].map((address) => [address, terms.id] as const)))
  const stakers: Array<string> = []
  return {
    contracts,
    farmAt: (contract) => names.get(contract)!,
    accounts: new Map(
      farms.flatMap(({ terms, farm, purse }) => [[farmAccount(terms.id), farm] as const, [purseAccount(terms), purse] as const]),
    ),
    poolShareHolders: farms.map(({ terms }) => farmAccount(terms.id)),
    note: (fact: Fact) => {
      if (fact.kind === "farm.staked" && !stakers.includes(fact.agent)) stakers.push(fact.agent)
    },
    reads: ({ accounts }) => {
      const refs = farms.flatMap(({ terms, farm }) => [addressWord(farm), word(terms.kind === "masterChef" ? 1 : 0)])
      const offset = word(32 * (3 + refs.length))
      const data = read(word(64), offset, word(farms.length), ...refs, word(stakers.length), ...stakers.map(accounts.word))
      return [{ to: lens!, data }]
    },
    view: ([answer]) => {
      let at = prelude
      const next = () => bigintAt(answer!, at++)
      return { farms: new Map(farms.map(({ terms }) => [terms.id, viewOf(terms, stakers, next)])) }
    },
  }
}

const purseAccount = ({ id, kind }: Terms): string => (kind === "masterChef" ? `${farmAccount(id)}.budget` : farmAccount(id))

const viewOf = (terms: Terms, stakers: ReadonlyArray<string>, next: () => bigint): Farm => {
  const [totalShares, rate] = [next(), next()]
  const [shares, earnedWei] = [new Map<string, bigint>(), new Map<string, bigint>()]
  for (const id of stakers) {
    shares.set(id, next())
    earnedWei.set(id, next())
  }
  const { kind, startSeconds, endSeconds, blocksPerDay } = terms
  const rewardWeiPerDay = rate * BigInt(kind === "masterChef" ? blocksPerDay : SECONDS_PER_DAY)
  return { kind, startSeconds, endSeconds, rewardWeiPerDay, totalShares, shares, earnedWei, purse: purseAccount(terms) }
}

const call = (id: string, to: Hex, data: Hex): Transaction => ({ from: addressOf(id), to, data, gas: callGas })

const openRewards = async ({ deploy, send, contracts }: Site, terms: Terms): Promise<FarmContracts> => {
  const operator = addressOf("operator")
  const [farm] = await deploy([encodeDeployData({ ...stakingRewards, args: [operator, operator, contracts.token, contracts.pair] })])
  await send([
    call("operator", farm!, setRewardsDuration(word(terms.endSeconds - terms.startSeconds))),
    call("treasury", contracts.token, transfer(addressWord(farm!), word(terms.rewardWei))),
  ])
  return { terms, farm: farm!, purse: farm! }
}

/** A block pays the budget's part of one block, rounded down. There is no bonus, and payment begins when the pool is added. */
const openChef = async ({ deploy, send, contracts }: Site, terms: Terms): Promise<FarmContracts> => {
  const { token, pair, dollar } = contracts
  const days = (terms.endSeconds - terms.startSeconds) / SECONDS_PER_DAY
  const weiPerBlock = terms.rewardWei / BigInt(Math.round(days * terms.blocksPerDay))
  const [purse] = await deploy([encodeDeployData({ ...chefBudget, args: [token, pair, dollar, addressOf("treasury")] })])
  const [farm] = await deploy([encodeDeployData({ ...masterChef, args: [purse!, purse!, weiPerBlock, 0n, 0n] })])
  await send([
    call("operator", purse!, hire(addressWord(farm!))),
    call("operator", farm!, transferOwnership(addressWord(purse!))),
    call("treasury", token, transfer(addressWord(purse!), word(terms.rewardWei))),
  ])
  return { terms, farm: farm!, purse: purse! }
}
