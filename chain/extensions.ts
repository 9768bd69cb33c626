import { installLock } from "./burn/installLock.ts"
import { installTax } from "./burn/installTax.ts"
import { installFeeds } from "./chainlink/installFeeds.ts"
import { installUptime } from "./chainlink/installUptime.ts"
import { installClaims } from "./claims/installClaims.ts"
import type { Site } from "./extension.ts"
import { installFarms } from "./farm/installFarms.ts"
import { installKyc } from "./kyc/installKyc.ts"
import { installGraph } from "./graph/installGraph.ts"
import { installLending } from "./lending/installLending.ts"
import { installBatches } from "./market/installBatches.ts"
import { installDisputes } from "./market/installDisputes.ts"
import { installExploit } from "./market/installExploit.ts"
import { installRewardTree } from "./rewards/installRewardTree.ts"
import { installPool3 } from "./pool3/installPool3.ts"
import { installCourt } from "./registry/installCourt.ts"
import { installSpotChecks } from "./spotChecks/installSpotChecks.ts"
import { installStaking } from "./staking/installStaking.ts"
import { installVault } from "./vault/installVault.ts"
import { installVesting } from "./vesting/installVesting.ts"

/** Every optional protocol: sets itself up when the genesis asks for it, in this order. */
export const extensions = {
  pool3: installPool3,
  farms: installFarms,
  vault: installVault,
  vesting: installVesting,
  staking: installStaking,
  locks: installLock,
  lending: installLending,
  feeds: installFeeds,
  uptime: installUptime,
  claims: installClaims,
  kyc: installKyc,
  tax: installTax,
  graph: installGraph,
  court: installCourt,
  spotChecks: installSpotChecks,
  batches: installBatches,
  disputes: installDisputes,
  exploit: installExploit,
  rewardTree: installRewardTree,
} as const satisfies Readonly<Record<string, (site: Site) => Promise<unknown>>>

export type Extensions = { readonly [Name in keyof typeof extensions]?: Awaited<ReturnType<(typeof extensions)[Name]>> }
