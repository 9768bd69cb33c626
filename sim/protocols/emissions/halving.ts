import { count, or, quantity } from "../../quantity.ts"
import { minBigint, toWei, WEI_PER_TOKEN } from "../../units.ts"
import { statelessModel } from "../emission.ts"

interface Terms {
  readonly rewardWei: bigint
  readonly unitWei: bigint
  readonly blocksPerEpoch: bigint
  readonly halvingBlocks: bigint
}

/**
 * The sum over the epoch's blocks of the reward in units of the copied network, shifted right once for each halving before the block, as
 * Bitcoin does (bitcoin/src/validation.cpp, GetBlockSubsidy): each shift rounds down to a whole unit.
 */
const amountWei = ({ rewardWei, unitWei, blocksPerEpoch, halvingBlocks }: Terms, epoch: number): bigint => {
  const reward = rewardWei / unitWei
  const end = (BigInt(epoch) + 1n) * blocksPerEpoch
  let units = 0n
  for (let block = end - blocksPerEpoch; block < end;) {
    const halvings = block / halvingBlocks
    if (reward >> halvings === 0n) break
    const next = minBigint(end, (halvings + 1n) * halvingBlocks)
    units += (next - block) * (reward >> halvings)
    block = next
  }
  return units * unitWei
}

export const halving = statelessModel({
  fields: {
    tokensPerBlock: quantity("Reward of a block before the first halving", { unit: "tokens per block", min: 0, max: 1e9 }),
    halvingBlocks: count("Blocks from one halving to the next", { unit: "blocks", min: 1, max: 1e9 }),
    blocksPerEpoch: count("Blocks of the copied network in one epoch; a network that counts epochs leaves it out", {
      unit: "blocks per epoch",
      min: 1,
      max: 1e9,
    }).pipe(or(1)),
    decimals: count("Decimals to which a block's reward is rounded down", { unit: "decimals", min: 0, max: 18 }).pipe(or(18)),
  },
  tokenKeys: ["tokensPerBlock"],
  terms: ({ tokensPerBlock, halvingBlocks, blocksPerEpoch, decimals }): Terms => ({
    rewardWei: toWei(tokensPerBlock),
    unitWei: WEI_PER_TOKEN / 10n ** BigInt(decimals),
    blocksPerEpoch: BigInt(blocksPerEpoch),
    halvingBlocks: BigInt(halvingBlocks),
  }),
  amountWei,
})
