import { agentKind, type Decision, type Turn } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import { isChecked, isDelisted, type Member, PAYMENT_DAYS } from "../sim/protocols/kyc.ts"
import { DAYS_PER_YEAR, fromWei } from "../sim/units.ts"
import { payFromPocket } from "./payFromPocket.ts"

interface Memory {
  readonly dueDay: number
  /** The twin of each account when the day began. */
  readonly morningWei: ReadonlyMap<string, bigint>
  /** Day on which each frozen account was. */
  readonly frozenOn: ReadonlyMap<string, number>
}

type OfficerTurn = Turn<object, Memory>

/**
 * Runs the gated venue by `protocols.kyc`: verifies who asked and has been checked, strikes off a delisted jurisdiction, lets the twin move once
 * the vote is over, and, as its guardian, freezes wallets that empty too fast, and now and then one that has done nothing.
 */
export const complianceOfficer = agentKind({
  role: "keeper",
  fields: {},
  endow: () => ({ tokens: 0, usd: 0 }),
  begin: (): Memory => ({ dueDay: 0, morningWei: new Map(), frozenOn: new Map() }),
  decide: (turn): Decision<Memory> => {
    const { world, memory } = turn
    const { kyc: rules } = world.rules
    if (rules === undefined) return { memory, actions: [] }
    const { day, tickOfDay, timestampSeconds } = world.now
    const users = [...world.ledger.kyc.members].filter(([, { requestedAtSeconds }]) => requestedAtSeconds > 0)
    const isBanned = ({ country }: Member) => isDelisted(rules, country, day)
    const isDue = day >= memory.dueDay
    const morningWei = tickOfDay === 0 ? new Map(users.map(([id, { balanceWei }]) => [id, balanceWei])) : memory.morningWei
    const guarded = guard(turn, morningWei, users)
    return {
      memory: { dueDay: isDue ? memory.dueDay + PAYMENT_DAYS : memory.dueDay, morningWei, frozenOn: guarded.frozenOn },
      actions: [
        ...(isDue ? payFromPocket(rules.programmeUsdPerYear / 12, "compliance") : []),
        ...(world.ledger.kyc.isPaused && day >= rules.transferableFromDay ? [{ kind: "kyc.unpause" } as const] : []),
        ...users
          .filter(([, member]) => !member.isVerified && !isBanned(member) && isChecked(rules, member, timestampSeconds))
          .flatMap(([account, { country }]): ReadonlyArray<Action> => [
            { kind: "kyc.createIdentity", account },
            { kind: "kyc.addClaim", account },
            { kind: "kyc.register", account, country },
          ]),
        ...users
          .filter(([, member]) => member.isVerified && isBanned(member))
          .map(([account]): Action => ({ kind: "kyc.remove", account })),
        ...guarded.actions,
      ],
    }
  },
})

/** Each account has a stream of errors of its own, so that one more user changes nothing for the others. */
const guard = (
  { world, memory, rng }: OfficerTurn,
  morningWei: ReadonlyMap<string, bigint>,
  users: ReadonlyArray<readonly [string, Member]>,
): { readonly frozenOn: ReadonlyMap<string, number>; readonly actions: ReadonlyArray<Action> } => {
  const guardian = world.rules.kyc?.guardian
  if (guardian === undefined) return { frozenOn: memory.frozenOn, actions: [] }
  const { day, ticksPerDay } = world.now
  const frozenOn = new Map(memory.frozenOn)
  const actions: Array<Action> = []
  for (const [account, { balanceWei, isVerified, isFrozen }] of users) {
    const isMistaken = rng(`errors/${account}`).chance(guardian.errorsPerAccountYear / (DAYS_PER_YEAR * ticksPerDay))
    const fallUsd = fromWei((morningWei.get(account) ?? balanceWei) - balanceWei) * world.usdPerToken
    const since = frozenOn.get(account)
    if (isFrozen && since !== undefined && day >= since + guardian.appealDays) {
      frozenOn.delete(account)
      actions.push({ kind: "kyc.freeze", account, isFrozen: false })
    } else if (!isFrozen && isVerified && (isMistaken || fallUsd >= guardian.alertUsdPerDay)) {
      frozenOn.set(account, day)
      actions.push({ kind: "kyc.freeze", account, isFrozen: true })
    }
  }
  return { frozenOn, actions }
}
