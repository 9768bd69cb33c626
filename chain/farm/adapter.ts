import type { Hex } from "viem"
import type { Action } from "../../sim/protocols/farm.ts"
import type { Adapters, DecodeFact, World } from "../adapter.ts"
import { chefBudget, masterChef, stakingRewards } from "../artifacts.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { bigintAt, word } from "../word.ts"

const stake = callOf(stakingRewards.abi, "stake")
const withdraw = callOf(stakingRewards.abi, "withdraw")
const getReward = callOf(stakingRewards.abi, "getReward")
const exit = callOf(stakingRewards.abi, "exit")
const notifyRewardAmount = callOf(stakingRewards.abi, "notifyRewardAmount")
const chefDeposit = callOf(masterChef.abi, "deposit")
const chefWithdraw = callOf(masterChef.abi, "withdraw")
const start = callOf(chefBudget.abi, "start")
const end = callOf(chefBudget.abi, "end")

/** MasterChef's pool of shares of the main pool. */
const firstPool = word(0)

const farmOf = ({ extensions }: World, id: string) => {
  const contracts = extensions.farms?.contracts.get(id)
  if (contracts === undefined) throw new RangeError(`no farm is called ${id}`)
  return contracts
}

const isChef = (world: World, id: string): boolean => farmOf(world, id).terms.kind === "masterChef"

const toFarm = ({ farm }: Action, world: World): Hex => farmOf(world, farm).farm
const toPurse = ({ farm }: Action, world: World): Hex => farmOf(world, farm).purse

const moved =
  (kind: "farm.staked" | "farm.unstaked"): DecodeFact =>
  ({ address, topics, data }, { accounts, extensions }) => {
    const shares = bigintAt(data, 0)
    // A claim from MasterChef is a deposit of nothing.
    if (shares === 0n) return undefined
    return { kind, farm: extensions.farms!.farmAt(address), agent: accounts.idOf(topics[1]!), shares }
  }

const paid: DecodeFact = ({ address, topics, data }, { accounts, extensions }) => ({
  kind: "farm.rewardPaid",
  farm: extensions.farms!.farmAt(address),
  agent: accounts.idOf(topics[1]!),
  amountWei: bigintAt(data, 0),
})

/** What farms say when somebody moves a stake or claims. */
export const farmFacts: Readonly<Record<Hex, DecodeFact>> = {
  [topicOf(stakingRewards.abi, "Staked")]: moved("farm.staked"),
  [topicOf(masterChef.abi, "Deposit")]: moved("farm.staked"),
  [topicOf(stakingRewards.abi, "Withdrawn")]: moved("farm.unstaked"),
  [topicOf(masterChef.abi, "Withdraw")]: moved("farm.unstaked"),
  [topicOf(stakingRewards.abi, "RewardPaid")]: paid,
  [topicOf(chefBudget.abi, "Paid")]: paid,
}

export const adapters: Adapters<Action> = {
  "farm.stake": {
    to: toFarm,
    gas: 400_000,
    encode: ({ farm, shares }, world) => (isChef(world, farm) ? chefDeposit(firstPool, word(shares)) : stake(word(shares))),
    facts: farmFacts,
  },
  "farm.unstake": {
    to: toFarm,
    gas: 400_000,
    encode: ({ farm, shares }, world) => (isChef(world, farm) ? chefWithdraw(firstPool, word(shares)) : withdraw(word(shares))),
    facts: farmFacts,
  },
  "farm.claim": {
    to: toFarm,
    gas: 400_000,
    encode: ({ farm }, world) => (isChef(world, farm) ? chefDeposit(firstPool, word(0)) : getReward()),
    facts: farmFacts,
  },
  "farm.exit": {
    to: toFarm,
    gas: 400_000,
    encode: ({ farm, shares }, world) => (isChef(world, farm) ? chefWithdraw(firstPool, word(shares)) : exit()),
    facts: farmFacts,
  },
  "farm.start": {
    to: toPurse,
    gas: 400_000,
    sender: "operator",
    encode: ({ farm }, world) => (isChef(world, farm) ? start() : notifyRewardAmount(word(farmOf(world, farm).terms.rewardWei))),
    facts: {
      [topicOf(stakingRewards.abi, "RewardAdded")]: ({ data }, _world, _agent, { farm }) => ({
        kind: "farm.started",
        farm,
        rewardWei: bigintAt(data, 0),
      }),
      [topicOf(chefBudget.abi, "Started")]: ({ data }, _world, _agent, { farm }) => ({
        kind: "farm.started",
        farm,
        rewardWei: bigintAt(data, 0),
      }),
    },
  },
  "farm.end": {
    to: toPurse,
    gas: 400_000,
    sender: "operator",
    encode: () => end(),
    facts: {
      [topicOf(chefBudget.abi, "Ended")]: ({ data }, _world, _agent, { farm }) => ({
        kind: "farm.ended",
        farm,
        leftWei: bigintAt(data, 0),
      }),
    },
  },
}
