import { encodeDeployData, encodeFunctionData, type Hex } from "viem"
import type { LedgerView } from "../../sim/ledger.ts"
import { uptimeForwarderAccount } from "../../sim/protocols/feeds.ts"
import { uptimeAccount } from "../../sim/protocols/uptime.ts"
import { addressOf } from "../accounts.ts"
import { networkToken, uptimeUpkeep, wardedRegistry } from "../artifacts.ts"
import { callOf } from "../encodeCall.ts"
import type { Extension, Site } from "../extension.ts"
import { addressWord, bigintAt, numberAt, word } from "../word.ts"
import { workflowOwner } from "./forwarderReport.ts"

export interface Uptime extends Extension<Pick<LedgerView, "uptime">> {
  readonly upkeep: Hex
  /** The feed through whose forwarder uptimes are reported. */
  readonly feed: string
}

const transfer = callOf(networkToken.abi, "transfer")
const nextDay = callOf(uptimeUpkeep.abi, "nextDay")()
const checkUpkeep = callOf(uptimeUpkeep.abi, "checkUpkeep")(word(32), word(0))

/** Makes the upkeep, gives it its budget, and makes it the registry's warden. */
export const installUptime = async ({ genesis, contracts, accounts, deploy, send }: Site): Promise<Uptime | undefined> => {
  if (genesis.uptime === undefined) return undefined
  const { feed, budgetWei, bonusWeiPerGpu, uptimeBpsMin, penaltyBpsMax, slashBps, putsOut, monthDays, keeperWei } = genesis.uptime
  const terms = {
    bonusWeiPerGpu,
    uptimeBpsMin: BigInt(uptimeBpsMin),
    penaltyBpsMax: BigInt(penaltyBpsMax),
    slashBps: BigInt(slashBps),
    putsOut,
    monthDays,
    feeWei: keeperWei,
  }
  const { token, registry } = contracts
  const forwarder = accounts.get(uptimeForwarderAccount)!
  const [upkeep] = (await deploy([
    encodeDeployData({ ...uptimeUpkeep, args: [token, registry, forwarder, workflowOwner, BigInt(genesis.startSeconds), terms] }),
  ])) as [Hex]
  const appoint = encodeFunctionData({ ...wardedRegistry, functionName: "appoint", args: [upkeep] })
  await send([
    { from: addressOf("operator"), to: registry, data: appoint, gas: 100_000 },
    { from: addressOf("treasury"), to: token, data: transfer(addressWord(upkeep), word(budgetWei)), gas: 200_000 },
  ])
  return {
    upkeep,
    feed,
    accounts: new Map([[uptimeAccount, upkeep]]),
    reads: () => [
      { to: upkeep, data: nextDay },
      { to: upkeep, data: checkUpkeep },
    ],
    view: ([day, check]) => ({
      uptime: {
        nextDay: numberAt(day!, 0),
        // Whether it is needed, where the data begin, their length, the data.
        due: bigintAt(check!, 0) === 0n ? undefined : { month: numberAt(check!, 3), from: numberAt(check!, 4), to: numberAt(check!, 5) },
      },
    }),
  }
}
