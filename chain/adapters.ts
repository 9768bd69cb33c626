import type { Action, CoreAction } from "../sim/ledger.ts"
import type { Adapters } from "./adapter.ts"
import { adapters as burn } from "./burn/adapter.ts"
import { adapters as lock } from "./burn/lockAdapter.ts"
import { adapters as chainlink } from "./chainlink/adapter.ts"
import { adapters as batches } from "./market/batchAdapter.ts"
import { adapters as disputes } from "./market/disputeAdapter.ts"
import { adapters as exploit } from "./market/exploitAdapter.ts"
import { adapters as rewardTree } from "./rewards/treeAdapter.ts"
import { adapters as claims } from "./claims/adapter.ts"
import { adapters as dollar } from "./dollar/adapter.ts"
import { adapters as farm } from "./farm/adapter.ts"
import { adapters as kyc } from "./kyc/adapter.ts"
import { adapters as graph } from "./graph/adapter.ts"
import { adapters as lending } from "./lending/adapter.ts"
import { adapters as market } from "./market/adapter.ts"
import { adapters as oracle } from "./oracle/adapter.ts"
import { adapters as pool } from "./pool/adapter.ts"
import { adapters as pool3 } from "./pool3/adapter.ts"
import { adapters as court } from "./registry/courtAdapter.ts"
import { adapters as registry } from "./registry/adapter.ts"
import { adapters as rewards } from "./rewards/adapter.ts"
import { adapters as spotChecks } from "./spotChecks/adapter.ts"
import { adapters as staking } from "./staking/adapter.ts"
import { adapters as token } from "./token/adapter.ts"
import { adapters as vault } from "./vault/adapter.ts"
import { adapters as venue } from "./venue/adapter.ts"
import { adapters as vesting } from "./vesting/adapter.ts"

/** Every action of the protocols that all scenarios have. */
export const coreAdapters: Adapters<CoreAction> = {
  ...token,
  ...dollar,
  ...pool,
  ...registry,
  ...market,
  ...oracle,
  ...rewards,
  ...burn,
  ...venue,
}

/** Every action. */
export const adapters: Adapters<Action> = {
  ...coreAdapters,
  ...farm,
  ...pool3,
  ...vault,
  ...vesting,
  ...staking,
  ...lock,
  ...lending,
  ...claims,
  ...kyc,
  ...graph,
  ...chainlink,
  ...court,
  ...spotChecks,
  ...batches,
  ...disputes,
  ...exploit,
  ...rewardTree,
}
