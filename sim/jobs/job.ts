import type { JobKind, JobTerms } from "./kinds/index.ts"
import type { Site } from "./site.ts"
import { noTally, type Tally } from "./tally.ts"

/** A buyer's wish for one job. Prices are per work hour: what the reference GPU does in an hour. */
export interface JobRequest {
  readonly id: string
  readonly buyer: string
  readonly kind: JobKind
  /** GPUs that the job, or each of its parts, needs at once. */
  readonly gpuCount: number
  readonly workHoursPerGpu: number
  /** Hours after the start of the tick. */
  readonly arrivalHours: number
  /** The most that the buyer pays in the network. */
  readonly limitUsdPerWorkHour: number
  readonly cloudUsdPerWorkHour: number
  /** What the job is worth to the buyer. */
  readonly valueUsdPerWorkHour: number
  /** The providers that it is meant for; nobody else is asked, and it does not wait. */
  readonly only?: ReadonlySet<string>
  /** What was agreed with them, whatever they ask of others. */
  readonly privateUsdPerGpuHour?: number
  /** How long it waits for a provider, where there are queues, before it goes elsewhere; not at all where this is left out. */
  readonly patienceHours?: number
  /** Where those are who use it, for what depends on distance. */
  readonly region?: string
  /** The character of its kind; a job without any dies when its site breaks. */
  readonly terms?: JobTerms
  /** Work hours per GPU of parts that run each on its own; they add up to the job's. */
  readonly parts?: ReadonlyArray<number>
}

/** What is to be done at once at one place: a whole job, or a part of one. Hours count from the start of the run. */
export interface Task {
  readonly request: JobRequest
  readonly part: number
  /** For each GPU, and what is left of it after failures. */
  readonly workHoursPerGpu: number
  /** Clock hours to get going again after a failure. */
  readonly setupHours: number
  readonly restarts: number
  readonly arrivedHours: number
  /** Since when it has waited in its present queue. */
  readonly sinceHours: number
  /** In all, before this wait. */
  readonly waitedHours: number
}

/** A task that waits: for anybody, or in the queue of a provider at the price of the day on which it joined. */
export interface WaitingTask extends Task {
  readonly provider?: string
  readonly usdPerGpuHour?: number
}

/** A task in a provider's machines, backed by an escrow slot. */
export interface RunningJob extends Task {
  readonly slot: number
  readonly provider: string
  readonly gpuCount: number
  /** Providers that work on the task together; all of them stop when one does. */
  readonly pieces: number
  readonly amountMicros: bigint
  /** What the provider was paid of it while the job ran. */
  readonly releasedMicros: bigint
  readonly gpuHours: number
  /** What it brings its provider in an hour, before the protocol's fee. */
  readonly usdPerHour: number
  /** What the provider asked for it, whatever the rules of the market made it. */
  readonly askUsd: number
  /** Share of a stream's requests that come back too late. */
  readonly lateShare: number
  readonly startHours: number
  readonly endHours: number
}

/** A job of several parts that is not over. */
export interface SplitJob {
  readonly request: JobRequest
  readonly arrivedHours: number
  readonly firstStartHours: number
  readonly partsDone: number
  /** When nine tenths of the parts were done. */
  readonly mostDoneHours: number
}

/** An escrow to be settled by the orders of the next tick. */
export interface Unsettled {
  readonly job: RunningJob
  readonly outcome: "completed" | "failed"
  /** What a failed job owes for work that was not lost; paid first, and the rest is refunded a tick later. */
  readonly keptMicros: bigint
  /** The result is wrong, and it is for the buyer to notice. */
  readonly isWrong?: true
  /** The market has refused the order once, and the buyer has decided already. */
  readonly isSentAgain?: true
}

/** The job market between two ticks. */
export interface Jobs {
  readonly sites: ReadonlyMap<string, Site>
  readonly running: ReadonlyArray<RunningJob>
  /** In the order of the queue. */
  readonly waiting: ReadonlyArray<WaitingTask>
  readonly split: ReadonlyMap<string, SplitJob>
  readonly toSettle: ReadonlyArray<Unsettled>
  readonly tally: Tally
}

export const noJobs: Jobs = { sites: new Map(), running: [], waiting: [], split: new Map(), toSettle: [], tally: noTally }

/** What the job market did in one tick. */
export interface JobsOutcome {
  readonly started: ReadonlyArray<RunningJob>
  readonly completed: ReadonlyArray<RunningJob>
  /** Broken off by a failure; the job may go on elsewhere. */
  readonly failed: ReadonlyArray<RunningJob>
  /** Of those completed, the ones with a wrong result that nobody noticed, or that it is for the buyer to dispute. */
  readonly corrupted: ReadonlyArray<RunningJob>
  /** Jobs that are done, by the last thing that was done of them. */
  readonly done: ReadonlyArray<RunningJob>
  /** Jobs that a failure was the end of. */
  readonly died: ReadonlyArray<JobRequest>
  /** Bought from a cloud, because the network was full or dear. */
  readonly cloud: ReadonlyArray<JobRequest>
  /** Not done at all: neither the network nor a cloud was worth its price. */
  readonly lost: ReadonlyArray<JobRequest>
  /** Of each job of parts that was done: its time, over the time in which nine tenths of its parts were done. */
  readonly tails: ReadonlyArray<number>
  /** Hours in queues of all tasks that waited in the tick. */
  readonly waitingTaskHours: number
  /** Events that the engine went through. */
  readonly events: number
}
