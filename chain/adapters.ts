import type { Action, CoreAction } from "../sim/ledger.ts"
import type * as farmProtocol from "../sim/protocols/farm.ts"
import type * as vaultProtocol from "../sim/protocols/vault.ts"
import type { Adapter, Adapters } from "./adapter.ts"
import { adapters as burn } from "./burn/adapter.ts"
import { adapters as dollar } from "./dollar/adapter.ts"
import { adapters as farm } from "./farm/adapter.ts"
import { adapters as market } from "./market/adapter.ts"
import { adapters as oracle } from "./oracle/adapter.ts"
import { adapters as pool } from "./pool/adapter.ts"
import { adapters as registry } from "./registry/adapter.ts"
import { adapters as rewards } from "./rewards/adapter.ts"
import { adapters as token } from "./token/adapter.ts"
import { adapters as vault } from "./vault/adapter.ts"
import { adapters as venue } from "./venue/adapter.ts"

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

const extensionAdapters: Adapters<farmProtocol.Action | vaultProtocol.Action> = { ...farm, ...vault }

/** Every action by its kind. */
export const adapters = { ...coreAdapters, ...extensionAdapters } as unknown as Readonly<Record<Action["kind"], Adapter<Action>>>
