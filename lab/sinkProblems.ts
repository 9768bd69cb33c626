import type { Scenario } from "../sim/scenario.ts"
import type { Problem } from "./schemaProblems.ts"

/** Where tokens are bound or sunk: schedules that name nobody, agents without their protocol, terms that do not fit together. */
export const sinkProblems = ({ protocols, agents }: Scenario): ReadonlyArray<Problem> => [
  ...protocols.vesting.flatMap(({ id, beneficiary, cliffDays, days }, index) => {
    const at = (key: string, message: string): Problem => ({ path: ["protocols", "vesting", index, key], message })
    const isKnown = beneficiary === "treasury" || agents.some((group) => group.id === beneficiary && group.kind === "beneficiary")
    return [
      ...(isKnown ? [] : [at("beneficiary", `there is no group of kind beneficiary called ${JSON.stringify(beneficiary)}`)]),
      ...(protocols.vesting.findIndex((earlier) => earlier.id === id) < index
        ? [at("id", `the id ${id} is taken by an earlier schedule; ids must differ`)]
        : []),
      ...(cliffDays > days ? [at("cliffDays", `the cliff, on day ${cliffDays}, is after the end, on day ${days}`)] : []),
    ]
  }),
  ...taxProblems(protocols),
]

/** Contracts that a token with a tax would break: they count on getting what was sent. */
const taxProblems = ({ burn, pools3, vault }: Scenario["protocols"]): ReadonlyArray<Problem> => {
  if (burn.kind !== "tax") return []
  const at = (key: string, message: string): Problem => ({ path: ["protocols", "burn", key], message })
  const sharedBps = burn.burnShareBps + burn.treasuryShareBps
  return [
    ...(pools3.length > 0 ? [at("kind", "Uniswap v3 does not support tokens that tax their transfers; leave out pools3 or the tax")] : []),
    ...(vault !== undefined
      ? [at("kind", "the vault's strategies trade with functions that a taxed token breaks; leave out vault or the tax")]
      : []),
    ...(sharedBps > 10_000
      ? [at("treasuryShareBps", `burn and treasury get ${sharedBps} basis points of the tax, more than all of it`)]
      : []),
  ]
}
