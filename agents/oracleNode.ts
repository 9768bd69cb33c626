import { Schema } from "effect"
import { passesInspection } from "./inspection.ts"
import { payFromPocket } from "./payFromPocket.ts"
import { checkChunks, findCopies } from "./spotChecker.ts"
import { treeDuty } from "./treeDuty.ts"
import { agentKind, type Decision, type Turn, type Params } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import { Place } from "../sim/proofs/place.ts"
import { checkedTicks } from "../sim/protocols/spotChecks.ts"
import { harmsMax } from "../sim/protocols/slashing.ts"
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
  checkUsd: Schema.optionalKey(quantity("What it costs to look at one provider", { unit: "USD", min: 0, max: 1e6 })),
  chunkUsd: Schema.optionalKey(quantity("What it costs to do one chunk again in a spot check", { unit: "USD", min: 0, max: 1e6 })),
  bribeUsdMin: Schema.optionalKey(
    drawn("For how much in an epoch it looks away; for nothing, where left out", { unit: "USD", min: 0, max: 1e9 }),
  ),
  attestationFalseAcceptShare: Schema.optionalKey(
    drawn("Chance that it takes a cheaper GPU for the claimed one; no attestation, where left out", { unit: "share", min: 0, max: 1 }),
  ),
  attestationFalseRejectShare: Schema.optionalKey(
    drawn("Chance that it takes the claimed GPU for another", { unit: "share", min: 0, max: 1 }),
  ),
  landmarks: Schema.optionalKey(Schema.Array(Place)),
  detourShare: Schema.optionalKey(drawn("Mean of what a route takes beyond a straight fibre", { unit: "share", min: 0, max: 10 })),
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
  decide: (turn): Decision<null> => ({ memory: null, actions: [...report(turn), ...spotCheck(turn), ...duty(turn)] }),
})

/** Claims are made in the first tick of an epoch, reports in the second, the end in the third. */
const report = (turn: OracleTurn): ReadonlyArray<Action> => {
  const { params, world, rng } = turn
  const { epoch, tickOfEpoch } = world.now
  if (tickOfEpoch !== 1 || epoch === 0 || !rng("uptime").chance(params.uptimeShare)) return []
  if (world.gas.feeUsd("oracle.report") > params.reportUsdMax) return []
  const workMillis = new Map<string, bigint>()
  let checked = 0
  for (const [provider, claim] of world.pulse.claims) {
    if (claim.epoch !== epoch - 1) continue
    const draws = rng(`check/${provider}`)
    const isChecked = draws.chance(params.coverageShare)
    const error = 1 + params.noiseShare * draws.normal()
    const seen = world.work.seenMillis.get(provider) ?? 0n
    if (!isChecked || isBribedBy(turn, provider)) {
      workMillis.set(provider, claim.workMillis)
      continue
    }
    checked++
    const isPossible = passesInspection(params, world.board.machines.get(provider), (purpose) => rng(`${purpose}/${provider}`))
    workMillis.set(provider, isPossible ? (seen * toBps(Math.max(0, error))) / 10_000n : 0n)
  }
  return [...payFromPocket(checked * (params.checkUsd ?? 0), "checks"), { kind: "oracle.report", epoch: epoch - 1, workMillis }]
}

const isBribedBy = ({ self, params, world }: OracleTurn, provider: string): boolean =>
  params.bribeUsdMin !== undefined && (world.board.gifts.get(self)?.get(provider) ?? 0) >= params.bribeUsdMin

/** In the third tick, when the beacon is known. Whose turn it is looks for copies too. */
const spotCheck = (turn: OracleTurn): ReadonlyArray<Action> => {
  const { self, params, world, rng } = turn
  const { epoch, tickOfEpoch } = world.now
  if (world.rules.spotChecks === undefined || tickOfEpoch !== 2 || world.ledger.spotChecks.nextEpoch !== epoch) return []
  const onDuty = isOnDuty(self, world)
  const isThere = rng("checks").chance(params.uptimeShare)
  const { accusations, chunksDone } = isThere
    ? checkChunks({ self, world, rng, looksAway: (provider) => isBribedBy(turn, provider) })
    : { accusations: [], chunksDone: 0 }
  return [...payFromPocket(chunksDone * (params.chunkUsd ?? 0), "checks"), ...accusations, ...(onDuty ? findCopies(world) : [])]
}

const isOnDuty = (self: string, { now, reporters }: World): boolean => reporters[now.epoch % reporters.length] === self

const duty = ({ self, world }: OracleTurn): ReadonlyArray<Action> => {
  const { epoch, tickOfEpoch } = world.now
  if (epoch === 0 || !isOnDuty(self, world)) return []
  if (world.rules.oracle.settlement === "tree" && tickOfEpoch !== 0) return [...fileHarm(world), ...treeDuty(world)]
  if (tickOfEpoch === (world.rules.spotChecks === undefined ? 2 : checkedTicks - 1)) return [{ kind: "oracle.finalise", epoch: epoch - 1 }]
  return [...fileHarm(world), ...(tickOfEpoch === 0 ? daily(world) : [])]
}

/** Names the buyers whose jobs a slashed provider holds, where there is a pool that pays them. */
const fileHarm = ({ board, rules }: World): ReadonlyArray<Action> =>
  (rules.registry.slashing?.insuranceBps ?? 0) === 0
    ? []
    : [...board.cases].flatMap(([id, { provider, isFiled }]) => {
        const harmed = isFiled ? [] : [...board.escrows.values()].filter((escrow) => escrow.provider === provider).slice(0, harmsMax)
        return harmed.length === 0 ? [] : [{ kind: "slashing.fileHarm" as const, id, harmed }]
      })

/** What anybody may have the contracts do, and somebody must: put out who does not pay the lender, burn, share out fees, pay out the treasury's vested tokens. */
const daily = ({ board, ledger, rules, now }: World): ReadonlyArray<Action> => {
  const { dollar, lending, locks, staking, token, vesting } = ledger
  const held = (account: string) => dollar.balanceMicros.get(account) ?? 0n
  const hasTax = rules.burn.kind === "tax" && (token.balanceWei.get("burn") ?? 0n) > 0n
  const canBurn = rules.burn.kind === "lock" ? locks.weightWei > 0n && held("burn") > locks.owedMicros : held("burn") > 0n || hasTax
  const lateSeconds = now.timestampSeconds - (rules.lending?.missedDaysMax ?? 0) * SECONDS_PER_DAY
  return [
    ...[...lending.loans]
      .filter(([, { principalMicros, dueSeconds }]) => principalMicros > 0n && dueSeconds < lateSeconds)
      .map(([provider]) => ({ kind: "lending.foreclose" as const, provider })),
    ...[...board.cases]
      .filter(([, { decidesAtSeconds }]) => now.timestampSeconds >= decidesAtSeconds)
      .map(([id]) => ({ kind: "slashing.settle" as const, id })),
    ...(canBurn ? [{ kind: "burn.execute" } as const] : []),
    ...(held(stakingAccount) > staking.owedMicros ? [{ kind: "staking.distribute" } as const] : []),
    ...[...vesting]
      .filter(([, { agent, releasableWei }]) => agent === "treasury" && releasableWei > 0n)
      .map(([wallet]) => ({ kind: "vesting.release" as const, wallet })),
  ]
}
