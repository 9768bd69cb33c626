import { agentKind, type Decision } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import type { JobRequest } from "../sim/jobs/job.ts"
import { JobKind } from "../sim/jobs/kinds/index.ts"
import { count, drawn, or, quantity } from "../sim/quantity.ts"
import { fromMicros, HOURS_PER_DAY, toMicros } from "../sim/units.ts"

const fields = {
  job: JobKind,
  jobsPerDay: drawn("Jobs wanted", { unit: "jobs per day", min: 0, max: 10_000 }),
  gpusPerJob: count("GPUs that a job needs at once, at one provider", { unit: "GPUs", min: 1, max: 1_024 }),
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
}

interface Memory {
  readonly jobCount: number
}

/** Days of expected spending that a buyer keeps ready in dollars, and brings when half of it is gone. */
const budgetDays = 6

/**
 * Asks for jobs of one kind, pays up to their worth but never more than a discount to the cloud, what the chain asks for opening, paying and
 * completing a job included, and keeps its budget in dollars.
 */
export const buyer = agentKind({
  role: "buyer",
  fields,
  endow: () => ({ tokens: 0, usd: 0 }),
  begin: (): Memory => ({ jobCount: 0 }),
  decide: ({ self, params, memory, world, rng }): Decision<Memory> => {
    const arrivals = rng("arrivals")
    const wishes = rng("wishes")
    const cloudUsdPerWorkHour = world.cloudUsdPerWorkHour[params.job]
    const number = arrivals.poisson((params.jobsPerDay * world.demandFactor * world.now.hours) / HOURS_PER_DAY)
    const feeUsd = world.gas.feeUsd("market.open") + world.gas.feeUsd("market.complete")
    const releaseUsd = world.gas.feeUsd("market.release")
    const { payoutHours } = world.rules.market
    const requests = Array.from({ length: number }, (_, index): JobRequest => {
      const valueUsdPerWorkHour = wishes.lognormal(params.valueUsdPerWorkHour, params.valueSigma)
      const workHoursPerGpu = wishes.lognormal(params.workHoursPerGpu, params.workHoursSigma)
      const limitUsdPerWorkHour = Math.min(valueUsdPerWorkHour, cloudUsdPerWorkHour * (1 - params.cloudDiscountShare))
      const workHours = workHoursPerGpu * params.gpusPerJob
      const payoutsUsd =
        payoutHours === undefined
          ? 0
          : Math.min((releaseUsd * workHoursPerGpu) / payoutHours, params.payoutFeeShareMax * limitUsdPerWorkHour * workHours)
      return {
        id: `${self}/${memory.jobCount + index}`,
        buyer: self,
        kind: params.job,
        gpuCount: params.gpusPerJob,
        workHoursPerGpu,
        arrivalHours: arrivals.between(0, world.now.hours),
        limitUsdPerWorkHour: limitUsdPerWorkHour - (feeUsd + payoutsUsd) / workHours,
        cloudUsdPerWorkHour,
        valueUsdPerWorkHour,
      }
    })
    const spendUsdPerDay =
      params.jobsPerDay * params.gpusPerJob * params.workHoursPerGpu * Math.min(params.valueUsdPerWorkHour, cloudUsdPerWorkHour)
    return {
      memory: { jobCount: memory.jobCount + number },
      requests,
      payoutMinMicros: toMicros(releaseUsd / params.payoutFeeShareMax),
      actions: topUp(fromMicros(world.ledger.dollar.balanceMicros.get(self) ?? 0n), spendUsdPerDay * budgetDays),
    }
  },
})

const topUp = (cashUsd: number, budgetUsd: number): ReadonlyArray<Action> =>
  cashUsd < budgetUsd / 2 && budgetUsd > 0
    ? [{ kind: "dollar.onRamp", amountMicros: toMicros(budgetUsd - cashUsd), purpose: "budget" }]
    : []
