import type { Metric } from "../metric.ts"
import { adversaryProfitUsd } from "./adversaryProfitUsd.ts"
import { incomeByGroupUsd } from "./incomeByGroupUsd.ts"
import { washShareOfRewards } from "./washShareOfRewards.ts"
import { washVolumeUsd } from "./washVolumeUsd.ts"
import { bonusBudgetTokens } from "./bonusBudgetTokens.ts"
import { bonusPaidTokens } from "./bonusPaidTokens.ts"
import { burnedTokens } from "./burnedTokens.ts"
import { burnSpentUsd } from "./burnSpentUsd.ts"
import { cheatersNotFound } from "./cheatersNotFound.ts"
import { cheatingShare } from "./cheatingShare.ts"
import { cheatedEpochs } from "./cheatedEpochs.ts"
import { circulatingTokens } from "./circulatingTokens.ts"
import { claimsBackingRatio } from "./claimsBackingRatio.ts"
import { claimsMintedTokens } from "./claimsMintedTokens.ts"
import { claimsMispricedUsd } from "./claimsMispricedUsd.ts"
import { claimsUsd } from "./claimsUsd.ts"
import { cloudUsdPerWorkHour } from "./cloudUsdPerWorkHour.ts"
import { complianceShareOfVolume } from "./complianceShareOfVolume.ts"
import { complianceUsd } from "./complianceUsd.ts"
import { costOfSecurityUsd } from "./costOfSecurityUsd.ts"
import { coveredCells } from "./coveredCells.ts"
import { debtUsd } from "./debtUsd.ts"
import { defaults } from "./defaults.ts"
import { detectionDays } from "./detectionDays.ts"
import { emissionSharePerYear } from "./emissionSharePerYear.ts"
import { emittedTokens } from "./emittedTokens.ts"
import { energyUsd } from "./energyUsd.ts"
import { farmDepthPerReward } from "./farmDepthPerReward.ts"
import { farmRewardsTokens } from "./farmRewardsTokens.ts"
import { farmRewardsUsd } from "./farmRewardsUsd.ts"
import { farmStakedUsd } from "./farmStakedUsd.ts"
import { farmYieldPerYear } from "./farmYieldPerYear.ts"
import { feedAgeHours } from "./feedAgeHours.ts"
import { feedCorruptedReports } from "./feedCorruptedReports.ts"
import { feedCostUsd } from "./feedCostUsd.ts"
import { feedDeviationShare } from "./feedDeviationShare.ts"
import { feedGasPerReport } from "./feedGasPerReport.ts"
import { feedReports } from "./feedReports.ts"
import { feeShareOfJobPrice } from "./feeShareOfJobPrice.ts"
import { feeUsd } from "./feeUsd.ts"
import { feeByPoolShare } from "./feeByPoolShare.ts"
import { forcedExitsUsd } from "./forcedExitsUsd.ts"
import { gasArrearsUsd } from "./gasArrearsUsd.ts"
import { gasUsd } from "./gasUsd.ts"
import { gasUsed } from "./gasUsed.ts"
import { gpusAside } from "./gpusAside.ts"
import { gatedMembers } from "./gatedMembers.ts"
import { gatedPremiumShare } from "./gatedPremiumShare.ts"
import { gatedVolumeShare } from "./gatedVolumeShare.ts"
import { gpusOn } from "./gpusOn.ts"
import { graphDisputes } from "./graphDisputes.ts"
import { graphOfferedYieldPerYear } from "./graphOfferedYieldPerYear.ts"
import { graphRewardsTokens } from "./graphRewardsTokens.ts"
import { graphSlashedTokens } from "./graphSlashedTokens.ts"
import { graphSlashGapPerYear } from "./graphSlashGapPerYear.ts"
import { graphTokens } from "./graphTokens.ts"
import { graphYieldFollowed } from "./graphYieldFollowed.ts"
import { graphYieldPerYear } from "./graphYieldPerYear.ts"
import { holderYieldPerYear } from "./holderYieldPerYear.ts"
import { jitFeeShare } from "./jitFeeShare.ts"
import { jobRevenueUsd } from "./jobRevenueUsd.ts"
import { jobsCloud } from "./jobsCloud.ts"
import { jobsCorrupted } from "./jobsCorrupted.ts"
import { jobsFailed } from "./jobsFailed.ts"
import { jobsWaiting } from "./jobsWaiting.ts"
import { jobWaitHours } from "./jobWaitHours.ts"
import { jobFailuresByKind } from "./jobFailuresByKind.ts"
import { jobsDoneByKind } from "./jobsDoneByKind.ts"
import { renderingTailRatio } from "./renderingTailRatio.ts"
import { lateRequestShare } from "./lateRequestShare.ts"
import { paidOverAskShare } from "./paidOverAskShare.ts"
import { jobsLost } from "./jobsLost.ts"
import { jobsServed } from "./jobsServed.ts"
import { lenderLossUsd } from "./lenderLossUsd.ts"
import { liquidityUsd } from "./liquidityUsd.ts"
import { lpFeesUsd } from "./lpFeesUsd.ts"
import { lpImpermanentLossUsd } from "./lpImpermanentLossUsd.ts"
import { lpIncentivesUsd } from "./lpIncentivesUsd.ts"
import { lpLossVersusRebalancingUsd } from "./lpLossVersusRebalancingUsd.ts"
import { lpResidualUnits } from "./lpResidualUnits.ts"
import { lpValueUsd } from "./lpValueUsd.ts"
import { lvrClosedFormShare } from "./lvrClosedFormShare.ts"
import { lvrShare } from "./lvrShare.ts"
import { meanPriceUsd } from "./meanPriceUsd.ts"
import { ordersWaiting } from "./ordersWaiting.ts"
import { paidUsdPerWorkHour } from "./paidUsdPerWorkHour.ts"
import { partialFillsByPool } from "./partialFillsByPool.ts"
import { poolAgainstHoldRatio } from "./poolAgainstHoldRatio.ts"
import { poolUsd } from "./poolUsd.ts"
import { priceByPoolUsd } from "./priceByPoolUsd.ts"
import { priceGapShare } from "./priceGapShare.ts"
import { priceUsd } from "./priceUsd.ts"
import { providerProfitUsd } from "./providerProfitUsd.ts"
import { providersActive } from "./providersActive.ts"
import { providersEntered } from "./providersEntered.ts"
import { providersLeft } from "./providersLeft.ts"
import { referencePriceUsd } from "./referencePriceUsd.ts"
import { releasedTokens } from "./releasedTokens.ts"
import { reverts } from "./reverts.ts"
import { roiPerYear } from "./roiPerYear.ts"
import { rewardsUsd } from "./rewardsUsd.ts"
import { seenShare } from "./seenShare.ts"
import { slashedCheatTokens } from "./slashedCheatTokens.ts"
import { slashedHonestTokens } from "./slashedHonestTokens.ts"
import { slashedTokens } from "./slashedTokens.ts"
import { stakedTokens } from "./stakedTokens.ts"
import { stolenUsd } from "./stolenUsd.ts"
import { supplyPartTokens } from "./supplyPartTokens.ts"
import { supplyTokens } from "./supplyTokens.ts"
import { transactions } from "./transactions.ts"
import { twinTokens } from "./twinTokens.ts"
import { unvestedTokens } from "./unvestedTokens.ts"
import { uptimePenalised } from "./uptimePenalised.ts"
import { uptimeReportedShare } from "./uptimeReportedShare.ts"
import { utilisation } from "./utilisation.ts"
import { vaultAssetsUsd } from "./vaultAssetsUsd.ts"
import { vaultGainUsd } from "./vaultGainUsd.ts"
import { vaultPricePerShare } from "./vaultPricePerShare.ts"
import { venueGapShare } from "./venueGapShare.ts"
import { venueVolumeUsd } from "./venueVolumeUsd.ts"
import { volumeByPoolUsd } from "./volumeByPoolUsd.ts"
import { volumeUsd } from "./volumeUsd.ts"
import { disputeGainUsd } from "./disputeGainUsd.ts"
import { disputesWonByBuyers } from "./disputesWonByBuyers.ts"
import { jobsDisputed } from "./jobsDisputed.ts"
import { wronglyRefundedUsd } from "./wronglyRefundedUsd.ts"
import { wrongResultsUsd } from "./wrongResultsUsd.ts"
import { weighedEpochs } from "./weighedEpochs.ts"

/** Every metric by its column name; the order is the order of the columns. */
export const metrics = {
  priceUsd,
  referencePriceUsd,
  priceGapShare,
  supplyTokens,
  circulatingTokens,
  supplyPartTokens,
  holderYieldPerYear,
  claimsUsd,
  claimsMintedTokens,
  claimsBackingRatio,
  claimsMispricedUsd,
  unvestedTokens,
  releasedTokens,
  emittedTokens,
  emissionSharePerYear,
  burnedTokens,
  burnSpentUsd,
  slashedTokens,
  slashedHonestTokens,
  slashedCheatTokens,
  cheatingShare,
  cheatersNotFound,
  detectionDays,
  weighedEpochs,
  cheatedEpochs,
  costOfSecurityUsd,
  stakedTokens,
  graphTokens,
  graphSlashedTokens,
  graphRewardsTokens,
  graphYieldPerYear,
  graphOfferedYieldPerYear,
  graphYieldFollowed,
  graphSlashGapPerYear,
  graphDisputes,
  providersActive,
  providersEntered,
  providersLeft,
  gpusOn,
  gpusAside,
  utilisation,
  providerProfitUsd,
  roiPerYear,
  jobRevenueUsd,
  rewardsUsd,
  bonusPaidTokens,
  bonusBudgetTokens,
  uptimeReportedShare,
  uptimePenalised,
  seenShare,
  coveredCells,
  energyUsd,
  debtUsd,
  defaults,
  lenderLossUsd,
  jobsServed,
  jobsFailed,
  jobsCorrupted,
  jobsDisputed,
  disputesWonByBuyers,
  wronglyRefundedUsd,
  wrongResultsUsd,
  disputeGainUsd,
  stolenUsd,
  jobsCloud,
  jobsLost,
  jobsWaiting,
  jobWaitHours,
  jobFailuresByKind,
  jobsDoneByKind,
  renderingTailRatio,
  lateRequestShare,
  paidOverAskShare,
  paidUsdPerWorkHour,
  cloudUsdPerWorkHour,
  poolUsd,
  poolAgainstHoldRatio,
  volumeUsd,
  liquidityUsd,
  farmStakedUsd,
  farmRewardsTokens,
  farmRewardsUsd,
  farmYieldPerYear,
  farmDepthPerReward,
  vaultAssetsUsd,
  vaultPricePerShare,
  vaultGainUsd,
  volumeByPoolUsd,
  priceByPoolUsd,
  meanPriceUsd,
  feeByPoolShare,
  partialFillsByPool,
  venueVolumeUsd,
  gatedVolumeShare,
  gatedPremiumShare,
  venueGapShare,
  complianceUsd,
  complianceShareOfVolume,
  gatedMembers,
  twinTokens,
  forcedExitsUsd,
  feedDeviationShare,
  feedAgeHours,
  feedReports,
  feedCorruptedReports,
  feedGasPerReport,
  feedCostUsd,
  reverts,
  transactions,
  ordersWaiting,
  gasUsed,
  gasUsd,
  gasArrearsUsd,
  feeUsd,
  feeShareOfJobPrice,
  lpValueUsd,
  lpFeesUsd,
  lpImpermanentLossUsd,
  lpLossVersusRebalancingUsd,
  lpIncentivesUsd,
  lvrShare,
  lvrClosedFormShare,
  jitFeeShare,
  lpResidualUnits,
  washVolumeUsd,
  washShareOfRewards,
  adversaryProfitUsd,
  incomeByGroupUsd,
} satisfies Readonly<Record<string, Metric>>
