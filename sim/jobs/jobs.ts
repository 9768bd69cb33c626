import type { Moment } from "../clock.ts"
import { type Profile, rateOf } from "../profile.ts"
import { calm, type SitePorts } from "../faults/ports.ts"
import type { Rng } from "../rng.ts"
import { maxBigint, toMicros } from "../units.ts"
import { directed } from "./directed.ts"
import { eventQueue } from "./eventQueue.ts"
import { openFloor } from "./floor.ts"
import type { JobRequest, Jobs, JobsOutcome, RunningJob, SplitJob, Task, WaitingTask } from "./job.ts"
import { kindOf } from "./kinds/index.ts"
import { openLeases } from "./leases.ts"
import { openLine } from "./line.ts"
import { openMatcher } from "./matching/index.ts"
import type { RoundTrip } from "./matching/offerBook.ts"
import type { Faults, SitePlan } from "./site.ts"
import { noSlots, slotBook } from "./slotBook.ts"
import { type Exit, openTally } from "./tally.ts"
import { elsewhere, endOf, keptMicros, leftOf, nameOf, newTask, paidShare, taskOf, toRefund } from "./task.ts"
import { type Params as Terms, usualTerms } from "./terms.ts"

export interface JobsInput {
  readonly plans: ReadonlyMap<string, SitePlan>
  readonly requests: ReadonlyArray<JobRequest>
  readonly gpus: ReadonlyMap<string, Profile>
  readonly faults: (provider: string) => Faults
  /** What else goes wrong on sites; nothing when left out. */
  readonly ports?: SitePorts
  readonly now: Moment
  /** The usual ones when left out. */
  readonly terms?: Terms
  /** Nothing is far away when left out. */
  readonly roundTripMs?: RoundTrip
  /** In (0, 1]; all are alike when left out. */
  readonly reputation?: (provider: string) => number
  /** Whether each job takes a slot of its buyer's in the escrow, as it does unless jobs are paid in batches. */
  readonly hasSlots?: boolean
  /** Whether a result is the buyer's to accept or dispute, so that no wrong one is taken back by itself. */
  readonly hasDisputes?: boolean
  /** For policies that draw. */
  readonly rng?: (purpose: string) => Rng
}

/** Ends and repairs free GPUs before arrivals of the same instant ask for them, and these come before those lose patience who wait. */
const ranks = { failure: 0, breakdown: 1, repair: 2, end: 3, arrival: 4, patience: 5 } as const

/** Part of the parts of a job after which the rest are its tail. */
const mostShare = 0.9

/** Work per GPU, in hours, that is not worth a restart. */
const workHoursMin = 1e-9

const noDraws = (purpose: string): Rng => {
  throw new Error(`the policy draws from ${purpose}, and got no random numbers`)
}

/**
 * One tick of the job market, event by event: jobs arrive, are matched, wait where there is a queue, run over any number of ticks, end, or break
 * off with their site and go on elsewhere if their kind can.
 */
export const runJobs = (before: Jobs, input: JobsInput): { readonly jobs: Jobs; readonly outcome: JobsOutcome } => {
  const { plans, requests, gpus, faults, ports = calm, now, terms = usualTerms } = input
  const { roundTripMs = () => 0, reputation = () => 1, hasSlots = true, hasDisputes = false, rng = noDraws } = input
  const startHours = (now.tick - 1) * now.hours
  const endHours = startHours + now.hours
  // Most days nothing else goes wrong, and asking ten thousand sites takes time.
  const isCalm = ports === calm
  const floor = openFloor(before.sites, plans, startHours, faults, isCalm ? undefined : ports.hidesFromBuyers)
  const speedOf = (site: number): number => (isCalm ? 1 : ports.speed(floor.ids[site]!))
  const slowed = isCalm
    ? before.running
    : before.running.map((job) => {
        const speed = speedOf(floor.indexOf(job.provider))
        return speed === 1 ? job : { ...job, endHours: endOf(startHours, job.endHours - startHours, speed, endHours) }
      })
  const leases = openLeases(slowed, floor)
  const slots = hasSlots ? slotBook(before) : noSlots
  const split = new Map<string, SplitJob>(before.split)
  const tally = openTally(before.tally, startHours)
  const isByRegion =
    requests.some(({ region }) => region !== undefined) || before.waiting.some(({ request }) => request.region !== undefined)
  const matcher = openMatcher(terms.matching, { floor, gpus, hours: startHours, isByRegion, roundTripMs, reputation, rng })
  const hasLine = terms.queue.kind !== "none" && matcher.hasOwnQueues === undefined
  const line = openLine(terms.queue.kind === "none" ? 0 : terms.queue.backfill)

  const started: Array<RunningJob> = []
  const completed: Array<RunningJob> = []
  const failed: Array<RunningJob> = []
  const done: Array<RunningJob> = []
  const corrupted: Array<RunningJob> = []
  const died: Array<JobRequest> = []
  const cloud: Array<JobRequest> = []
  const lost: Array<JobRequest> = []
  const tails: Array<number> = []
  const toSettle = toRefund(before.toSettle)
  /** Sites with GPUs that nobody has been offered since they came free. */
  const freed: Array<number> = []
  let waitingTaskHours = 0
  let eventCount = 0

  const breakdowns = isCalm
    ? []
    : floor.ids.flatMap((provider, site) => ports.breakdowns(provider, now.hours, faults).map((breakdown) => ({ site, ...breakdown })))

  const events = eventQueue(
    (rank, subject) => {
      switch (rank) {
        case ranks.arrival:
          return requests[subject]!.id
        case ranks.end:
          return nameOf(leases.at(subject))
        case ranks.patience:
          return nameOf(line.at(subject))
        case ranks.breakdown:
          return floor.ids[breakdowns[subject]!.site]!
        default:
          return floor.ids[subject]!
      }
    },
    { fromHours: startHours, untilHours: endHours, events: 2 * requests.length + leases.count + 64 },
  )
  const plan = (hours: number, rank: number, subject: number): void => {
    if (hours < endHours) events.push(hours, rank, subject)
  }

  const setGpus = (site: number, hours: number, taken: number, usdPerHour: number): void => {
    floor.take(site, hours, taken, usdPerHour)
    matcher.setRoom(site, floor.freeGpus(site, hours))
  }

  /** Begins a task at a site, or at one of several that share it. */
  const beginPiece = (
    task: Task,
    hours: number,
    site: number,
    gpuCount: number,
    pieces: number,
    usdPerGpuHour: number,
    slowdown: number,
  ) => {
    const { request, workHoursPerGpu, setupHours } = task
    const profile = gpus.get(floor.plans[site]!.gpu)!
    const { workShare, lateShare } = kindOf(request.kind)
    const clockHours = workHoursPerGpu / rateOf(profile, request.kind)!
    const durationHours =
      request.terms === undefined
        ? clockHours * slowdown
        : (clockHours / (workShare === undefined ? 1 : workShare(request.terms))) * slowdown + setupHours
    const gpuHours = durationHours * gpuCount
    // An escrow of nothing is none.
    const amountMicros = maxBigint(toMicros(usdPerGpuHour * gpuHours), 1n)
    const job: RunningJob = {
      request,
      part: task.part,
      workHoursPerGpu,
      setupHours,
      restarts: task.restarts,
      arrivedHours: task.arrivedHours,
      sinceHours: hours,
      waitedHours: task.waitedHours + (hours - task.sinceHours),
      slot: slots.take(request.buyer),
      provider: floor.ids[site]!,
      gpuCount,
      pieces,
      amountMicros,
      releasedMicros: 0n,
      gpuHours,
      usdPerHour: usdPerGpuHour * gpuCount,
      askUsd: floor.plans[site]!.askUsdPerGpuHour * gpuHours,
      lateShare:
        request.terms === undefined || lateShare === undefined
          ? 0
          : lateShare(
              request.terms,
              profile.workHoursPerGpuHour[request.kind]!.value,
              roundTripMs(floor.plans[site]!.region, request.region),
            ),
      startHours: hours,
      endHours: endOf(hours, durationHours, speedOf(site), endHours),
    }
    const lease = leases.begin(job, site)
    started.push(job)
    setGpus(site, hours, gpuCount, job.usdPerHour)
    plan(job.endHours, ranks.end, lease)
    const whole = request.parts === undefined ? undefined : split.get(request.id)
    if (whole !== undefined && whole.firstStartHours === Infinity) split.set(request.id, { ...whole, firstStartHours: hours })
  }

  /** Whether somebody takes the task at once, or lets it into its own queue. */
  const match = (task: Task, hours: number): boolean => {
    const { only } = task.request
    if (only !== undefined) {
      const deal = directed(task.request, only, { floor, gpus, roundTripMs }, hours)
      if (deal === undefined) return false
      beginPiece(task, hours, deal.site, task.request.gpuCount, 1, deal.usdPerGpuHour, 1)
      return true
    }
    const found = matcher.find(task.request)
    if (found === undefined) return false
    const { site, usdPerGpuHour, pieces, slowdown } = found
    const { gpuCount, patienceHours = 0 } = task.request
    if (pieces !== undefined) {
      for (const piece of pieces) beginPiece(task, hours, piece.site, piece.gpus, pieces.length, piece.usdPerGpuHour, slowdown)
      return true
    }
    if (matcher.hasOwnQueues === undefined || (line.firstAt(site) < 0 && floor.freeGpus(site, hours) >= gpuCount)) {
      beginPiece(task, hours, site, gpuCount, 1, usdPerGpuHour, 1)
      return true
    }
    if (patienceHours === 0) return false
    joinSite({ ...task, provider: floor.ids[site]!, usdPerGpuHour }, site, hours)
    return true
  }

  const joinSite = (task: WaitingTask, site: number, hours: number): void => {
    floor.claim(site, task.request.gpuCount)
    plan(Math.max(hours, task.sinceHours + (task.request.patienceHours ?? 0)), ranks.patience, line.joinSite(task, site))
  }

  /** A task that has just come, or come back: it is matched, or waits, or its job goes elsewhere. */
  const admit = (task: Task, hours: number): void => {
    const { patienceHours = 0, only } = task.request
    const isDirected = only !== undefined
    if ((!hasLine || isDirected || line.isShort()) && match(task, hours)) return
    if (!hasLine || isDirected || patienceHours === 0) giveUp(task, hours, elsewhere(task.request))
    else plan(task.sinceHours + patienceHours, ranks.patience, line.join(task, matcher.couldTake(task.request)))
  }

  /** A wait is over. */
  const quit = (number: number, hours: number): WaitingTask => {
    const task = line.at(number)
    line.leave(number)
    waitingTaskHours += hours - Math.max(task.sinceHours, startHours)
    if (task.provider !== undefined) floor.claim(floor.indexOf(task.provider), -task.request.gpuCount)
    return task
  }

  const serve = (hours: number): void => {
    if (!hasLine) return
    line.serve((number) => {
      const task = line.at(number)
      if (!isOpen(task)) return quit(number, hours) !== undefined
      if (!match(task, hours)) return false
      quit(number, hours)
      return true
    })
  }

  const serveSite = (site: number, hours: number): void => {
    for (let number = line.firstAt(site); number >= 0; number = line.firstAt(site)) {
      const task = line.at(number)
      if (isOpen(task)) {
        if (floor.freeGpus(site, hours) < task.request.gpuCount) return
        beginPiece(task, hours, site, task.request.gpuCount, 1, task.usdPerGpuHour!, 1)
      }
      quit(number, hours)
    }
  }

  /** Whether its job is still to be done: a job of parts may have been given up for another part of it. */
  const isOpen = ({ request }: Task): boolean => request.parts === undefined || split.has(request.id)

  /** A job leaves the system; what runs of it is stopped and paid for as far as it came. */
  const giveUp = (task: Task, hours: number, exit: Exit): void => {
    const { request } = task
    if (!isOpen(task)) return
    tally.leave(exit, hours, task.arrivedHours)
    ;(exit === "cloud" ? cloud : exit === "lost" ? lost : died).push(request)
    if (request.parts === undefined) return
    split.delete(request.id)
    for (const lease of leases.ofJob(request.id)) stop(lease, hours, paidShare(leases.at(lease), hours))
  }

  /** Ends a lease before its time, and frees its GPUs where the site still works. */
  const stop = (lease: number, hours: number, keptShare: number, isBroken = false): void => {
    const job = leases.at(lease)
    leases.end(lease)
    if (!isBroken) {
      setGpus(leases.siteOf(lease), hours, -job.gpuCount, -job.usdPerHour)
      freed.push(leases.siteOf(lease))
    }
    toSettle.push({ job, outcome: "failed", keptMicros: keptMicros(job, keptShare) })
  }

  /** What runs on a site breaks off; `down` says how long the site is out. */
  const fail = (site: number, hours: number, down: () => void): void => {
    const back: Array<Task> = []
    for (const lease of leases.onSite(site)) {
      if (!leases.isRunning(lease)) continue
      const job = leases.at(lease)
      const left = leftOf(job, hours)
      if (left !== undefined && left.workHoursPerGpu < workHoursMin) {
        complete(lease, hours, site)
        continue
      }
      failed.push(job)
      const keptShare = left === undefined ? 0 : 1 - left.workHoursPerGpu / job.workHoursPerGpu
      for (const piece of together(lease)) stop(piece, hours, keptShare, leases.siteOf(piece) === site)
      if (left === undefined) giveUp(job, hours, "died")
      else back.push({ ...taskOf(job), ...left, restarts: job.restarts + 1, sinceHours: hours })
    }
    down()
    matcher.setRoom(site, 0)
    plan(floor.downUntilHours(site), ranks.repair, site)
    for (const task of back) if (isOpen(task)) admit(task, hours)
  }

  /** A lease, and those that began with it for the same task. */
  const together = (lease: number): ReadonlyArray<number> =>
    leases.at(lease).pieces > 1 ? leases.ofJob(leases.at(lease).request.id) : [lease]

  /** Whether all that began with a lease have come to their end. */
  const isWhole = (lease: number, hours: number): boolean =>
    leases.at(lease).pieces === 1 || together(lease).every((piece) => leases.at(piece).endHours <= hours)

  /** The task of a lease is done; `brokenSite` frees no GPUs. */
  const complete = (lease: number, hours: number, brokenSite = -1, isWrong = false): void => {
    if (leases.at(lease).pieces === 1) close(lease, hours, brokenSite, isWrong)
    else for (const piece of together(lease)) close(piece, hours, brokenSite, isWrong)
    finish(leases.at(lease), hours)
  }

  const close = (lease: number, hours: number, brokenSite: number, isWrong: boolean): void => {
    const job = leases.at(lease)
    const site = leases.siteOf(lease)
    leases.end(lease)
    completed.push(job)
    toSettle.push(isWrong ? { job, outcome: "completed", keptMicros: 0n, isWrong } : { job, outcome: "completed", keptMicros: 0n })
    if (site === brokenSite) return
    setGpus(site, hours, -job.gpuCount, -job.usdPerHour)
    freed.push(site)
  }

  /** A result is handed over; one that the buyer refuses is no result, and its work is to be done again. */
  const deliver = (lease: number, hours: number): void => {
    const job = leases.at(lease)
    const quality = isCalm ? "clean" : ports.quality(job.provider)
    const { guessedShare = 0 } = floor.plans[leases.siteOf(lease)]!
    const isGuessed = guessedShare > 0 && rng(`guesses/${job.provider}`).chance(guessedShare)
    const isWrong = isGuessed || quality === "unnoticed" || (quality === "refused" && hasDisputes)
    if (isWrong) corrupted.push(job)
    if (isWrong || quality === "clean") return complete(lease, hours, -1, isWrong)
    failed.push(job)
    for (const piece of together(lease)) stop(piece, hours, 0)
    const left = leftOf(job, job.startHours)
    if (left === undefined) giveUp(job, hours, "died")
    else admit({ ...taskOf(job), ...left, restarts: job.restarts + 1, sinceHours: hours }, hours)
  }

  /** Offers what has come free to those who wait. */
  const offerFreed = (hours: number): void => {
    if (freed.length === 0) return
    serve(hours)
    if (matcher.hasOwnQueues) for (const site of freed) serveSite(site, hours)
    freed.length = 0
  }

  /** A task is done, and with the last one its job. */
  const finish = (job: RunningJob, hours: number): void => {
    const { parts, id } = job.request
    if (parts !== undefined) {
      const whole = split.get(id)
      if (whole === undefined) return
      const partsDone = whole.partsDone + 1
      const mostDoneHours = partsDone <= Math.ceil(mostShare * parts.length) ? hours : whole.mostDoneHours
      split.set(id, { ...whole, partsDone, mostDoneHours })
      if (partsDone < parts.length) return
      split.delete(id)
      const { firstStartHours } = whole
      if (mostDoneHours > firstStartHours) tails.push((hours - firstStartHours) / (mostDoneHours - firstStartHours))
    }
    done.push(job)
    tally.leave("done", hours, job.arrivedHours)
  }

  const arrive = (request: JobRequest, hours: number): void => {
    tally.arrive(hours)
    const { parts } = request
    if (parts === undefined) return admit(newTask(request, 0, request.workHoursPerGpu, hours), hours)
    split.set(request.id, { request, arrivedHours: hours, firstStartHours: Infinity, partsDone: 0, mostDoneHours: hours })
    const tasks = parts.map((workHoursPerGpu, part) => newTask(request, part, workHoursPerGpu, hours))
    const winners = request.only === undefined && (!hasLine || line.isShort()) ? (matcher.findMany?.(request, parts.length) ?? []) : []
    for (const task of tasks) {
      const winner = winners[task.part]
      if (winner !== undefined) beginPiece(task, hours, winner.site, request.gpuCount, 1, winner.usdPerGpuHour, 1)
      else if (isOpen(task)) admit(task, hours)
    }
  }

  for (let index = 0; index < requests.length; index++) plan(startHours + requests[index]!.arrivalHours, ranks.arrival, index)
  breakdowns.forEach(({ afterHours }, index) => plan(startHours + afterHours, ranks.breakdown, index))
  for (let lease = 0; lease < leases.count; lease++) {
    plan(leases.at(lease).endHours, ranks.end, lease)
    floor.price(leases.siteOf(lease), leases.at(lease).usdPerHour)
  }
  for (let site = 0; site < floor.ids.length; site++) {
    plan(floor.nextFailureHours(site), ranks.failure, site)
    if (floor.downUntilHours(site) > startHours) plan(floor.downUntilHours(site), ranks.repair, site)
  }
  for (const task of before.waiting) {
    const { provider, usdPerGpuHour: _, ...plain } = task
    const site = provider === undefined ? -1 : floor.indexOf(provider)
    if (site >= 0 && floor.plans[site]!.gpusOffered >= task.request.gpuCount) joinSite(task, site, startHours)
    else if (hasLine)
      plan(
        Math.max(startHours, task.sinceHours + (task.request.patienceHours ?? 0)),
        ranks.patience,
        line.join(plain, matcher.couldTake(task.request)),
      )
    else admit({ ...plain, waitedHours: plain.waitedHours + startHours - plain.sinceHours, sinceHours: startHours }, startHours)
  }
  serve(startHours)
  if (matcher.hasOwnQueues)
    for (const { provider } of before.waiting) if (provider !== undefined) serveSite(floor.indexOf(provider), startHours)

  while (events.next()) {
    const hours = events.hours()
    const subject = events.subject()
    const rank = events.rank()
    eventCount++
    switch (rank) {
      case ranks.arrival:
        arrive(requests[subject]!, hours)
        break
      case ranks.end:
        if (leases.isRunning(subject) && isWhole(subject, hours)) deliver(subject, hours)
        break
      case ranks.failure:
        fail(subject, hours, () => floor.fail(subject, hours))
        plan(floor.nextFailureHours(subject), ranks.failure, subject)
        break
      case ranks.breakdown: {
        const { site, repairHours } = breakdowns[subject]!
        fail(site, hours, () => floor.stop(site, hours, hours + repairHours))
        break
      }
      case ranks.repair:
        matcher.setRoom(subject, floor.freeGpus(subject, hours))
        freed.push(subject)
        break
      case ranks.patience:
        if (line.isWaiting(subject)) {
          const task = quit(subject, hours)
          giveUp(task, hours, elsewhere(task.request))
        }
        break
    }
    offerFreed(hours)
  }

  const waiting = line.rest().filter(isOpen)
  for (const { sinceHours } of waiting) waitingTaskHours += endHours - Math.max(sinceHours, startHours)
  return {
    jobs: {
      sites: floor.close(endHours),
      running: leases.running(),
      waiting,
      split,
      toSettle,
      tally: tally.close(endHours),
    },
    outcome: { started, completed, failed, corrupted, done, died, cloud, lost, tails, waitingTaskHours, events: eventCount },
  }
}
