import { wilson } from "../sim/stats/wilson.ts"
import { stream } from "../sim/rng.ts"
import type { ReportData } from "./reportData.ts"

/** Invented results with the dynamics of a real run, for the tests of the page; nothing here is a finding. */

export interface FixtureOptions {
  readonly kind?: "run" | "compare"
  readonly seeds?: number
  readonly days?: number
  /** Metrics that the results lack. */
  readonly without?: ReadonlyArray<string>
  /** Names that try to leave the text they stand in. */
  readonly hostile?: boolean
}

type Series = Record<string, Array<number>>

export const HOSTILE = `</script><script>window.hacked = 1</script><img src=x onerror="window.hacked = 2">`

const classes = ["rtx-4090", "a100", "h100"]
const labels: Record<string, readonly [string, string]> = {
  priceUsd: ["Price in the pool", "USD/token"],
  referencePriceUsd: ["Reference price", "USD/token"],
  supplyTokens: ["Supply", "tokens"],
  circulatingTokens: ["Circulating supply", "tokens"],
  emittedTokens: ["Emitted", "tokens"],
  emissionSharePerYear: ["Emission rate", "share"],
  burnedTokens: ["Burned", "tokens"],
  slashedTokens: ["Slashed", "tokens"],
  stakedTokens: ["Staked", "tokens"],
  "providersActive.all": ["Providers", "providers"],
  "providersActive.rtx-4090": ["Providers", "providers"],
  "providersActive.a100": ["Providers", "providers"],
  "providersActive.h100": ["Providers", "providers"],
  providersEntered: ["Entries", "providers"],
  providersLeft: ["Exits", "providers"],
  gpusOn: ["GPUs on", "GPUs"],
  utilisation: ["Utilisation", "share"],
  jobsServed: ["Jobs done in the network", "jobs"],
  jobsFailed: ["Jobs failed", "jobs"],
  jobsLost: ["Jobs not done", "jobs"],
  jobsCloud: ["Jobs gone to the cloud", "jobs"],
  providerProfitUsd: ["Profit of all providers", "USD"],
  jobRevenueUsd: ["Job revenue", "USD"],
  rewardsUsd: ["Rewards", "USD"],
  energyUsd: ["Energy paid", "USD"],
  paidUsdPerWorkHour: ["Price in the network", "USD/work hour"],
  cloudUsdPerWorkHour: ["Price in the cloud", "USD/work hour"],
  poolUsd: ["Pool value", "USD"],
  poolAgainstHoldRatio: ["Pool against holding", "ratio"],
  "liquidityUsd.treasury": ["Liquidity", "USD"],
  "liquidityUsd.inHand": ["Liquidity", "USD"],
  "liquidityUsd.farmed": ["Liquidity", "USD"],
  "liquidityUsd.vault": ["Liquidity", "USD"],
  "farmStakedUsd.all": ["Staked in farms", "USD"],
  claimsUsd: ["Dollar claims", "USD"],
  claimsMintedTokens: ["Minted for claims", "tokens"],
  debtUsd: ["Providers' debt", "USD"],
  "feedDeviationShare.small": ["Feed against truth", "share"],
  "feedDeviationShare.large": ["Feed against truth", "share"],
  "feedAgeHours.small": ["Age of the answer", "hours"],
  "feedAgeHours.large": ["Age of the answer", "hours"],
  "feedCorruptedReports.small": ["Corrupted answers", "answers"],
  "feedCorruptedReports.large": ["Corrupted answers", "answers"],
  "feedGasPerReport.small": ["Gas of an answer", "gas"],
  "feedGasPerReport.large": ["Gas of an answer", "gas"],
  "feedCostUsd.small": ["Cost of the committee", "USD"],
  "feedCostUsd.large": ["Cost of the committee", "USD"],
  claimsMispricedUsd: ["Given away by a wrong price", "USD"],
  bonusPaidTokens: ["Uptime bonuses", "tokens"],
  bonusBudgetTokens: ["Left for bonuses", "tokens"],
  uptimeReportedShare: ["Uptime of a day", "share"],
  uptimePenalised: ["Penalised for downtime", "providers"],
  lenderLossUsd: ["Lender's loss", "USD"],
  defaults: ["Defaults", "providers"],
  "gpusAside.mining": ["GPUs kept from the network", "GPUs"],
  "gpusAside.ownUse": ["GPUs kept from the network", "GPUs"],
  "graphTokens.staked": ["In The Graph's contracts", "tokens"],
  "graphTokens.delegated": ["In The Graph's contracts", "tokens"],
  "graphTokens.thawing": ["In The Graph's contracts", "tokens"],
  graphSlashedTokens: ["Slashed from indexers", "tokens"],
  graphYieldPerYear: ["Yield of delegations", "share"],
  "graphOfferedYieldPerYear.clean": ["Yield that delegations are offered", "share"],
  "graphOfferedYieldPerYear.slashed": ["Yield that delegations are offered", "share"],
  graphYieldFollowed: ["Delegation where yield would put it", "share"],
  "supplyPartTokens.circulating": ["Supply", "tokens"],
  "supplyPartTokens.unvested": ["Supply", "tokens"],
  "holderYieldPerYear.stakers": ["Yield of bound tokens", "share"],
  farmRewardsUsd: ["Cost of the farms", "USD"],
  "farmDepthPerReward.launch": ["Depth for a dollar of reward a year", "USD"],
  vaultPricePerShare: ["Price of a vault share", "pool shares"],
  "vaultGainUsd.depositor": ["Gain from the vault", "USD"],
  volumeUsd: ["Pool volume", "USD"],
  "volumeByPoolUsd.main": ["Volume by pool", "USD"],
  "volumeByPoolUsd.low": ["Volume by pool", "USD"],
  "priceByPoolUsd.main": ["Price by pool", "USD/token"],
  "priceByPoolUsd.low": ["Price by pool", "USD/token"],
  "feeByPoolShare.low": ["Fee by pool", "share"],
  "partialFillsByPool.low": ["Swaps filled in part", "swaps"],
  "lpFeesUsd.main": ["Fees of liquidity providers", "USD"],
  "lpFeesUsd.low": ["Fees of liquidity providers", "USD"],
  "lpImpermanentLossUsd.main": ["Impermanent loss of liquidity providers", "USD"],
  "lpImpermanentLossUsd.low": ["Impermanent loss of liquidity providers", "USD"],
  "lpLossVersusRebalancingUsd.main": ["Loss versus rebalancing of liquidity providers", "USD"],
  "lpLossVersusRebalancingUsd.low": ["Loss versus rebalancing of liquidity providers", "USD"],
  "lpIncentivesUsd.main": ["Incentives of liquidity providers", "USD"],
  "lvrShare.main": ["Loss versus rebalancing, share of the pool", "share"],
  "lvrShare.low": ["Loss versus rebalancing, share of the pool", "share"],
  lvrClosedFormShare: ["Loss versus rebalancing by the closed form", "share"],
  "jitFeeShare.all": ["Fees taken by just-in-time liquidity", "share"],
  "jitFeeShare.low": ["Fees taken by just-in-time liquidity", "share"],
  "venueVolumeUsd.open": ["Volume by venue", "USD"],
  "venueVolumeUsd.gated": ["Volume by venue", "USD"],
  gatedPremiumShare: ["Premium of the gated price", "share"],
  venueGapShare: ["Gap between the venues", "share"],
  "complianceUsd.users": ["Cost of compliance", "USD"],
  "complianceUsd.programme": ["Cost of compliance", "USD"],
  "complianceUsd.gas": ["Cost of compliance", "USD"],
  complianceShareOfVolume: ["Compliance for a dollar traded", "USD/USD"],
  "forcedExitsUsd.sold": ["Forced exits", "USD"],
  "forcedExitsUsd.takenOut": ["Forced exits", "USD"],
  "twinTokens.frozen": ["Permissioned tokens", "tokens"],
  "twinTokens.stranded": ["Permissioned tokens", "tokens"],
  slashedHonestTokens: ["Slashed from honest providers", "tokens"],
  slashedCheatTokens: ["Slashed from cheats", "tokens"],
  reverts: ["Reverts", "transactions"],
  transactions: ["Transactions", "transactions"],
  gasUsed: ["Gas", "million gas"],
  ...Object.fromEntries(
    ["l1", "optimisticRollup", "zkRollup", "sideChain", "appChain"].flatMap((chain): ReadonlyArray<[string, readonly [string, string]]> => [
      [`feeUsd.${chain}`, ["Fees on each kind of chain", "USD"]],
      [`feeShareOfJobPrice.${chain}`, ["Fees in the price of a job", "share"]],
    ]),
  ),
}

export const reportFixture = (options: FixtureOptions = {}): ReportData => {
  const { kind = "run", seeds = 5, days = 120, without = [], hostile = false } = options
  const scenarioCount = kind === "compare" ? 2 : 1
  const names = hostile ? [HOSTILE, `=cmd|' /C calc'!A0`] : ["baseline", "burn-80"]
  const runs = Array.from({ length: scenarioCount * seeds }, (_, i) => ({ scenario: Math.floor(i / seeds), seed: `${(i % seeds) + 1}` }))
  const results = runs.map((run) => simulate(run.seed, run.scenario, days))
  return {
    version: 1,
    kind,
    title: hostile ? HOSTILE : kind === "compare" ? "A higher burn share" : "Baseline network",
    question: hostile
      ? `${HOSTILE}\u2028 & <b>`
      : kind === "compare"
        ? "Does burning 80 % of the fees instead of 50 % hold the price without driving providers out?"
        : "Does the network keep its providers when demand halves for a month?",
    scenarios: names.slice(0, scenarioCount).map((name, i) => ({
      name,
      hash: digest(`scenario ${i}`),
      days,
      ticksPerDay: 24,
      agentsByKind: { provider: 36, cheatingProvider: 4, buyer: 30, liquidityProvider: 3, arbitrageur: 2, reporter: 7 },
      yaml: `name: ${name}\nquestion: Does the network keep its providers?\ncalendar: { days: ${days}, ticksPerDay: 24, epochDays: 1 }\nseeds: ${seeds}\n`,
    })),
    runs: runs.map(({ scenario, seed }, i) => ({
      id: `run-${i}`,
      scenario,
      seed,
      digest: digest(`digest ${i}`),
      stateRoot: `0x${digest(`root ${i}`)}`,
      ticks: days * 24,
      transactions: days * 410 + i * 13,
      reverts: (results[i]?.["reverts"] ?? []).reduce((sum, value) => sum + value, 0),
      replay: `npm run -s lab -- replay out/${digest(`digest ${i}`).slice(0, 12)}`,
    })),
    metrics: Object.fromEntries(
      Object.entries(labels).map(([metric, [label, unit]]) => [
        metric,
        { label: hostile && metric === "priceUsd" ? HOSTILE : label, unit, description: "" },
      ]),
    ),
    series: Object.fromEntries(
      Object.keys(labels)
        .filter((metric) => !without.includes(metric))
        .map((metric) => [metric, results.map((result) => (result[metric] ?? []).map((value) => (Number.isNaN(value) ? null : value)))]),
    ),
    agents: runs.flatMap(({ scenario, seed }, run) => agents(run, seed, scenario, days, hostile)),
    liquidity: runs.flatMap(({ seed }, run) => liquidity(run, seed, hostile)),
    objectives: objectives(names, scenarioCount, seeds),
    shocks: [
      { label: hostile ? HOSTILE : "Demand × 0.5", fromDay: days * 0.375, toDay: days * 0.625 },
      { label: "Energy × 1.8", fromDay: days * 0.5, toDay: days * 0.75 },
    ],
    provenance: {
      version: "0.1.0",
      sourceHash: digest("source"),
      node: "24.21.0",
      anvil: "1.7.1",
      anvilSha256: digest("anvil"),
      solc: "0.8.37",
      contracts: Object.fromEntries(
        ["NetworkToken", "ProviderRegistry", "JobMarket", "WorkOracle", "EmissionController", "UniswapV2Pair"].map((name) => [
          name,
          digest(name),
        ]),
      ),
      profiles: [
        {
          id: "rtx-4090",
          label: "RTX 4090",
          figure: "training",
          value: "0.53 work h / GPU h",
          provenance: "public",
          source: "https://github.com/krrishnarraj/clpeak/issues/106",
          date: "2026-11-02",
        },
        {
          id: "a100",
          label: "A100",
          figure: "load power",
          value: "500 W",
          provenance: "scaled",
          source: hostile ? "javascript:window.hacked=3" : "datasheet ratio to H100",
          date: "2026-11-02",
        },
        { id: "h100", label: "H100", figure: "training", provenance: "measured", source: "gpu-bench/profiles.json", date: "2026-11-20" },
      ],
      presets: [{ id: "cloud-list-prices", source: "https://aws.amazon.com/ec2/pricing/on-demand/", date: "2026-11-18" }],
    },
    owners: [0, 1].flatMap((scenario) =>
      ["providers", "cheats"].map((group) => ({
        scenario,
        group,
        gpu: "RTX 4090",
        usdPerGpu: 2_000,
        hardwareSource: "assumed: a street price, 2026-02",
        region: "Texas, commercial",
        usdPerKwh: 0.09,
        energySource: "US EIA, 2025",
      })),
    ),
    limits: [
      "Jobs, hardware faults and energy prices are models; balances, stakes, fees and the pool are real contracts.",
      "Agents follow fixed rules and do not learn.",
      "The reference market is a random process: it does not react to the network.",
    ],
  }
}

const simulate = (seed: string, scenario: number, days: number): Series => {
  const rng = stream(seed, "fixture")
  const burnShare = scenario === 0 ? 0.5 : 0.8
  const series: Series = Object.fromEntries(Object.keys(labels).map((metric) => [metric, []]))
  const counts = [16, 12, 8]
  const total = { emitted: 0, burned: 0, cheat: 0, honest: 0, fees: 0 }
  const own = stream(seed, "fixture", `scenario ${scenario}`)
  let reference = 0.42
  let price = 0.42
  for (let day = 0; day < days; day++) {
    const share = day / days
    const demand = (share >= 0.375 && share < 0.625 ? 0.5 : 1) * (1 + 0.08 * rng.normal()) * (1 + 0.5 * share)
    const energy = share >= 0.5 && share < 0.75 ? 1.8 : 1
    reference *= 1 + 0.022 * rng.normal()
    const emitted = 9000 * (1 - 0.006 * day)
    let [entered, left] = [day === 0 ? 36 : 0, 0]
    const gpus = counts.reduce((sum, count, i) => sum + count * [2, 4, 8][i]!, 0)
    const offered = 300 * demand
    const capacity = gpus * 2.1
    const served = Math.round(Math.min(offered * 0.93, capacity))
    const cloud = Math.round(Math.max(0, offered - served) * 0.7)
    const lost = Math.max(0, Math.round(offered - served - cloud))
    const revenue = served * 3.1 * (1 + 0.04 * rng.normal())
    const burned = (revenue * 0.9 * burnShare) / price
    price += (reference - price) * 0.25 + (burned / 60_000) * price * 0.5 - (emitted / 9000) * price * 0.0015
    const rewards = emitted * price * 0.35
    const profit = (revenue + rewards) / gpus - 6.2 * energy + 0.15 * own.normal()
    for (let i = 0; i < counts.length; i++) {
      const move = profit * [1.4, 1, 0.6][i]! + 2 * rng.normal()
      if (move < -2 && counts[i]! > 2) [counts[i], left] = [counts[i]! - 1, left + 1]
      if (move > 3.4 && counts[i]! < 24) [counts[i], entered] = [counts[i]! + 1, entered + 1]
    }
    total.emitted += emitted
    total.burned += burned
    total.fees += 180 + 60 * Math.abs(rng.normal())
    if (rng.chance(0.06)) total.cheat += 90 + 60 * rng.uniform()
    if (rng.chance(0.008)) total.honest += 30
    const ratio = price / 0.42
    const row: Record<string, number> = {
      priceUsd: price,
      referencePriceUsd: reference,
      emittedTokens: total.emitted,
      emissionSharePerYear: (emitted * 365) / 10_000_000,
      burnedTokens: total.burned,
      slashedTokens: total.cheat + total.honest,
      supplyTokens: 10_000_000 + total.emitted - total.burned - total.cheat - total.honest,
      circulatingTokens: 7_900_000 + total.emitted * 0.9 - total.burned - gpus * 900,
      stakedTokens: gpus * 1000 - total.cheat,
      "providersActive.all": counts.reduce((sum, count) => sum + count, 0),
      providersEntered: entered,
      providersLeft: left,
      gpusOn: gpus,
      utilisation: Math.min(1, served / capacity),
      jobsServed: served,
      jobsFailed: rng.poisson(2),
      jobsLost: lost,
      jobsCloud: cloud,
      "gpusAside.mining": gpus * 0.1,
      "gpusAside.ownUse": gpus * 0.2,
      providerProfitUsd: profit * gpus,
      jobRevenueUsd: revenue,
      rewardsUsd: rewards,
      energyUsd: 3.8 * gpus * energy,
      paidUsdPerWorkHour: 1.7 + 0.5 * Math.min(1, served / capacity) + 0.03 * rng.normal(),
      cloudUsdPerWorkHour: 2.95,
      poolUsd: 840_000 * Math.sqrt(ratio),
      poolAgainstHoldRatio: (2 * Math.sqrt(ratio)) / (1 + ratio) - 1 + total.fees / 840_000,
      "liquidityUsd.treasury": 250_000 * Math.sqrt(ratio),
      "liquidityUsd.inHand": 390_000 * Math.sqrt(ratio),
      "liquidityUsd.farmed": (share < 0.6 ? 150_000 : 0) * Math.sqrt(ratio),
      "liquidityUsd.vault": (share < 0.7 ? 50_000 : 0) * Math.sqrt(ratio),
      "farmStakedUsd.all": 200_000 * Math.sqrt(ratio),
      claimsUsd: 1e6 * (1 - share),
      claimsMintedTokens: 2e3 * ratio,
      debtUsd: 9e5 * (1 - share),
      "feedDeviationShare.small": 0.02 + 0.01 * share,
      "feedDeviationShare.large": 0.01,
      "feedAgeHours.small": 5 + share,
      "feedAgeHours.large": 6,
      "feedCorruptedReports.small": share > 0.5 ? 1 : 0,
      "feedCorruptedReports.large": 0,
      "feedGasPerReport.small": 126_000,
      "feedGasPerReport.large": share > 0.9 ? NaN : 93_000,
      "feedCostUsd.small": 3,
      "feedCostUsd.large": 4 + share,
      claimsMispricedUsd: 100 * (share - 0.5),
      bonusPaidTokens: 40 * share,
      bonusBudgetTokens: 5_000 * (1 - share),
      uptimeReportedShare: 0.97 - 0.02 * share,
      uptimePenalised: share > 0.8 ? 1 : 0,
      lenderLossUsd: 1e4 * share,
      defaults: Math.round(6 * share),
      "graphTokens.staked": 2e6,
      "graphTokens.delegated": 2e6 * share,
      "graphTokens.thawing": 1e5 * share,
      graphSlashedTokens: 4e4 * share,
      graphYieldPerYear: 0.08 * Math.sqrt(ratio),
      "graphOfferedYieldPerYear.clean": 0.08 * Math.sqrt(ratio),
      "graphOfferedYieldPerYear.slashed": 0.079 * Math.sqrt(ratio),
      graphYieldFollowed: share,
      "supplyPartTokens.circulating": 9e6,
      "supplyPartTokens.unvested": 1e6 * (1 - share),
      "holderYieldPerYear.stakers": 0.2 * Math.sqrt(ratio),
      farmRewardsUsd: 900 * ratio,
      "farmDepthPerReward.launch": 0.6 / Math.sqrt(ratio),
      vaultPricePerShare: 1 + 0.2 * share,
      "vaultGainUsd.depositor": 10_000 * share,
      volumeUsd: 60_000 + 20_000 * Math.abs(rng.normal()),
      "volumeByPoolUsd.main": 60_000 + 20_000 * Math.abs(own.normal()),
      "volumeByPoolUsd.low": 90_000 + 20_000 * Math.abs(own.normal()),
      "priceByPoolUsd.main": price,
      "priceByPoolUsd.low": price * (1 + 0.002 * own.normal()),
      "feeByPoolShare.low": 0.001 + 0.002 * Math.abs(own.normal()),
      "partialFillsByPool.low": own.poisson(1),
      "lpFeesUsd.main": 180 + 60 * Math.abs(own.normal()),
      "lpFeesUsd.low": 90 + 60 * Math.abs(own.normal()),
      "lpImpermanentLossUsd.main": 400 * own.normal() - 60,
      "lpImpermanentLossUsd.low": 300 * own.normal() - 60,
      "lpLossVersusRebalancingUsd.main": -160 * Math.abs(own.normal()),
      "lpLossVersusRebalancingUsd.low": -110 * Math.abs(own.normal()),
      "lpIncentivesUsd.main": 80 * share,
      "lvrShare.main": 0.05 * (share + 0.01),
      "lvrShare.low": 0.07 * (share + 0.01),
      lvrClosedFormShare: 0.05 * (share + 0.01),
      "jitFeeShare.all": 0.1 + 0.2 * share,
      "jitFeeShare.low": 0.1 + 0.2 * share,
      "venueVolumeUsd.open": 50_000 * ratio,
      "venueVolumeUsd.gated": 20_000 * ratio,
      gatedPremiumShare: 0.01 * share,
      venueGapShare: 0.01 * share,
      "complianceUsd.users": 300 * ratio,
      "complianceUsd.programme": 160,
      "complianceUsd.gas": 0.2,
      complianceShareOfVolume: 0.02 + 0.1 * (1 - share),
      "forcedExitsUsd.sold": 900 * share,
      "forcedExitsUsd.takenOut": 300 * share,
      "twinTokens.frozen": 9_000 * share,
      "twinTokens.stranded": 12_000 * (1 - share),
      slashedHonestTokens: total.honest,
      slashedCheatTokens: total.cheat,
      reverts: rng.poisson(3),
      transactions: 400 + rng.poisson(20),
      gasUsed: 41 + 1.5 * rng.normal(),
    }
    const chainFees = { l1: 260, optimisticRollup: 0.3, zkRollup: 32, sideChain: 0.4, appChain: 200 }
    for (const [chain, usd] of Object.entries(chainFees)) {
      row[`feeUsd.${chain}`] = usd * (1 + 0.1 * share)
      row[`feeShareOfJobPrice.${chain}`] = (0.6 * usd * (1 + 0.1 * share)) / revenue
    }
    classes.forEach((id, i) => (row[`providersActive.${id}`] = counts[i]!))
    for (const [metric, value] of Object.entries(row)) series[metric]!.push(value)
  }
  return series
}

const agents = (
  run: number,
  seed: string,
  scenario: number,
  days: number,
  hostile: boolean,
): ReadonlyArray<ReportData["agents"][number]> => {
  const rng = stream(seed, "fixture agents")
  const providers = Array.from({ length: 40 }, (_, i) => {
    const gpu = classes[i % 3]!
    const isHonest = i < 36 ? 1 : 0
    const gpuCount = [2, 4, 8][i % 3]!
    const daysActive = Math.round(days * rng.between(0.3, 1))
    const profitUsdPerGpuDay = [0.9, 1.6, 3.1][i % 3]! + 2.4 * rng.normal() - (isHonest ? 0 : 2.5) + scenario * 0.3
    return {
      run,
      id: `provider-${i}`,
      kind: isHonest ? "provider" : "cheatingProvider",
      group: hostile ? HOSTILE : isHonest ? "providers" : "cheats",
      gpu,
      values: {
        profitUsd: profitUsdPerGpuDay * gpuCount * daysActive,
        gpuCount,
        daysActive,
        isHonest,
        roiPerYear: (profitUsdPerGpuDay * 365) / 2_000 - 0.2,
        ...(profitUsdPerGpuDay > 0 ? { paybackYears: 2_000 / (profitUsdPerGpuDay * 365) } : {}),
        energyUsd: 0.7 * gpuCount * daysActive,
      },
    }
  })
  const liquidity = [0, 1, 2].map((i) => {
    const holdValueUsd = 100_000 * (i + 1)
    return {
      run,
      id: `liquidity-${i}`,
      kind: "liquidityProvider",
      group: "liquidity",
      values: { poolValueUsd: holdValueUsd * (0.985 + 0.02 * rng.normal()), holdValueUsd, impermanentLossUsd: 0 },
    }
  })
  const buyers = Array.from({ length: 30 }, (_, i) => ({
    run,
    id: `buyer-${i}`,
    kind: "buyer",
    group: ["training", "inference", "rendering"][i % 3]!,
    values: { spentUsd: 4000, savedAgainstCloudUsd: [2400, 900, 1500][i % 3]! * rng.lognormal(1, 0.5) - 300 },
  }))
  return [...providers, ...liquidity, ...buyers]
}

const liquidity = (run: number, seed: string, hostile: boolean): ReadonlyArray<ReportData["liquidity"][number]> => {
  const rng = stream(seed, "fixture liquidity")
  return ["main", "low"].flatMap((pool) =>
    ["treasury", hostile ? HOSTILE : "liquidity-1", "liquidity-2"].map((owner) => {
      const [flowsUsd, holdingUsd, feesUsd] = [100_000, 4_000 * rng.normal(), 900 * rng.uniform()]
      const [impermanentLossUsd, lossVersusRebalancingUsd] = [-1_200 * rng.uniform(), -700 * rng.uniform()]
      const valueUsd = flowsUsd + holdingUsd + feesUsd + impermanentLossUsd
      const parts = { flowsUsd, holdingUsd, feesUsd, impermanentLossUsd, roundingUsd: 0, lossVersusRebalancingUsd, incentivesUsd: 50 }
      return { run, pool, owner, valueUsd, ...parts, residualUnits: 0 }
    }),
  )
}

const objectives = (names: ReadonlyArray<string>, scenarioCount: number, runs: number): ReportData["objectives"] =>
  names.slice(0, scenarioCount).flatMap((_, scenario) =>
    (
      [
        ["priceUsd", "The price holds", "end", ">=", 0.2, 0.5, 1, "meets"],
        ["providersActive", "Providers stay", "min", ">=", 20, 0.9, 0.8, "undecided"],
        ["utilisation", "GPUs are busy", "mean", ">=", 0.9, 0.8, 0, "fails"],
      ] as const
    ).map(([metric, label, window, op, value, probability, share, verdict]) => {
      const passes = Math.round(share * runs)
      return { scenario, metric, label, window, op, value, probability, passes, runs, ...wilson(passes, runs), verdict }
    }),
  )

/** 64 hexadecimal digits that differ from text to text. */
const digest = (text: string): string => {
  const rng = stream(text, "fixture digest")
  return Array.from({ length: 64 }, () => Math.floor(rng.uniform() * 16).toString(16)).join("")
}
