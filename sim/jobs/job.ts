import type { JobKind } from "./kinds/index.ts"
import type { Site } from "./site.ts"

/** A buyer's wish for one job. Prices are per work hour: what the reference GPU does in an hour. */
export interface JobRequest {
  readonly id: string
  readonly buyer: string
  readonly kind: JobKind
  readonly gpuCount: number
  readonly workHoursPerGpu: number
  /** Hours after the start of the tick. */
  readonly arrivalHours: number
  /** The most that the buyer pays in the network. */
  readonly limitUsdPerWorkHour: number
  readonly cloudUsdPerWorkHour: number
  /** What the job is worth to the buyer. */
  readonly valueUsdPerWorkHour: number
}

/** A job in a provider's machines, backed by an escrow slot. */
export interface RunningJob {
  readonly request: JobRequest
  readonly slot: number
  readonly provider: string
  readonly amountMicros: bigint
  /** What the provider was paid of it while the job ran. */
  readonly releasedMicros: bigint
  readonly gpuHours: number
  readonly startHours: number
  readonly endHours: number
}

/** The job market between two ticks. */
export interface Jobs {
  readonly sites: ReadonlyMap<string, Site>
  readonly running: ReadonlyArray<RunningJob>
  /** Finished or failed, but the escrow is still to be released by the orders of the next tick. */
  readonly toSettle: ReadonlyArray<{ readonly job: RunningJob; readonly outcome: "completed" | "failed" }>
}

export const noJobs: Jobs = { sites: new Map(), running: [], toSettle: [] }

/** What the job market did in one tick. */
export interface JobsOutcome {
  readonly started: ReadonlyArray<RunningJob>
  readonly completed: ReadonlyArray<RunningJob>
  readonly failed: ReadonlyArray<RunningJob>
  /** Of those completed, the ones with a wrong result that nobody noticed. */
  readonly corrupted: ReadonlyArray<RunningJob>
  /** Bought from a cloud, because the network was full or dear. */
  readonly cloud: ReadonlyArray<JobRequest>
  /** Not done at all: neither the network nor a cloud was worth its price. */
  readonly lost: ReadonlyArray<JobRequest>
}
