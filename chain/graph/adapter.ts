import type { Hex } from "viem"
import type { Action } from "../../sim/protocols/graph.ts"
import { addressOf } from "../accounts.ts"
import type { Adapters, DecodeFact, World } from "../adapter.ts"
import { networkToken } from "../artifacts.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { addressWord, bigintAt, numberAt, textWord, word, wordAt } from "../word.ts"
import { disputeWord, ownershipProof } from "./allocationKey.ts"
import { disputeManagerAbi, rewardsManagerAbi, stakingAbi } from "./artifacts.ts"
import type { Graph } from "./installGraph.ts"

const stake = callOf(stakingAbi, "stake")
const unstake = callOf(stakingAbi, "unstake")
const withdraw = callOf(stakingAbi, "withdraw")()
const setRewardsDestination = callOf(stakingAbi, "setRewardsDestination")
const setDelegationParameters = callOf(stakingAbi, "setDelegationParameters")
const allocate = callOf(stakingAbi, "allocate")
const closeAllocation = callOf(stakingAbi, "closeAllocation")
const delegate = callOf(stakingAbi, "delegate")
const undelegate = callOf(stakingAbi, "undelegate")
const withdrawDelegated = callOf(stakingAbi, "withdrawDelegated")
const createDispute = callOf(disputeManagerAbi, "createIndexingDispute")
const transferTopic = topicOf(networkToken.abi, "Transfer")

const graphOf = ({ extensions }: World): Graph => {
  if (extensions.graph === undefined) throw new RangeError("the scenario has no graph")
  return extensions.graph
}
const toStaking = (_: Action, world: World): Hex => graphOf(world).staking
const toDisputes = (_: Action, world: World): Hex => graphOf(world).disputes
const addressIn = (data: string, index: number): string => `0x${wordAt(data, index)}`

const staked: Readonly<Record<Hex, DecodeFact>> = {
  [topicOf(stakingAbi, "StakeDeposited")]: ({ topics, data }, { accounts }) => ({
    kind: "graph.staked",
    agent: accounts.idOf(topics[1]!),
    amountWei: bigintAt(data, 0),
  }),
}
const withdrawn: Readonly<Record<Hex, DecodeFact>> = {
  [topicOf(stakingAbi, "StakeWithdrawn")]: ({ topics, data }, { accounts }) => ({
    kind: "graph.withdrawn",
    agent: accounts.idOf(topics[1]!),
    amountWei: bigintAt(data, 0),
  }),
}
const delegationWithdrawn: Readonly<Record<Hex, DecodeFact>> = {
  [topicOf(stakingAbi, "StakeDelegatedWithdrawn")]: ({ topics, data }, { accounts }) => ({
    kind: "graph.delegationWithdrawn",
    agent: accounts.idOf(topics[2]!),
    indexer: accounts.idOf(topics[1]!),
    amountWei: bigintAt(data, 0),
  }),
}

/** How a dispute ended: the arbitrator's three words, and what the fisherman got or lost. */
const ruling = <Kind extends "graph.accept" | "graph.reject" | "graph.draw">(
  call: "acceptDispute" | "rejectDispute" | "drawDispute",
  event: "DisputeAccepted" | "DisputeRejected" | "DisputeDrawn",
  fact: (amountWei: bigint, parties: { allocation: string; indexer: string; fisherman: string }) => ReturnType<DecodeFact>,
  more: Readonly<Record<Hex, DecodeFact>> = {},
) => {
  const encoded = callOf(disputeManagerAbi, call)
  return {
    to: toDisputes,
    gas: 400_000,
    encode: ({ allocation }: { readonly kind: Kind; readonly allocation: string }, world: World): Hex =>
      encoded(disputeWord(graphOf(world).record.addressOf(allocation))),
    facts: {
      ...more,
      [topicOf(disputeManagerAbi, event)]: (({ topics, data }, world) =>
        fact(bigintAt(data, 0), {
          allocation: graphOf(world).record.allocationOf(topics[1]!),
          indexer: world.accounts.idOf(topics[2]!),
          fisherman: world.accounts.idOf(topics[3]!),
        })) as DecodeFact,
    },
  }
}

export const adapters: Adapters<Action> = {
  "graph.stake": { to: toStaking, gas: 350_000, encode: ({ amountWei }) => stake(word(amountWei)), facts: staked },
  "graph.unstake": {
    to: toStaking,
    gas: 300_000,
    encode: ({ amountWei }) => unstake(word(amountWei)),
    facts: {
      // What is thawed by now is withdrawn first.
      ...withdrawn,
      [topicOf(stakingAbi, "StakeLocked")]: ({ topics, data }, { accounts }) => ({
        kind: "graph.unstaked",
        agent: accounts.idOf(topics[1]!),
        thawingWei: bigintAt(data, 0),
        thawedAtBlock: numberAt(data, 1),
      }),
    },
  },
  "graph.withdraw": { to: toStaking, gas: 200_000, encode: () => withdraw, facts: withdrawn },
  "graph.payOut": {
    to: toStaking,
    gas: 150_000,
    encode: (_, __, { agent }) => setRewardsDestination(addressWord(addressOf(agent))),
    facts: {
      [topicOf(stakingAbi, "SetRewardsDestination")]: ({ topics }, { accounts }) => ({
        kind: "graph.payOutSet",
        agent: accounts.idOf(topics[1]!),
      }),
    },
  },
  "graph.setCut": {
    to: toStaking,
    gas: 150_000,
    // The cut of query fees, which nobody pays here, is the same.
    encode: ({ cutPpm }) => setDelegationParameters(word(cutPpm), word(cutPpm), word(0)),
    facts: {
      [topicOf(stakingAbi, "DelegationParametersUpdated")]: ({ topics, data }, { accounts }) => ({
        kind: "graph.cutSet",
        agent: accounts.idOf(topics[1]!),
        cutPpm: numberAt(data, 0),
      }),
    },
  },
  "graph.allocate": {
    to: toStaking,
    gas: 600_000,
    encode: ({ allocation, subgraph, amountWei }, world, { agent }) =>
      allocate(
        textWord(subgraph),
        word(amountWei),
        addressWord(graphOf(world).record.addressOf(allocation)),
        word(0),
        word(32 * 5),
        ownershipProof(allocation, addressOf(agent)),
      ),
    facts: {
      [topicOf(stakingAbi, "AllocationCreated")]: ({ topics, data }, world) => ({
        kind: "graph.allocated",
        allocation: graphOf(world).record.allocationAt(topics[3]!),
        indexer: world.accounts.idOf(topics[1]!),
        subgraph: graphOf(world).subgraphAt(topics[2]!),
        epoch: numberAt(data, 0),
        amountWei: bigintAt(data, 1),
      }),
    },
  },
  "graph.close": {
    to: toStaking,
    gas: 700_000,
    encode: ({ allocation, proof }, world) => closeAllocation(addressWord(graphOf(world).record.addressOf(allocation)), word(proof)),
    facts: {
      // Rewards of an indexer that has not asked for a payout go into its stake.
      ...staked,
      [topicOf(rewardsManagerAbi, "HorizonRewardsAssigned")]: ({ topics, data }, world) => ({
        kind: "graph.rewarded",
        indexer: world.accounts.idOf(topics[1]!),
        allocation: graphOf(world).record.allocationAt(topics[2]!),
        amountWei: bigintAt(data, 0),
      }),
      [transferTopic]: ({ topics, data }, world) =>
        // The other transfer is the one that mints.
        topics[1]!.slice(2) === addressWord(graphOf(world).staking)
          ? { kind: "graph.paidOut", indexer: world.accounts.idOf(topics[2]!), amountWei: bigintAt(data, 0) }
          : undefined,
      [topicOf(stakingAbi, "AllocationClosed")]: ({ topics, data }, world) => ({
        kind: "graph.closed",
        allocation: graphOf(world).record.allocationAt(topics[3]!),
        indexer: world.accounts.idOf(topics[1]!),
        subgraph: graphOf(world).subgraphAt(topics[2]!),
        epoch: numberAt(data, 0),
        amountWei: bigintAt(data, 1),
        proof: bigintAt(data, 3),
      }),
    },
  },
  "graph.delegate": {
    to: toStaking,
    gas: 350_000,
    encode: ({ indexer, amountWei }, { accounts }) => delegate(accounts.word(indexer), word(amountWei)),
    facts: {
      [topicOf(stakingAbi, "StakeDelegated")]: ({ topics, data }, { accounts }, _, action) => ({
        kind: "graph.delegated",
        agent: accounts.idOf(topics[2]!),
        indexer: accounts.idOf(topics[1]!),
        amountWei: bigintAt(data, 0),
        shares: bigintAt(data, 1),
        taxWei: action.kind === "graph.delegate" ? action.amountWei - bigintAt(data, 0) : 0n,
      }),
    },
  },
  "graph.undelegate": {
    to: toStaking,
    gas: 350_000,
    encode: ({ indexer, shares }, { accounts }) => undelegate(accounts.word(indexer), word(shares)),
    facts: {
      ...delegationWithdrawn,
      [topicOf(stakingAbi, "StakeDelegatedLocked")]: ({ topics, data }, { accounts }) => ({
        kind: "graph.undelegated",
        agent: accounts.idOf(topics[2]!),
        indexer: accounts.idOf(topics[1]!),
        amountWei: bigintAt(data, 0),
        shares: bigintAt(data, 1),
        thawedAtEpoch: numberAt(data, 2),
      }),
    },
  },
  "graph.withdrawDelegated": {
    to: toStaking,
    gas: 250_000,
    encode: ({ indexer }, { accounts }) => withdrawDelegated(accounts.word(indexer), word(0)),
    facts: delegationWithdrawn,
  },
  "graph.dispute": {
    to: toDisputes,
    gas: 400_000,
    encode: ({ allocation, depositWei }, world) =>
      createDispute(addressWord(graphOf(world).record.addressOf(allocation)), word(depositWei)),
    facts: {
      [topicOf(disputeManagerAbi, "IndexingDisputeCreated")]: ({ topics, data }, world) => ({
        kind: "graph.disputed",
        agent: world.accounts.idOf(topics[3]!),
        indexer: world.accounts.idOf(topics[2]!),
        allocation: graphOf(world).record.allocationAt(addressIn(data, 1)),
        depositWei: bigintAt(data, 0),
      }),
    },
  },
  "graph.accept": ruling("acceptDispute", "DisputeAccepted", (paidWei, parties) => ({ kind: "graph.accepted", paidWei, ...parties }), {
    [topicOf(stakingAbi, "StakeSlashed")]: ({ topics, data }, { accounts }) => ({
      kind: "graph.slashed",
      indexer: accounts.idOf(topics[1]!),
      fisherman: accounts.idOf(addressIn(data, 2)),
      amountWei: bigintAt(data, 0),
      rewardWei: bigintAt(data, 1),
    }),
  }),
  "graph.reject": ruling("rejectDispute", "DisputeRejected", (burnedWei, parties) => ({ kind: "graph.rejected", burnedWei, ...parties })),
  "graph.draw": ruling("drawDispute", "DisputeDrawn", (returnedWei, parties) => ({ kind: "graph.drawn", returnedWei, ...parties })),
}
