/** Test twin only: a small world in which every action can succeed and can fail. */
import type { Genesis } from "../ledger.ts"
import { ANY_PREMIUM_BPS } from "../protocols/burn.ts"
import { BPS, MICROS_PER_USD, RAY, SECONDS_PER_DAY, WEI_PER_TOKEN } from "../units.ts"

export const holders = ["ann", "bob", "cleo"] as const
export const providers = ["gpu-1", "gpu-2", "gpu-3"] as const
export const reporters = ["node-1", "node-2", "node-3"] as const

const tokens = (count: bigint) => count * WEI_PER_TOKEN
const usd = (count: bigint) => count * MICROS_PER_USD

export const worldGenesis: Genesis = {
  startSeconds: 1_767_225_600,
  supplyWei: tokens(1_000_000n),
  pool: {
    deposits: [
      { agent: "treasury", tokenWei: tokens(9_000n), dollarMicros: usd(4_500n) },
      { agent: "ann", tokenWei: tokens(1_000n), dollarMicros: usd(499n) },
      { agent: "bob", tokenWei: tokens(1_000n), dollarMicros: usd(501n) },
    ],
  },
  registry: { stakeWeiPerGpu: tokens(100n), unbondingSeconds: SECONDS_PER_DAY / 2 },
  market: { feeBps: 1_234, burnBps: 4_567, creditBps: 0 },
  oracle: { reporters, quorum: 2, toleranceBps: 500, slashBps: 1_050 },
  emissions: {
    kind: "decay",
    firstWei: tokens(100n) / 7n,
    keepRay: (RAY * 9_667n) / BPS,
    stepEpochs: 1n,
    epochSeconds: SECONDS_PER_DAY / 2,
  },
  burn: { spendBpsMax: 100, premiumBpsMax: ANY_PREMIUM_BPS, keepBps: 0 },
  venue: { inventoryWei: tokens(700n), feeBps: 25, priceMicros: 480_001n },
  accounts: [...holders, ...providers, ...reporters].map((id) => ({ id, tokenWei: tokens(1_000n), dollarMicros: usd(2_000n) })),
}
