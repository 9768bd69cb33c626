import { fromMicros, maxBigint, minBigint, toMicros } from "../units.ts"
import type { JobRequest, RunningJob, Task, Unsettled } from "./job.ts"
import { kindOf } from "./kinds/index.ts"
import type { Left } from "./kinds/jobKind.ts"
import type { Exit } from "./tally.ts"

/** A task that has just come. */
export const newTask = (request: JobRequest, part: number, workHoursPerGpu: number, hours: number): Task => ({
  request,
  part,
  workHoursPerGpu,
  setupHours: 0,
  restarts: 0,
  arrivedHours: hours,
  sinceHours: hours,
  waitedHours: 0,
})

/** A shared task is taken up again as a whole. */
export const taskOf = ({
  request,
  part,
  workHoursPerGpu,
  setupHours,
  restarts,
  arrivedHours,
  sinceHours,
  waitedHours,
}: RunningJob): Task => ({
  request,
  part,
  workHoursPerGpu,
  setupHours,
  restarts,
  arrivedHours,
  sinceHours,
  waitedHours,
})

/** When work of so many hours at full speed ends, where GPUs are slower up to the end of the tick. */
export const endOf = (hours: number, fullSpeedHours: number, speed: number, tickEndHours: number): number => {
  if (speed === 1) return hours + fullSpeedHours
  const leftHours = tickEndHours - hours
  return fullSpeedHours <= leftHours * speed ? hours + fullSpeedHours / speed : hours + fullSpeedHours + leftHours * (1 - speed)
}

/** Distinct for tasks of one job, and between jobs. */
export const nameOf = ({ request, part }: Task): string => (request.parts === undefined ? request.id : `${request.id}#${part}`)

/** Where a job goes that the network does not do. */
export const elsewhere = ({ cloudUsdPerWorkHour, valueUsdPerWorkHour }: JobRequest): Exit =>
  cloudUsdPerWorkHour <= valueUsdPerWorkHour ? "cloud" : "lost"

/** What a failure at this hour leaves to do; undefined where that is the end of the job. */
export const leftOf = (
  { request, workHoursPerGpu, setupHours, restarts, startHours, endHours }: RunningJob,
  hours: number,
): Left | undefined => {
  const { terms, kind } = request
  if (terms === undefined) return undefined
  const { afterFailure, workShare } = kindOf(kind)
  const rate = workHoursPerGpu / ((endHours - startHours - setupHours) * (workShare === undefined ? 1 : workShare(terms)))
  return afterFailure(terms, { workHoursPerGpu, setupHours, restarts, hours: hours - startHours, rate })
}

/** The part of its time that a lease has run. */
export const paidShare = ({ startHours, endHours }: RunningJob, hours: number): number => (hours - startHours) / (endHours - startHours)

/** What is owed for a part of the work beyond what was paid while it ran; something is always left to refund. */
export const keptMicros = ({ amountMicros, releasedMicros }: RunningJob, share: number): bigint =>
  share <= 0 ? 0n : maxBigint(minBigint(toMicros(fromMicros(amountMicros) * share), amountMicros - 1n) - releasedMicros, 0n)

/** Failed jobs whose kept part is paid by now: the rest of each is refunded. */
export const toRefund = (before: ReadonlyArray<Unsettled>): Array<Unsettled> => {
  const left: Array<Unsettled> = []
  for (const { job, outcome, keptMicros: kept } of before)
    if (kept > 0n) left.push({ job: { ...job, releasedMicros: job.releasedMicros + kept }, outcome, keptMicros: 0n })
  return left
}
