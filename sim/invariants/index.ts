import type { Invariant } from "../invariant.ts"
import { bonusBacking } from "./bonusBacking.ts"
import { batchBacking } from "./batchBacking.ts"
import { claimSupply } from "./claimSupply.ts"
import { counters } from "./counters.ts"
import { courtBacking } from "./courtBacking.ts"
import { disputeBacking } from "./disputeBacking.ts"
import { dollarConservation } from "./dollarConservation.ts"
import { escrowBacking } from "./escrowBacking.ts"
import { exploitLoss } from "./exploitLoss.ts"
import { farmBacking } from "./farmBacking.ts"
import { kycBacking } from "./kycBacking.ts"
import { graphBacking } from "./graphBacking.ts"
import { feedAnswers } from "./feedAnswers.ts"
import { lendingBacking } from "./lendingBacking.ts"
import { lockBacking } from "./lockBacking.ts"
import { lpLedger } from "./lpLedger.ts"
import { nonNegative } from "./nonNegative.ts"
import { pool3Backing } from "./pool3Backing.ts"
import { poolReserves } from "./poolReserves.ts"
import { rewardsBacking } from "./rewardsBacking.ts"
import { stakeBacking } from "./stakeBacking.ts"
import { stakingBacking } from "./stakingBacking.ts"
import { taxBacking } from "./taxBacking.ts"
import { tokenConservation } from "./tokenConservation.ts"
import { treeBacking } from "./treeBacking.ts"
import { vaultBacking } from "./vaultBacking.ts"
import { vestingBacking } from "./vestingBacking.ts"

export const invariants = {
  tokenConservation,
  dollarConservation,
  escrowBacking,
  stakeBacking,
  poolReserves,
  lpLedger,
  pool3Backing,
  rewardsBacking,
  counters,
  farmBacking,
  vaultBacking,
  vestingBacking,
  stakingBacking,
  lockBacking,
  lendingBacking,
  graphBacking,
  courtBacking,
  claimSupply,
  kycBacking,
  taxBacking,
  feedAnswers,
  bonusBacking,
  batchBacking,
  disputeBacking,
  exploitLoss,
  treeBacking,
  nonNegative,
} satisfies Readonly<Record<string, Invariant>>
