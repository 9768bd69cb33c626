import { bestWashUnits } from "./washSum.ts"
import { agentKind, type Decision, type Params, type Turn } from "../sim/agent.ts"
import { Id } from "../sim/id.ts"
import type { JobRequest } from "../sim/jobs/job.ts"
import { countedPerBusyGpuHour, countsOf } from "../sim/jobs/counts.ts"
import { type JobKind, jobKinds, kinds } from "../sim/jobs/kinds/index.ts"
import type { Site } from "../sim/jobs/site.ts"
import { ratedWorkHours } from "../sim/jobs/work.ts"
import type { Action } from "../sim/ledger.ts"
import { type Profile, rateOf } from "../sim/profile.ts"
import { providerShare } from "../sim/protocols/burn.ts"
import { drawn, or } from "../sim/quantity.ts"
import { fromMicros, fromMillis, fromWei, toMicros } from "../sim/units.ts"
import type { World } from "../sim/world.ts"

const fields = {
  for: Id,
  budgetUsd: drawn("Dollars that it turns over, and that it is ready to lose", { unit: "USD", min: 0, max: 1e9 }),
  startDay: drawn("First day of washing", { unit: "days", min: 0, max: 3_650 }).pipe(or(0)),
  horizonDays: drawn("Days for which it washes at most", { unit: "days", min: 0, max: 3_650 }).pipe(or(3_650)),
  jobHours: drawn("Length of a wash job", { unit: "hours", min: 0.1, max: 720 }).pipe(or(5)),
  usdPerGpuHourMin: drawn("What it pays itself where prices do not count", { unit: "USD per GPU hour", min: 1e-4, max: 1e6 }).pipe(
    or(0.001),
  ),
  usdPerGpuHourMax: drawn("What it pays itself at most, where dollars count", { unit: "USD per GPU hour", min: 1e-4, max: 1e6 }).pipe(
    or(40),
  ),
  displacedShare: drawn("Chance that a machine which washes would have had a real buyer, as the owner sees it", {
    unit: "share",
    min: 0,
    max: 1,
  }).pipe(or(0)),
}

type WashTurn = Turn<Params<typeof fields>, Memory>

interface Memory {
  readonly jobCount: number
  readonly emittedWei: bigint
  /** Released for the last epoch; 0 before the first release. */
  readonly emissionTokens: number
  /** What its jobs add to what counts, in the open epoch and in the one before. */
  readonly epoch: number
  readonly openUnits: number
  readonly lastUnits: number
  readonly targetUnits: number
  /** Paid in each of the latest ticks, the last one last. */
  readonly paidUsd: ReadonlyArray<number>
  readonly spentUsd: number
  readonly gainedUsd: number
}

/** Days until a payment is back with the owner: the job, its settlement, and the provider's daily accounts. */
const turnoverDays = 2

/**
 * An owner of providers who is also their customer: its jobs go to its own idle machines past the market, and what it pays comes back but for the
 * fee. It buys as many as the emission that they attract is worth fees, power and gas, and stops when that is none or its budget is lost.
 */
export const washBuyer = agentKind({
  role: "adversary",
  fields,
  endow: () => ({ tokens: 0, usd: 0 }),
  begin: (): Memory => ({
    jobCount: 0,
    emittedWei: 0n,
    emissionTokens: 0,
    epoch: 0,
    openUnits: 0,
    lastUnits: 0,
    targetUnits: 0,
    paidUsd: [],
    spentUsd: 0,
    gainedUsd: 0,
  }),
  decide: (turn): Decision<Memory> => {
    const { params, world } = turn
    const known = reckon(turn)
    const { day } = world.now
    const isTime = day >= params.startDay && day < params.startDay + params.horizonDays
    const lostUsd = Math.max(0, known.spentUsd - known.gainedUsd)
    const freeUsd = params.budgetUsd - lostUsd - known.paidUsd.reduce((sum, usd) => sum + usd, 0)
    const deals = isTime && freeUsd > 0 ? dealsOf(turn, known.targetUnits - known.openUnits, freeUsd) : []
    const payUsd = deals.reduce((sum, { amountUsd }) => sum + amountUsd, 0)
    return {
      memory: {
        ...known,
        jobCount: known.jobCount + deals.length,
        openUnits: deals.reduce((sum, { units }) => sum + units, known.openUnits),
        paidUsd: [...known.paidUsd, payUsd].slice(-turnoverDays * world.now.ticksPerDay),
        spentUsd: deals.reduce((sum, { costUsd }) => sum + costUsd, known.spentUsd),
      },
      requests: deals.map(({ request }) => request),
      actions: bring(turn, payUsd),
    }
  },
})

/** Learns what the last epoch brought, and sets the aim for the open one. */
const reckon = (turn: WashTurn): Memory => {
  const { memory, world } = turn
  const { emittedWei } = world.ledger.emissions
  const turned = world.now.epoch > memory.epoch ? { ...memory, epoch: world.now.epoch, openUnits: 0, lastUnits: memory.openUnits } : memory
  const released = emittedWei > memory.emittedWei
  const known: Memory = released
    ? {
        ...turned,
        emittedWei,
        emissionTokens: fromWei(emittedWei - memory.emittedWei),
        gainedUsd: turned.gainedUsd + turned.lastUnits * world.pulse.rewardTokensPerWorkHour * world.meanUsdPerToken,
      }
    : turned
  // In the first tick of an epoch its predecessor's claims are not made yet.
  return world.now.tickOfEpoch === 0 ? known : { ...known, targetUnits: aim(turn, known) }
}

const aim = (turn: WashTurn, { emissionTokens, lastUnits }: Memory): number => {
  const { world } = turn
  const mine = new Set(ownSites(turn).map(({ provider }) => provider))
  let [own, others] = [0, 0]
  for (const [provider, { epoch, workMillis }] of world.pulse.claims) {
    if (epoch !== world.now.epoch - 1) continue
    if (mine.has(provider)) own += fromMillis(workMillis)
    else others += fromMillis(workMillis)
  }
  const contest = { emissionUsd: emissionTokens * world.meanUsdPerToken, othersUnits: others, ownUnits: Math.max(0, own - lastUnits) }
  const usdPerUnit = Math.min(...ownSites(turn).map(({ site }) => dealTerms(turn, site).usdPerUnit))
  return usdPerUnit === Infinity ? 0 : bestWashUnits(contest, usdPerUnit)
}

interface OwnSite {
  readonly provider: string
  readonly site: Site
}

/** Its own providers that are registered and have machines on, in the order of their ids. */
const ownSites = ({ params, world }: WashTurn): ReadonlyArray<OwnSite> =>
  [...world.sites].flatMap(([provider, site]) =>
    provider.startsWith(`${params.for}-`) &&
    /^\d+(\.\d+)?$/.test(provider.slice(params.for.length + 1)) &&
    world.ledger.registry.providers.get(provider)?.status === "active" &&
    site.plan.gpusOffered > 0
      ? [{ provider, site }]
      : [],
  )

interface DealTerms {
  readonly job: JobKind
  readonly usdPerGpuHour: number
  /** What a GPU hour counts beyond the real jobs that it displaces, and what it costs. */
  readonly unitsPerGpuHour: number
  readonly costUsdPerGpuHour: number
  /** Everything included, with the gas of a job on the whole site. */
  readonly usdPerUnit: number
}

const dealTerms = ({ params, world }: WashTurn, { plan }: Site): DealTerms => {
  const profile = world.gpus.get(plan.gpu)!
  const counts = countsOf(world.rules)
  const usdPerGpuHour = counts === "paid" ? params.usdPerGpuHourMax : params.usdPerGpuHourMin
  const counted = (usd: number) => (counts === "capacity" ? 0 : countedPerBusyGpuHour(counts, ratedWorkHours(profile), usd))
  const unitsPerGpuHour = counted(usdPerGpuHour) - params.displacedShare * counted(plan.askUsdPerGpuHour)
  const kept = providerShare(world.rules)
  const powerUsd = ((profile.loadWatts.value - profile.idleWatts.value) / 1000) * plan.usdPerKwh
  const costUsdPerGpuHour = usdPerGpuHour * (1 - kept) + powerUsd + params.displacedShare * plan.askUsdPerGpuHour * kept
  const gpuHours = plan.gpusOffered * params.jobHours
  return {
    job: bestKind(profile),
    usdPerGpuHour,
    unitsPerGpuHour,
    costUsdPerGpuHour,
    usdPerUnit: unitsPerGpuHour > 0 ? (costUsdPerGpuHour + gasUsdPerJob(world) / gpuHours) / unitsPerGpuHour : Infinity,
  }
}

const gasUsdPerJob = ({ gas }: World): number => gas.feeUsd("market.open") + gas.feeUsd("market.complete")

/** A kind of job that the machine can do; it will do nothing of it anyway. */
const bestKind = (profile: Profile): JobKind => {
  const served = jobKinds.filter((kind) => rateOf(profile, kind) !== undefined)
  return served.find((kind) => kinds[kind].isRated) ?? served[0]!
}

interface Deal {
  readonly request: JobRequest
  readonly amountUsd: number
  readonly units: number
  readonly costUsd: number
}

/** One job on the idle machines of each site in turn, until there are units enough or the money is out. */
const dealsOf = (turn: WashTurn, unitsWanted: number, freeUsd: number): ReadonlyArray<Deal> => {
  const { self, params, memory, world } = turn
  const deals: Array<Deal> = []
  let [unitsLeft, usdLeft] = [unitsWanted, freeUsd]
  const startHours = (world.now.tick - 1) * world.now.hours
  for (const { provider, site } of ownSites(turn)) {
    const { job, usdPerGpuHour, unitsPerGpuHour, costUsdPerGpuHour, usdPerUnit } = dealTerms(turn, site)
    const idle = site.downUntilHours > startHours ? 0 : site.plan.gpusOffered - site.busyGpus
    const perGpu = { units: unitsPerGpuHour * params.jobHours, usd: usdPerGpuHour * params.jobHours }
    const gpuCount = Math.min(idle, Math.floor(unitsLeft / perGpu.units), Math.floor(usdLeft / perGpu.usd))
    if (usdPerUnit === Infinity || !(gpuCount > 0)) continue
    const amountUsd = gpuCount * perGpu.usd
    unitsLeft -= gpuCount * perGpu.units
    usdLeft -= amountUsd
    deals.push({
      request: {
        id: `${self}/${memory.jobCount + deals.length}`,
        buyer: self,
        kind: job,
        gpuCount,
        workHoursPerGpu: params.jobHours * rateOf(world.gpus.get(site.plan.gpu)!, job)!,
        arrivalHours: 0,
        limitUsdPerWorkHour: 0,
        // It would never go elsewhere.
        cloudUsdPerWorkHour: Infinity,
        valueUsdPerWorkHour: 0,
        only: new Set([provider]),
        privateUsdPerGpuHour: usdPerGpuHour,
      },
      amountUsd,
      units: gpuCount * perGpu.units,
      costUsd: gpuCount * params.jobHours * costUsdPerGpuHour + gasUsdPerJob(world),
    })
  }
  return deals
}

/** The dollars that the tick's payments lack in its purse; a cent more than they come to, for rounding. */
const bring = ({ self, world }: WashTurn, payUsd: number): ReadonlyArray<Action> => {
  const missingUsd = payUsd === 0 ? 0 : payUsd + 0.01 - fromMicros(world.ledger.dollar.balanceMicros.get(self) ?? 0n)
  return missingUsd > 0 ? [{ kind: "dollar.onRamp", amountMicros: toMicros(missingUsd), purpose: "budget" }] : []
}
