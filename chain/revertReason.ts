import { type Abi, type Hex, toFunctionSelector } from "viem"
import * as artifacts from "./artifacts.ts"
import { poolManagerAbi } from "./pool4/artifacts.ts"
import { bigintAt, numberAt } from "./word.ts"

const textMax = 120

const abis: ReadonlyArray<Abi> = [
  artifacts.networkToken.abi,
  artifacts.dollar.abi,
  artifacts.providerRegistry.abi,
  artifacts.jobMarket.abi,
  artifacts.batchMarket.abi,
  artifacts.disputedMarket.abi,
  artifacts.vulnerableMarket.abi,
  artifacts.workOracle.abi,
  artifacts.quorumOracle.abi,
  artifacts.merkleRewards.abi,
  artifacts.emissionController.abi,
  artifacts.rewardDistributor.abi,
  artifacts.burnEngine.abi,
  artifacts.outsideVenue.abi,
  artifacts.chefBudget.abi,
  artifacts.claimDesk.abi,
  artifacts.feedPrice.abi,
  artifacts.keystoneForwarder.abi,
  artifacts.dataFeedsCache.abi,
  artifacts.medianFeed.abi,
  artifacts.submittedFeed.abi,
  artifacts.uptimeUpkeep.abi,
  artifacts.wardedRegistry.abi,
  artifacts.hardwareLender.abi,
  artifacts.lentRegistry.abi,
  artifacts.courtRegistry.abi,
  artifacts.slashingCourt.abi,
  artifacts.spotChecks.abi,
  artifacts.taxDesk.abi,
  artifacts.taxedToken.abi,
  artifacts.tokenGate.abi,
  artifacts.tokenStaking.abi,
  artifacts.tokenVesting.abi,
  artifacts.voteLock.abi,
  artifacts.pool4Desk.abi,
  artifacts.volatilityFee.abi,
  poolManagerAbi,
  artifacts.yieldVault.abi,
  artifacts.masterChefStrategy.abi,
]

const errorNames = new Map<string, string>(
  abis.flatMap((abi) =>
    abi.flatMap((item) =>
      item.type === "error"
        ? [[toFunctionSelector(`${item.name}(${item.inputs.map(({ type }) => type).join(",")})`), item.name] as const]
        : [],
    ),
  ),
)

/** `Error(string)` of `require`, and `Panic(uint256)` of a failed check of the compiler's. */
const errorSelector = "0x08c379a0"
const panicSelector = "0x4e487b71"

/** What a revert's data says: a custom error's name, or a reason string (a stranger's text, so cut to length). */
export const revertReason = (data: Hex): string => {
  const selector = data.slice(0, 10)
  const words = `0x${data.slice(10)}`
  if (data.length < 10) return "reverted without a reason"
  if (selector === errorSelector) return textOf(words)
  if (selector === panicSelector) return `Panic(0x${bigintAt(words, 0).toString(16)})`
  return errorNames.get(selector) ?? `unknown error ${selector}`
}

const textOf = (words: string): string => {
  const length = Math.min(numberAt(words, 1), 4 * textMax)
  return Buffer.from(words.slice(2 + 128, 2 + 128 + 2 * length), "hex")
    .toString("utf8")
    .slice(0, textMax)
}
