import { agentKind, type Decision, type Turn, type Params } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import { stakingAccount } from "../sim/protocols/staking.ts"
import { drawn, or, quantity } from "../sim/quantity.ts"
import { SECONDS_PER_DAY, toBps } from "../sim/units.ts"
import type { World } from "../sim/world.ts"

const fields = {
  coverageShare: drawn("Chance that the node checks a provider in an epoch; unchecked claims are believed", {
    unit: "share",
    min: 0,
    max: 1,
  }),
  uptimeShare: drawn("Chance that the node reports at all in an epoch", { unit: "share", min: 0, max: 1 }).pipe(or(0.97)),
  reportUsdMax: quantity("Most that the node pays for a report; it is silent in epochs in which one costs more", {
    unit: "USD",
    min: 0,
    max: 1e9,
  }).pipe(or(1e6)),
  noiseShare: drawn("Standard deviation of a check's relative error", { unit: "share", min: 0, max: 1 }).pipe(or(0.02)),
}

type OracleTurn = Turn<Params<typeof fields>, null>

/**
 * One node of the work oracle. After an epoch it checks some providers and believes the claims of the others; the node whose turn
 * it is also makes the epoch final and has the fees burned.
 */
export const oracleNode = agentKind({
  role: "oracle",
  fields,
  endow: () => ({ tokens: 0, usd: 0 }),
  begin: () => null,
  decide: (turn): Decision<null> => ({ memory: null, actions: [...report(turn), ...duty(turn)] }),
})

/** Claims are made in the first tick of an epoch, reports in the second, the end in the third. */
const report = ({ params, world, rng }: OracleTurn): ReadonlyArray<Action> => {
  const { epoch, tickOfEpoch } = world.now
  if (tickOfEpoch !== 1 || epoch === 0 || !rng("uptime").chance(params.uptimeShare)) return []
  if (world.gas.feeUsd("oracle.report") > params.reportUsdMax) return []
  const workMillis = new Map<string, bigint>()
  for (const [provider, claim] of world.pulse.claims) {
    if (claim.epoch !== epoch - 1) continue
    const draws = rng(`check/${provider}`)
    const isChecked = draws.chance(params.coverageShare)
    const error = 1 + params.noiseShare * draws.normal()
    const seen = world.work.seenMillis.get(provider) ?? 0n
    workMillis.set(provider, isChecked ? (seen * toBps(Math.max(0, error))) / 10_000n : claim.workMillis)
  }
  return [{ kind: "oracle.report", epoch: epoch - 1, workMillis }]
}

const duty = ({ self, world }: OracleTurn): ReadonlyArray<Action> => {
  const { epoch, tickOfEpoch } = world.now
  if (epoch === 0 || world.reporters[epoch % world.reporters.length] !== self) return []
  if (tickOfEpoch === 2) return [{ kind: "oracle.finalise", epoch: epoch - 1 }]
  return tickOfEpoch === 0 ? daily(world) : []
}

/** What anybody may have the contracts do, and somebody must: put out who does not pay the lender, burn, share out fees, pay out the treasury's vested tokens. */
const daily = ({ ledger, rules, now }: World): ReadonlyArray<Action> => {
  const { dollar, lending, locks, staking, token, vesting } = ledger
  const held = (account: string) => dollar.balanceMicros.get(account) ?? 0n
  const hasTax = rules.burn.kind === "tax" && (token.balanceWei.get("burn") ?? 0n) > 0n
  const canBurn = rules.burn.kind === "lock" ? locks.weightWei > 0n && held("burn") > locks.owedMicros : held("burn") > 0n || hasTax
  const lateSeconds = now.timestampSeconds - (rules.lending?.missedDaysMax ?? 0) * SECONDS_PER_DAY
  return [
    ...[...lending.loans]
      .filter(([, { principalMicros, dueSeconds }]) => principalMicros > 0n && dueSeconds < lateSeconds)
      .map(([provider]) => ({ kind: "lending.foreclose" as const, provider })),
    ...(canBurn ? [{ kind: "burn.execute" } as const] : []),
    ...(held(stakingAccount) > staking.owedMicros ? [{ kind: "staking.distribute" } as const] : []),
    ...[...vesting]
      .filter(([, { agent, releasableWei }]) => agent === "treasury" && releasableWei > 0n)
      .map(([wallet]) => ({ kind: "vesting.release" as const, wallet })),
  ]
}
