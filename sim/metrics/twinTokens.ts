import { metric } from "../metric.ts"
import { heldTokens, isStranded } from "../protocols/kyc.ts"
import { fromWei } from "../units.ts"

export const twinTokens = metric({
  label: "Permissioned tokens",
  unit: "tokens",
  description:
    "Supply of the permissioned twin, what of it lies in frozen wallets, and what is held by users who are not or no longer verified",
  daily: "last",
  of: ({ after, world }) =>
    world.rules.kyc === undefined
      ? undefined
      : new Map([
          ["all", fromWei(after.kyc.supplyWei)],
          ["frozen", heldTokens(after, ({ isFrozen }) => isFrozen)],
          ["stranded", heldTokens(after, isStranded)],
        ]),
})
