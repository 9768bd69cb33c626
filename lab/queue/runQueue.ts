import { type Effect, Schema, type Stream } from "effect"
import type { RunOrder } from "../execution/execute.ts"

/**
 * Where the runs of experiments wait, are executed and end: on one machine a file beside the results, on many a database. A run may be executed
 * more than once (its host may die, or be taken for dead); its result counts once.
 *
 * A run is known by its id, the hash of all its inputs, the program included: whoever asks for the same run asks for the same result. A queue is
 * opened for one program (`Maker`), and hands out only runs of it.
 */
export interface RunQueue {
  /**
   * Makes runs wanted under the name of a batch, in this order; what the batch wanted before is forgotten. Runs that are finished stay so, and
   * those that failed because of the model; those that failed because of a machine wait again. Reads the runs as a stream: they may be many.
   */
  readonly add: (batch: string, runs: Iterable<WantedRun>) => Effect.Effect<void, QueueFailed>
  /** Takes the next waiting run of a batch, for this host alone for as long as it lives; undefined when none waits. */
  readonly take: (batch: string) => Effect.Effect<WantedRun | undefined, QueueFailed>
  /** Lets a taken run wait again, as if it had not been taken: this host stops. */
  readonly giveBack: (id: string) => Effect.Effect<void, QueueFailed>
  /** Keeps the result of a taken run. A second, equal result changes nothing; one that differs is kept too, and `RunDiverged`. */
  readonly finish: (id: string, result: RunResult) => Effect.Effect<void, QueueFailed | RunDiverged>
  /** Notes a failure. The first one by the machine lets the run wait again; any other is final until the batch is added again. */
  readonly fail: (id: string, failure: RunFailure) => Effect.Effect<"waiting" | "failed", QueueFailed>
  readonly counts: (batch: string) => Effect.Effect<RunCounts, QueueFailed>
  /** What became of each run of a batch, in the order in which they were added; never all at once in memory. */
  readonly records: (batch: string) => Stream.Stream<RunRecord, QueueFailed>
  /** The bytes of `rows.parquet` of a finished run, checked against the digest that the run left. */
  readonly rows: (id: string) => Effect.Effect<Uint8Array, QueueFailed>
  /** Remembers numbers that were read from a finished run, by outcome id such as `providerProfitUsd.mean`; NaN where it has none. */
  readonly saveOutcomes: (id: string, outcomes: Readonly<Record<string, number>>) => Effect.Effect<void, QueueFailed>
}

export interface WantedRun {
  /** `runInputs(order, maker).id` */
  readonly id: string
  readonly order: RunOrder
}

/** A run that ended well. */
export interface RunResult {
  /** The folder, complete, that the worker has written on this machine. */
  readonly path: string
  /** Over every row, every event and the final state. */
  readonly digest: string
  readonly seconds: number
  readonly host: string
}

export interface RunFailure {
  /** The model: a broken rule, a scenario that cannot be executed, a bug; it would fail again. The machine: Anvil or a worker died, no memory, no answer. */
  readonly cause: "model" | "machine"
  readonly message: string
  /** The command that shows it again. */
  readonly replay: string
}

export interface RunCounts {
  readonly waiting: number
  /** Taken, by this host or another. */
  readonly running: number
  readonly finished: number
  readonly failed: number
}

export interface RunRecord {
  readonly id: string
  readonly seed: string
  readonly state: keyof RunCounts
  readonly result?: Pick<RunResult, "digest" | "seconds" | "host">
  readonly failure?: RunFailure
  /** What `saveOutcomes` has been told. */
  readonly outcomes: Readonly<Record<string, number>>
}

/** The queue cannot be read or written; finished runs are not touched. */
export class QueueFailed extends Schema.TaggedError<QueueFailed>()("QueueFailed", {
  message: Schema.String,
}) {}

/** One run gave two different results: a breach of the determinism contract, never settled by choosing one. */
export class RunDiverged extends Schema.TaggedError<RunDiverged>()("RunDiverged", {
  message: Schema.String,
}) {}
