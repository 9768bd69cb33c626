import type { ChartMaker } from "../chart.ts"
import { adversaryProfit } from "./adversaryProfit.ts"
import { boundTwin } from "./boundTwin.ts"
import { buyerSavings } from "./buyerSavings.ts"
import { calibrationEstimates } from "./calibrationEstimates.ts"
import { calibrationFit } from "./calibrationFit.ts"
import { chainLoad } from "./chainLoad.ts"
import { cheating } from "./cheating.ts"
import { cheatingFrontier } from "./cheatingFrontier.ts"
import { claims } from "./claims.ts"
import { claimsMinting } from "./claimsMinting.ts"
import { complianceCost } from "./complianceCost.ts"
import { claimsMispriced } from "./claimsMispriced.ts"
import { costOfSecurity } from "./costOfSecurity.ts"
import { coveredCells } from "./coveredCells.ts"
import { debt } from "./debt.ts"
import { defaults } from "./defaults.ts"
import { detection } from "./detection.ts"
import { differences } from "./differences.ts"
import { differencesOverTime } from "./differencesOverTime.ts"
import { disputes } from "./disputes.ts"
import { emissionAgainstBurn } from "./emissionAgainstBurn.ts"
import { emissionRate } from "./emissionRate.ts"
import { farmDepth } from "./farmDepth.ts"
import { feedAge } from "./feedAge.ts"
import { feedCorruption } from "./feedCorruption.ts"
import { feedCost } from "./feedCost.ts"
import { feedDeviation } from "./feedDeviation.ts"
import { feedGas } from "./feedGas.ts"
import { feeShare } from "./feeShare.ts"
import { gpusAside } from "./gpusAside.ts"
import { forcedExits } from "./forcedExits.ts"
import { gpusOn } from "./gpusOn.ts"
import { graphStake } from "./graphStake.ts"
import { graphYield } from "./graphYield.ts"
import { holderYield } from "./holderYield.ts"
import { honesty } from "./honesty.ts"
import { incomeByGroup } from "./incomeByGroup.ts"
import { impermanentLoss } from "./impermanentLoss.ts"
import { jitFees } from "./jitFees.ts"
import { jobFailures } from "./jobFailures.ts"
import { jobs } from "./jobs.ts"
import { jobsDone } from "./jobsDone.ts"
import { jobsWaiting } from "./jobsWaiting.ts"
import { lateAnswers } from "./lateAnswers.ts"
import { liquidityByHolder } from "./liquidityByHolder.ts"
import { lossVersusRebalancing } from "./lossVersusRebalancing.ts"
import { lpLedgerByOwner } from "./lpLedgerByOwner.ts"
import { lpLedgerByPool } from "./lpLedgerByPool.ts"
import { ordersWaiting } from "./ordersWaiting.ts"
import { paidOverAsk } from "./paidOverAsk.ts"
import { partialFills } from "./partialFills.ts"
import { poolAgainstHold } from "./poolAgainstHold.ts"
import { poolFees } from "./poolFees.ts"
import { poolPrices } from "./poolPrices.ts"
import { poolShares } from "./poolShares.ts"
import { poolValue } from "./poolValue.ts"
import { price } from "./price.ts"
import { priceGap } from "./priceGap.ts"
import { profitDistribution } from "./profitDistribution.ts"
import { providerFlows } from "./providerFlows.ts"
import { providerIncome } from "./providerIncome.ts"
import { providerProfit } from "./providerProfit.ts"
import { providerRoi } from "./providerRoi.ts"
import { providersByClass } from "./providersByClass.ts"
import { reverts } from "./reverts.ts"
import { seenOfClaimed } from "./seenOfClaimed.ts"
import { slashes } from "./slashes.ts"
import { staked } from "./staked.ts"
import { stolen } from "./stolen.ts"
import { stragglers } from "./stragglers.ts"
import { supply } from "./supply.ts"
import { supplyParts } from "./supplyParts.ts"
import { uptime } from "./uptime.ts"
import { uptimeBonus } from "./uptimeBonus.ts"
import { utilisation } from "./utilisation.ts"
import { vaultGain } from "./vaultGain.ts"
import { vaultShare } from "./vaultShare.ts"
import { venueGap } from "./venueGap.ts"
import { venueVolume } from "./venueVolume.ts"
import { volume } from "./volume.ts"
import { washing } from "./washing.ts"
import { washVolume } from "./washVolume.ts"
import { workPrice } from "./workPrice.ts"
import { wrongResults } from "./wrongResults.ts"

/** The sections of a report in reading order. The first chart of a section is drawn across the page. */
export const sections: ReadonlyArray<{ readonly id: string; readonly title: string; readonly charts: ReadonlyArray<ChartMaker> }> = [
  { id: "difference", title: "Difference", charts: [differences, differencesOverTime] },
  { id: "calibration", title: "Calibration", charts: [calibrationFit, calibrationEstimates] },
  {
    id: "token",
    title: "Token",
    charts: [
      price,
      priceGap,
      emissionAgainstBurn,
      emissionRate,
      supply,
      supplyParts,
      staked,
      holderYield,
      claims,
      claimsMinting,
      claimsMispriced,
    ],
  },
  {
    id: "providers",
    title: "Providers",
    charts: [
      providersByClass,
      providerIncome,
      providerProfit,
      profitDistribution,
      providerRoi,
      gpusAside,
      honesty,
      uptimeBonus,
      uptime,
      providerFlows,
      gpusOn,
      coveredCells,
      debt,
      defaults,
    ],
  },
  {
    id: "jobs",
    title: "Jobs",
    charts: [
      jobs,
      utilisation,
      jobsDone,
      jobFailures,
      jobsWaiting,
      stragglers,
      lateAnswers,
      workPrice,
      paidOverAsk,
      buyerSavings,
      disputes,
      wrongResults,
      feeShare,
    ],
  },
  {
    id: "liquidity",
    title: "Liquidity",
    charts: [
      poolAgainstHold,
      impermanentLoss,
      volume,
      poolValue,
      poolShares,
      poolPrices,
      poolFees,
      partialFills,
      liquidityByHolder,
      farmDepth,
      vaultShare,
      vaultGain,
    ],
  },
  { id: "lp-ledger", title: "LP ledger", charts: [lpLedgerByPool, lpLedgerByOwner, lossVersusRebalancing, jitFees] },
  { id: "kyc", title: "KYC gate", charts: [venueVolume, venueGap, complianceCost, forcedExits, boundTwin] },
  { id: "adversaries", title: "Adversaries", charts: [washing, adversaryProfit, washVolume, incomeByGroup] },
  { id: "feeds", title: "Price feeds", charts: [feedDeviation, feedCorruption, feedAge, feedGas, feedCost] },
  {
    id: "security",
    title: "Security",
    charts: [
      slashes,
      seenOfClaimed,
      cheatingFrontier,
      cheating,
      detection,
      costOfSecurity,
      stolen,
      graphStake,
      graphYield,
      reverts,
      ordersWaiting,
      chainLoad,
    ],
  },
]
