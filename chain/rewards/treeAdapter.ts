import { encodeAbiParameters, encodeFunctionData, keccak256, type Hex } from "viem"
import type { Action } from "../../sim/protocols/rewardTree.ts"
import type { Adapters, World } from "../adapter.ts"
import { chainId } from "../anvil.ts"
import { merkleRewards, quorumOracle } from "../artifacts.ts"
import { topicOf } from "../encodeCall.ts"
import { verdictFacts } from "../oracle/adapter.ts"
import { bigintAt } from "../word.ts"
import type { RewardTree } from "./installRewardTree.ts"
import { signatures } from "./signer.ts"

const { abi } = quorumOracle

/** As the contract hashes what it is to be told. */
const digestOf = (world: World, types: ReadonlyArray<{ readonly type: string }>, values: ReadonlyArray<unknown>): Hex =>
  keccak256(
    encodeAbiParameters(
      [{ type: "uint256" }, { type: "address" }, { type: "string" }, { type: "uint32" }, ...types],
      [BigInt(chainId), world.contracts.oracle, ...values],
    ),
  )

const mismatchType = abi.find((item) => item.type === "function" && item.name === "finalise")!.inputs[2]!

export const adapters: Adapters<Action> = {
  "rewardTree.finalise": {
    to: "oracle",
    gas: ({ mismatches, signers }) => 800_000 + 100_000 * mismatches.length + 15_000 * signers.length,
    encode: ({ epoch, verifiedMillis, mismatches, signers }, world) => {
      const named = mismatches.map((mismatch) => ({ ...mismatch, provider: world.accounts.address(mismatch.provider) }))
      const digest = digestOf(world, [{ type: "uint256" }, mismatchType], ["work", epoch, verifiedMillis, named])
      return encodeFunctionData({ abi, functionName: "finalise", args: [epoch, verifiedMillis, named, signatures(digest, signers)] })
    },
    facts: verdictFacts,
  },
  "rewardTree.publish": {
    to: "oracle",
    gas: ({ signers }) => 400_000 + 15_000 * signers.length,
    encode: ({ epoch, earnedWei, creditedWei, signers }, world) => {
      const root = deskOf(world).plant(earnedWei, world)
      const digest = digestOf(world, [{ type: "bytes32" }, { type: "uint256" }], ["root", epoch, root, creditedWei])
      return encodeFunctionData({ abi, functionName: "publish", args: [epoch, root, creditedWei, signatures(digest, signers)] })
    },
    facts: {
      [topicOf(merkleRewards.abi, "Published")]: ({ topics, data }, world) => [
        { kind: "rewardTree.published", epoch: Number(topics[1]), creditedWei: bigintAt(data, 1) },
        ...deskOf(world).published(Number(topics[1])),
      ],
    },
  },
}

const deskOf = ({ extensions }: World): RewardTree["desk"] => {
  if (extensions.rewardTree === undefined) throw new RangeError("the rewards of this world are not in a tree")
  return extensions.rewardTree.desk
}
