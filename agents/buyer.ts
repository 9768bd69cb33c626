import { inCells, Places } from "./devicePlace.ts"
import { Schema } from "effect"
import { agentKind, type Decision } from "../sim/agent.ts"
import { Id } from "../sim/id.ts"
import { drawArrivals, expectedJobs, Params as ArrivalParams } from "../sim/jobs/demand/arrivals.ts"
import type { JobRequest } from "../sim/jobs/job.ts"
import { type JobKind, JobSchema, type JobTerms } from "../sim/jobs/kinds/index.ts"
import type { Action } from "../sim/ledger.ts"
import { clamp, pow } from "../sim/maths.ts"
import { rateOf } from "../sim/profile.ts"
import { count, drawn, or, quantity } from "../sim/quantity.ts"
import type { Rng } from "../sim/rng.ts"
import { fromMicros, toMicros } from "../sim/units.ts"
import type { World } from "../sim/world.ts"
import { examine, examineFields } from "./examine.ts"
import { payFromPocket } from "./payFromPocket.ts"

const fields = {
  job: JobSchema,
  jobsPerDay: drawn("Jobs wanted", { unit: "jobs per day", min: 0, max: 10_000 }),
  gpusPerJob: count("GPUs that a job, or each of its parts, needs at once at one provider", { unit: "GPUs", min: 1, max: 1_024 }),
  workHoursPerGpu: drawn("Length of a job on the reference GPU", { unit: "work hours", min: 0.01, max: 10_000 }),
  workHoursSigma: drawn("Spread of the length of jobs", { unit: "sigma of the logarithm", min: 0, max: 3 }).pipe(or(0.5)),
  valueUsdPerWorkHour: drawn("What the work is worth to the buyer", { unit: "USD per work hour", min: 0, max: 1_000 }),
  valueSigma: drawn("Spread of the worth of jobs", { unit: "sigma of the logarithm", min: 0, max: 3 }).pipe(or(0.3)),
  payoutFeeShareMax: quantity("Payments for a running job are saved up until the fee is no more of them than this", {
    unit: "share",
    min: 1e-6,
    max: 1e6,
  }).pipe(or(0.1)),
  cloudDiscountShare: drawn("How much cheaper than a cloud the network must be", { unit: "share", min: 0, max: 1 }).pipe(or(0.2)),
  patienceHours: quantity("How long a job waits for a provider before it goes elsewhere, where the market has queues", {
    unit: "hours",
    min: 0,
    max: 1e9,
  }).pipe(or(0)),
  /** Where its users are; nowhere in particular when left out. */
  region: Schema.optionalKey(Id),
  arrivals: ArrivalParams.pipe(or({})),
  ...examineFields,
  priceElasticity: quantity("By how many per cent the number of jobs falls when the network's price rises by one", {
    unit: "per cent",
    min: 0,
    max: 10,
  }).pipe(or(0)),
  /** Cells in one of which the users of each job are, for work that depends on that. */
  places: Schema.optionalKey(Places),
}

interface Memory {
  readonly jobCount: number
  /** Jobs of later ticks that are on their way, in hours from the start of the run. */
  readonly pending: ReadonlyArray<number>
}

/** Days of expected spending that a buyer keeps ready in dollars, and brings when half of it is gone. */
const budgetDays = 6

/** The furthest that a price makes demand grow or shrink. */
const elasticFactorMax = 10

/**
 * Asks for jobs of one kind, pays up to their worth but never more than a discount to the cloud, what the chain asks for opening, paying and
 * completing a job included, and keeps its budget in dollars.
 */
export const buyer = agentKind({
  role: "buyer",
  fields,
  endow: () => ({ tokens: 0, usd: 0 }),
  begin: (): Memory => ({ jobCount: 0, pending: [] }),
  decide: ({ self, params, memory, world, rng }): Decision<Memory> => {
    const wishes = rng("wishes")
    const terms: JobTerms | undefined = typeof params.job === "string" ? undefined : params.job
    const kind = typeof params.job === "string" ? params.job : params.job.kind
    const cloudUsdPerWorkHour = world.cloudUsdPerWorkHour[kind]
    const cloudLimit = params.cloudDiscountShare < 1 ? cloudUsdPerWorkHour * (1 - params.cloudDiscountShare) : 0
    const factor = world.demandFactor * elasticFactor(params.priceElasticity, world, kind, Math.min(params.valueUsdPerWorkHour, cloudLimit))
    const { hours, pending } = drawArrivals(params.arrivals, params.jobsPerDay, factor, world.now, memory.pending, rng("arrivals"))
    const feeUsd = world.gas.feeUsd("market.open") + world.gas.feeUsd("market.complete")
    const releaseUsd = world.gas.feeUsd("market.release")
    const { payoutHours } = world.rules.market
    const requests = hours.map((arrivalHours, index): JobRequest => {
      const valueUsdPerWorkHour = wishes.lognormal(params.valueUsdPerWorkHour, params.valueSigma)
      const workHoursPerGpu = wishes.lognormal(params.workHoursPerGpu, params.workHoursSigma)
      const limitUsdPerWorkHour = Math.min(valueUsdPerWorkHour, cloudLimit)
      const workHours = workHoursPerGpu * params.gpusPerJob
      const payoutsUsd =
        payoutHours === undefined
          ? 0
          : Math.min((releaseUsd * workHoursPerGpu) / payoutHours, params.payoutFeeShareMax * limitUsdPerWorkHour * workHours)
      const parts = partsOf(terms, workHoursPerGpu, rng)
      return {
        id: `${self}/${memory.jobCount + index}`,
        buyer: self,
        kind,
        gpuCount: params.gpusPerJob,
        workHoursPerGpu,
        arrivalHours,
        limitUsdPerWorkHour: limitUsdPerWorkHour - (feeUsd * (parts?.length ?? 1) + payoutsUsd) / workHours,
        cloudUsdPerWorkHour,
        valueUsdPerWorkHour,
        ...(params.patienceHours > 0 ? { patienceHours: params.patienceHours } : {}),
        ...(params.region === undefined ? {} : { region: params.region }),
        ...(terms === undefined ? {} : { terms }),
        ...(parts === undefined ? {} : { parts }),
      }
    })
    const { disputed, checksUsd } = examine({ self, params, world, rng })
    const spendUsdPerDay =
      expectedJobs(params.arrivals, params.jobsPerDay, world.now.day) *
      params.gpusPerJob *
      params.workHoursPerGpu *
      Math.min(params.valueUsdPerWorkHour, cloudUsdPerWorkHour)
    return {
      memory: { jobCount: memory.jobCount + hours.length, pending },
      requests: inCells(requests, params.places, rng),
      payoutMinMicros: toMicros(releaseUsd / params.payoutFeeShareMax),
      ...(disputed.length === 0 ? {} : { disputed }),
      actions: [
        ...payFromPocket(checksUsd, "checks"),
        ...(world.rules.market.settlement?.kind === "batch"
          ? deposit(fromMicros(world.ledger.batches.depositMicros.get(self) ?? 0n), spendUsdPerDay * budgetDays)
          : topUp(fromMicros(world.ledger.dollar.balanceMicros.get(self) ?? 0n), spendUsdPerDay * budgetDays)),
      ],
    }
  },
})

/** Frames of unequal work that add up to the job's. */
const partsOf = (
  terms: JobTerms | undefined,
  workHoursPerGpu: number,
  rng: (purpose: string) => Rng,
): ReadonlyArray<number> | undefined => {
  if (terms?.kind !== "rendering" || terms.frames === 1) return undefined
  const draws = rng("frames")
  const weights = Array.from({ length: terms.frames }, () => draws.lognormal(1, terms.frameSigma))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => (workHoursPerGpu * weight) / sum)
}

/** The network's going price against what the buyer would pay at most, to the power of the elasticity; 1 while nobody offers the kind. */
const elasticFactor = (elasticity: number, { pulse, gpus }: World, kind: JobKind, limitUsdPerWorkHour: number): number => {
  if (elasticity === 0) return 1
  const prices = [...pulse.classes].flatMap(([gpu, { askUsdPerGpuHour }]) => {
    const rate = rateOf(gpus.get(gpu)!, kind)
    return rate === undefined ? [] : [askUsdPerGpuHour / rate]
  })
  if (prices.length === 0 || limitUsdPerWorkHour <= 0) return 1
  const price = Math.max(Math.min(...prices), 1e-9)
  return clamp(pow(price / limitUsdPerWorkHour, -elasticity), 1 / elasticFactorMax, elasticFactorMax)
}

/** Where jobs are paid in batches the budget lies in the market. */
const deposit = (heldUsd: number, budgetUsd: number): ReadonlyArray<Action> =>
  topUp(heldUsd, budgetUsd).flatMap((action) =>
    action.kind === "dollar.onRamp" ? [action, { kind: "batches.deposit", amountMicros: action.amountMicros }] : [],
  )

const topUp = (cashUsd: number, budgetUsd: number): ReadonlyArray<Action> =>
  cashUsd < budgetUsd / 2 && budgetUsd > 0
    ? [{ kind: "dollar.onRamp", amountMicros: toMicros(budgetUsd - cashUsd), purpose: "budget" }]
    : []
