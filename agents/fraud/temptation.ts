import { providerShare } from "../../sim/protocols/burn.ts"
import { ratedWorkHours } from "../../sim/jobs/work.ts"
import { caughtShare, type Temptation } from "../../sim/proofs/deterrence.ts"
import { sentenceBps } from "../../sim/protocols/slashing.ts"
import { fromWei } from "../../sim/units.ts"
import { powerUsdPerGpuHour } from "../machineUse.ts"
import { rewardUsdPerWorkHour } from "../providerOutlook.ts"
import type { Conduct } from "./conduct.ts"
import type { Fraud } from "./index.ts"
import type { FraudTurn } from "./withFraud.ts"

/** What an epoch of cheating would save and risk, from what everybody can know: the rules, its own stake and bills, and the last epoch's reward. */
export const temptationOf = (turn: FraudTurn, fraud: Exclude<Fraud, { readonly kind: "none" }>, conduct: Conduct): Temptation => {
  const { self, world } = turn
  const { rules, ledger, meanUsdPerToken } = world
  const checks = rules.spotChecks
  const stakeUsd = fromWei(ledger.registry.providers.get(self)?.stakeWei ?? 0n) * meanUsdPerToken
  const offences = ledger.slashing.offences.get(self) ?? 0
  const escalation = rules.registry.slashing?.escalationShare ?? 0
  const slashUsd = (bps: number) => (stakeUsd * sentenceBps(bps, escalation, offences)) / 10_000
  const bribed = Math.round(conduct.bribedShare * world.reporters.length) / Math.max(world.reporters.length, 1)
  const checked = checks === undefined ? 0 : caughtShare(checks, conduct.wrongChunks(checks.chunks), bribed)
  const noticed = fraud.noticedShare * (1 - checked)
  const caught = checked + noticed
  return {
    savedUsd: savedUsd(turn, conduct),
    caughtShare: caught,
    rewardUsd: rewardUsd(turn),
    slashUsd: caught === 0 ? 0 : (checked * slashUsd(checks?.slashBps ?? 0) + noticed * slashUsd(rules.oracle.slashBps)) / caught,
  }
}

/** Power and hardware of the machines that need not run, less the jobs that they would have done, less bribes. */
const savedUsd = ({ params, world }: FraudTurn, conduct: Conduct): number => {
  const stats = world.pulse.classes.get(params.gpu)
  const busyShare = stats?.utilisation ?? 0
  const usdPerHour = (gpu: string, region: string): number =>
    powerUsdPerGpuHour(world.gpus.get(gpu)!, busyShare, world.usdPerKwh.get(region)!) * params.energyPriceFactor
  const { epochHours } = world.now
  const honestUsd = usdPerHour(params.gpu, params.region) + params.hardwareUsdPerGpuHour
  const realUsd = usdPerHour(conduct.gpu ?? params.gpu, conduct.region ?? params.region) + params.hardwareUsdPerGpuHour
  const jobsUsd = busyShare * (stats?.askUsdPerGpuHour ?? 0) * providerShare(world.rules)
  const bribesUsd = Math.round(conduct.bribedShare * world.reporters.length) * conduct.bribeUsd
  return params.gpuCount * epochHours * (honestUsd - conduct.realShare * realUsd - (1 - conduct.realShare) * jobsUsd) - bribesUsd
}

/** For all that it claims, at the last epoch's rate. */
const rewardUsd = ({ params, world }: FraudTurn): number =>
  params.gpuCount * world.now.epochHours * ratedWorkHours(world.gpus.get(params.gpu)!) * rewardUsdPerWorkHour(world)
