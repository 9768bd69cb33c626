import { type Action, type LedgerView, noExtensions } from "../sim/ledger.ts"
import { namedStreams } from "../sim/actor.ts"
import { freeGas } from "../sim/chains/tolls.ts"
import type { AnyAgentKind, Decision } from "../sim/agent.ts"
import { moment } from "../sim/clock.ts"
import { noWork } from "../sim/jobs/work.ts"
import { emptyBoard } from "../sim/proofs/board.ts"
import type { Profile } from "../sim/profile.ts"
import { openPulse } from "../sim/pulse.ts"
import { toMicros, toWei, usdPerToken } from "../sim/units.ts"
import type { World } from "../sim/world.ts"

const profile = (id: string, training: number, inference: number, rendering: number): Profile => {
  const figure = (value: number) => ({ value, provenance: "assumed" as const, source: "test" })
  return {
    id,
    label: id,
    date: "2026-01-01",
    memoryGib: 80,
    workHoursPerGpuHour: { training: figure(training), inference: figure(inference), rendering: figure(rendering) },
    loadWatts: figure(500),
    idleWatts: figure(100),
  }
}

/** A calm world of one class of GPU, in which a test changes what it is about. */
export const calmWorld = (
  changes: Partial<Omit<World, "ledger">> & { readonly ledger?: Partial<LedgerView>; readonly tick?: number } = {},
): World => {
  const { ledger: ledgerChanges, tick = 10, ...rest } = changes
  const ledger: LedgerView = {
    blockNumber: 1,
    token: { supplyWei: toWei(10_000_000), balanceWei: new Map() },
    dollar: { supplyMicros: toMicros(10_000_000), balanceMicros: new Map() },
    pool: { tokenReserveWei: toWei(1_000_000), dollarReserveMicros: toMicros(500_000), totalShares: 1_000_000_000n, shares: new Map() },
    registry: { totalStakeWei: 0n, providers: new Map() },
    market: { escrowMicros: 0n },
    oracle: { nextEpoch: 0, reportCount: 0 },
    emissions: { emittedWei: 0n },
    rewards: { accruedWei: new Map(), carriedWei: 0n },
    burn: { burnedWei: 0n, spentMicros: 0n },
    venue: { priceMicros: 500_000n },
    ...noExtensions,
    ...ledgerChanges,
  }
  const spot = usdPerToken(ledger.pool.dollarReserveMicros, ledger.pool.tokenReserveWei)
  return {
    now: moment({ start: "2026-01-01", days: 90, ticksPerDay: 4, epochDays: 1 }, tick),
    rules: {
      token: { genesisTokens: 10_000_000 },
      pool: { tokens: 1_000_000, usd: 500_000, treasuryShare: 0 },
      pools3: [],
      priceSource: { kind: "spot" },
      registry: { stakeTokensPerGpu: 100, unbondingDays: 7 },
      market: { feeBps: 1000, burnBps: 8000 },
      oracle: { quorum: 2, toleranceBps: 1000, slashBps: 1000 },
      emissions: { kind: "fixed", tokensPerEpoch: 1000 },
      burn: { kind: "fees", spendBpsMax: 100 },
      venue: { inventoryTokens: 1_000_000, feeBps: 10 },
      farms: [],
      feeds: [],
      vesting: [],
    },
    hasQueues: false,
    hasMarketPrices: false,
    reporters: ["oracle-1", "oracle-2", "oracle-3"],
    ledger,
    gpus: new Map([["a100", profile("a100", 1, 1, 1)]]),
    usdPerToken: spot,
    meanUsdPerToken: rest.usdPerToken ?? spot,
    referenceUsdPerToken: 0.5,
    demandFactor: 1,
    usdPerKwh: new Map([["home", 0.1]]),
    regions: new Map([["home", { id: "home", label: "home", usdPerKwh: 0.1, source: "test", date: "2026" }]]),
    registeredGpus: [...ledger.registry.providers.values()].reduce((sum, { gpuCount }) => sum + gpuCount, 0),
    cloudUsdPerWorkHour: { training: 2, inference: 2, rendering: 2, gaming: 2, science: 2, storage: 2, coverage: 2, metering: 2 },
    pulse: openPulse,
    sites: new Map(),
    bills: new Map(),
    work: noWork,
    board: emptyBoard,
    agreement: undefined,
    gas: freeGas,
    pending: [],
    ...rest,
  }
}

/** One agent taken through worlds, with its memory and its streams. */
export const actOut = (kind: AnyAgentKind, params: Readonly<Record<string, unknown>>, self = "agent-1", seed = "1") => {
  const rng = namedStreams(seed, self)
  let memory: unknown
  return {
    turn: (world: World): Decision<unknown> => {
      memory ??= kind.begin(params, world.rules, rng)
      const decision: Decision<unknown> = kind.decide({ self, params, memory, world, rng })
      memory = decision.memory
      return decision
    },
  }
}

export const actionsOf = <Kind extends Action["kind"]>(
  { actions }: Decision<unknown>,
  kind: Kind,
): ReadonlyArray<Extract<Action, { kind: Kind }>> =>
  actions.filter((action): action is Extract<Action, { kind: Kind }> => action.kind === kind)
