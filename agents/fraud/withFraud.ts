import type { AgentKind, Decision, Turn } from "../../sim/agent.ts"
import { Schema } from "effect"
import { ratedWorkHours } from "../../sim/jobs/work.ts"
import type { Action } from "../../sim/ledger.ts"
import type { Machines } from "../../sim/proofs/board.ts"
import { chunkResult } from "../../sim/proofs/chunks.ts"
import type { Deed } from "../../sim/proofs/deed.ts"
import { isTempting, type Temptation } from "../../sim/proofs/deterrence.ts"
import type { Results } from "../../sim/protocols/spotChecks.ts"
import { drawn } from "../../sim/quantity.ts"
import { toMicros, toMillis } from "../../sim/units.ts"
import { type Conduct, honestConduct } from "./conduct.ts"
import { conductOf, Fraud } from "./index.ts"
import { temptationOf } from "./temptation.ts"

const fields = {
  fraud: Schema.optionalKey(Fraud),
  checkBelief: Schema.optionalKey(
    drawn("Own guess of the chance to be found out, relative to the true one", { unit: "times", min: 0.001, max: 1_000 }),
  ),
}

/** What the layer reads of the parameters of the kind of agent below it. */
interface Hardware {
  readonly gpu: string
  readonly gpuCount: number
  readonly region: string
  readonly energyPriceFactor: number
  readonly phantomShare: number
  readonly hardwareUsdPerGpuHour: number
  readonly fraud?: Fraud
  readonly checkBelief?: number
}

interface Memory {
  readonly inner: unknown
  /** In this epoch and in the one before. */
  readonly isCheating: boolean
  readonly wasCheating: boolean
  /** The last epoch in which it was in the network; -1 before. */
  readonly activeEpoch: number
  readonly temptation?: Temptation
}

export type FraudTurn = Turn<Hardware, Memory>

/**
 * A kind of provider that can cheat too, and that proves its work where the network asks for it. Below this layer it runs the machines that there
 * really are; here it says what it says of them.
 */
export const withFraud = <F extends Schema.Struct.Fields>(honest: AgentKind<F, any>): AgentKind<F & typeof fields, Memory> => ({
  role: honest.role,
  ...(honest.wave === undefined ? {} : { wave: honest.wave }),
  fields: { ...honest.fields, ...fields },
  endow: (params, rules, rng) => honest.endow(params as never, rules, rng),
  begin: (params, rules, rng) => ({
    inner: honest.begin(params as never, rules, rng),
    isCheating: isAlways((params as unknown as Hardware).fraud),
    wasCheating: false,
    activeEpoch: -1,
  }),
  decide: (anyTurn): Decision<Memory> => {
    const turn = anyTurn as unknown as FraudTurn
    const isActive = turn.world.ledger.registry.providers.get(turn.self)?.status === "active"
    const memory = isActive ? thinkAgain(turn) : turn.memory
    const conduct = memory.isCheating ? conductIn(turn) : honestConduct
    const { inner, ...decision } = decideBelow(honest, turn, conduct)
    return {
      ...decision,
      memory: inner === memory.inner && memory === turn.memory ? memory : { ...memory, inner },
      actions: [...(isActive ? proofActions(turn, memory) : []), ...claimsIn(turn, memory, decision.actions, isActive), ...appeals(turn)],
      ...disclosed(turn, memory, conduct, isActive),
    }
  },
})

const isAlways = (fraud: Fraud | undefined): boolean => fraud !== undefined && fraud.kind !== "none" && fraud.choice === "always"

const conductIn = ({ self, params, world }: FraudTurn): Conduct =>
  conductOf(params.fraud ?? { kind: "none" }, {
    self,
    gpu: params.gpu,
    rated: (gpu) => ratedWorkHours(world.gpus.get(gpu)!),
    slackShare: world.rules.spotChecks?.deadlineSlackShare ?? 0,
  })

/** The layer below sees the machines as they are. */
const decideBelow = (honest: AgentKind<any, any>, turn: FraudTurn, conduct: Conduct): Decision<never> & { readonly inner: unknown } => {
  const { params, memory } = turn
  const { fraud: _, checkBelief: __, ...own } = params
  const real =
    conduct === honestConduct
      ? own
      : {
          ...own,
          gpu: conduct.gpu ?? own.gpu,
          region: conduct.region ?? own.region,
          ...(conduct.claimedPlaces === undefined ? {} : { claimedPlaces: conduct.claimedPlaces }),
          phantomShare: 1 - (1 - own.phantomShare) * conduct.realShare,
        }
  const { memory: inner, ...decision } = honest.decide({ ...turn, params: real as never, memory: memory.inner })
  return { ...decision, inner } as Decision<never> & { readonly inner: unknown }
}

/** At the beginning of an epoch. */
const thinkAgain = (turn: FraudTurn): Memory => {
  const { memory, params, world } = turn
  const { fraud } = params
  const { epoch } = world.now
  if (fraud === undefined || fraud.kind === "none" || memory.activeEpoch === epoch) return memory
  // Who comes in during an epoch begins as it is minded, and weighs from the next one on.
  if (world.now.tickOfEpoch !== 0)
    return { ...memory, activeEpoch: epoch, wasCheating: false, isCheating: isAlways(fraud) && conductIn(turn) !== honestConduct }
  const conduct = conductIn(turn)
  // Nothing is false about the one of a group that works: it does not cheat, and has nothing to weigh.
  if (conduct === honestConduct) return { ...memory, activeEpoch: epoch, wasCheating: false, isCheating: false }
  const temptation = temptationOf(turn, fraud, conduct)
  const believed = { ...temptation, caughtShare: Math.min(1, temptation.caughtShare * (params.checkBelief ?? 1)) }
  const wasCheating = memory.isCheating && memory.activeEpoch === epoch - 1
  return { ...memory, activeEpoch: epoch, wasCheating, isCheating: isAlways(fraud) || isTempting(believed), temptation }
}

/** In the first tick of an epoch, for the last one: the commitment, before anybody knows what will be checked, and bribes. */
const proofActions = (turn: FraudTurn, memory: Memory): ReadonlyArray<Action> => {
  const { self, world } = turn
  const { epoch, tickOfEpoch } = world.now
  if (tickOfEpoch !== 0 || world.work.epoch !== epoch - 1 || !world.work.doneMillis.has(self)) return []
  const conduct = memory.wasCheating ? conductIn(turn) : honestConduct
  const chunks = world.rules.spotChecks?.chunks
  return [
    ...(chunks === undefined
      ? []
      : [{ kind: "spotChecks.commit" as const, epoch: epoch - 1, results: published(self, epoch - 1, chunks, turn, conduct) }]),
    ...bribes(turn, conduct),
  ]
}

/** An honest provider publishes what it has got; one with phantoms by the older knob has got nothing for those. */
const published = (self: string, epoch: number, chunks: number, { params }: FraudTurn, { publish }: Conduct): Results =>
  publish?.(epoch, chunks) ??
  (params.phantomShare > 0
    ? conductOf(
        { kind: "noWork", share: params.phantomShare, choice: "always", noticedShare: 1 },
        { self, gpu: params.gpu, rated: () => 1, slackShare: 0 },
      ).publish!(epoch, chunks)
    : Array.from({ length: chunks }, (_, chunk) => chunkResult(self, epoch, chunk)))

const bribes = ({ world }: FraudTurn, { bribedShare, bribeUsd }: Conduct): ReadonlyArray<Action> => {
  const nodes = world.reporters.slice(0, Math.round(bribedShare * world.reporters.length))
  const amountMicros = toMicros(bribeUsd)
  if (nodes.length === 0 || amountMicros === 0n) return []
  return [
    { kind: "dollar.onRamp", amountMicros: amountMicros * BigInt(nodes.length), purpose: "capital" },
    ...nodes.map((to) => ({ kind: "dollar.transfer" as const, to, amountMicros })),
  ]
}

/** A cheat claims what the machines would have done that it claims to have, whatever the layer below would claim. */
const claimsIn = (
  { self, params, world }: FraudTurn,
  { wasCheating }: Memory,
  actions: ReadonlyArray<Action>,
  isActive: boolean,
): ReadonlyArray<Action> => {
  const { epoch, tickOfEpoch, epochHours } = world.now
  if (!isActive || !wasCheating || tickOfEpoch !== 0 || world.work.epoch !== epoch - 1 || !world.work.doneMillis.has(self)) return actions
  const workMillis = toMillis(
    params.gpuCount * epochHours * ratedWorkHours(world.gpus.get(params.gpu)!) * (world.work.scales.get(self) ?? 1),
  )
  return [{ kind: "oracle.claimWork", epoch: epoch - 1, workMillis }, ...actions.filter(({ kind }) => kind !== "oracle.claimWork")]
}

/** An appeal costs nothing, so everybody makes it. */
const appeals = ({ self, world }: FraudTurn): ReadonlyArray<Action> =>
  (world.rules.registry.slashing?.appealDays ?? 0) === 0
    ? []
    : [...world.board.cases]
        .filter(([, one]) => one.provider === self && !one.isAppealed && world.now.timestampSeconds < one.decidesAtSeconds)
        .map(([id]) => ({ kind: "slashing.appeal" as const, id }))

const disclosed = (
  { params, world }: FraudTurn,
  { isCheating, temptation }: Memory,
  { gpu, places }: Conduct,
  isActive: boolean,
): { readonly machines?: Machines; readonly deed?: Deed } => {
  const hasProofs = world.rules.spotChecks !== undefined || world.rules.registry.slashing !== undefined
  if (!isActive || (params.fraud === undefined && !hasProofs)) return {}
  const machines: Machines = {
    claimed: { gpu: params.gpu, ...(places === undefined ? {} : { place: places.claimed }) },
    real: { gpu: gpu ?? params.gpu, ...(places === undefined ? {} : { place: places.real }) },
  }
  return { machines, deed: { isCheating: isCheating || params.phantomShare > 0, ...(temptation === undefined ? {} : { temptation }) } }
}
