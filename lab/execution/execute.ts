import { Effect, type Layer } from "effect"
import { agents } from "../../agents/index.ts"
import { chainLedger } from "../../chain/chainLedger.ts"
import { cast } from "../../sim/actor.ts"
import { genesis } from "../../sim/genesis.ts"
import type { Genesis, Ledger, LedgerError } from "../../sim/ledger.ts"
import type { Catalogue } from "../../sim/preset.ts"
import { type InvariantBroken, type Phase, run, type TickRecord } from "../../sim/run.ts"
import type { Scenario } from "../../sim/scenario.ts"
import { openRecorder, type Recording } from "./recorder.ts"

/** One run, completely described. */
export interface RunOrder {
  readonly scenario: Scenario
  readonly catalogue: Catalogue
  readonly seed: string
}

export interface ExecuteOptions {
  readonly untilTick?: number
  readonly onTick?: (record: TickRecord) => void
  readonly onPhase?: (phase: Phase) => void
  /** The real chain unless a test says otherwise. */
  readonly ledger?: (genesis: Genesis) => Layer.Layer<Ledger, LedgerError>
}

/** Executes one run from its beginning on a ledger of its own. */
export const execute = (
  { scenario, catalogue, seed }: RunOrder,
  { onTick, ledger = chainLedger, ...options }: ExecuteOptions = {},
): Effect.Effect<Recording, LedgerError | InvariantBroken> =>
  Effect.suspend(() => {
    const recorder = openRecorder()
    const record = (tick: TickRecord) => {
      recorder.record(tick)
      onTick?.(tick)
    }
    return run({ scenario, catalogue, seed, agents, onTick: record, ...options }).pipe(
      Effect.map(recorder.close),
      Effect.provide(ledger(genesis(scenario, cast(scenario, agents, seed)))),
    )
  })
