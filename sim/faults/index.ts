import { Schema } from "effect"
import { congestion } from "./congestion.ts"
import { corruptedResults } from "./corruptedResults.ts"
import { demand } from "./demand.ts"
import { energy } from "./energy.ts"
import { type FaultKind, windowFields } from "./fault.ts"
import { gpuFailure } from "./gpuFailure.ts"
import { gpuFlood } from "./gpuFlood.ts"
import { heatThrottling } from "./heatThrottling.ts"
import { marketExploit } from "./marketExploit.ts"
import { networkPartition } from "./networkPartition.ts"
import { oracleBribe } from "./oracleBribe.ts"
import { oracleDeviation } from "./oracleDeviation.ts"
import { oracleDown } from "./oracleDown.ts"
import { oracleStale } from "./oracleStale.ts"
import { priceFeed } from "./priceFeed.ts"
import { priceFeedLag } from "./priceFeedLag.ts"
import { regionOutage } from "./regionOutage.ts"
import { reorg } from "./reorg.ts"
import { token } from "./token.ts"

/** Every kind of fault by the name that scenarios use. */
export const faultKinds = {
  demand,
  energy,
  token,
  gpuFlood,
  gpuFailure,
  regionOutage,
  networkPartition,
  heatThrottling,
  corruptedResults,
  oracleStale,
  oracleDeviation,
  oracleDown,
  oracleBribe,
  reorg,
  congestion,
  priceFeedLag,
  priceFeed,
  marketExploit,
}
export type FaultName = keyof typeof faultKinds

/** Something that goes wrong, or comes suddenly, on some days; it composes with any scenario. */
export const Fault = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("demand"), ...windowFields, ...demand.fields }).annotate({ description: demand.about }),
  Schema.Struct({ kind: Schema.Literal("energy"), ...windowFields, ...energy.fields }).annotate({ description: energy.about }),
  Schema.Struct({ kind: Schema.Literal("token"), ...windowFields, ...token.fields }).annotate({ description: token.about }),
  Schema.Struct({ kind: Schema.Literal("gpuFlood"), ...windowFields, ...gpuFlood.fields }).annotate({ description: gpuFlood.about }),
  Schema.Struct({ kind: Schema.Literal("gpuFailure"), ...windowFields, ...gpuFailure.fields }).annotate({ description: gpuFailure.about }),
  Schema.Struct({ kind: Schema.Literal("regionOutage"), ...windowFields, ...regionOutage.fields }).annotate({
    description: regionOutage.about,
  }),
  Schema.Struct({ kind: Schema.Literal("networkPartition"), ...windowFields, ...networkPartition.fields }).annotate({
    description: networkPartition.about,
  }),
  Schema.Struct({ kind: Schema.Literal("heatThrottling"), ...windowFields, ...heatThrottling.fields }).annotate({
    description: heatThrottling.about,
  }),
  Schema.Struct({ kind: Schema.Literal("corruptedResults"), ...windowFields, ...corruptedResults.fields }).annotate({
    description: corruptedResults.about,
  }),
  Schema.Struct({ kind: Schema.Literal("oracleStale"), ...windowFields, ...oracleStale.fields }).annotate({
    description: oracleStale.about,
  }),
  Schema.Struct({ kind: Schema.Literal("oracleDeviation"), ...windowFields, ...oracleDeviation.fields }).annotate({
    description: oracleDeviation.about,
  }),
  Schema.Struct({ kind: Schema.Literal("oracleDown"), ...windowFields, ...oracleDown.fields }).annotate({ description: oracleDown.about }),
  Schema.Struct({ kind: Schema.Literal("oracleBribe"), ...windowFields, ...oracleBribe.fields }).annotate({
    description: oracleBribe.about,
  }),
  Schema.Struct({ kind: Schema.Literal("reorg"), ...windowFields, ...reorg.fields }).annotate({ description: reorg.about }),
  Schema.Struct({ kind: Schema.Literal("congestion"), ...windowFields, ...congestion.fields }).annotate({ description: congestion.about }),
  Schema.Struct({ kind: Schema.Literal("priceFeedLag"), ...windowFields, ...priceFeedLag.fields }).annotate({
    description: priceFeedLag.about,
  }),
  Schema.Struct({ kind: Schema.Literal("priceFeed"), ...windowFields, ...priceFeed.fields }).annotate({ description: priceFeed.about }),
  Schema.Struct({ kind: Schema.Literal("marketExploit"), ...windowFields, ...marketExploit.fields }).annotate({
    description: marketExploit.about,
  }),
])
export type Fault = typeof Fault.Type

type AnyFaultKind = FaultKind<any>

const anyKinds: Readonly<Record<FaultName, AnyFaultKind>> = faultKinds

export const kindOf = ({ kind }: Fault): AnyFaultKind => anyKinds[kind]

/** The fault's name above the charts. */
export const faultLabel = (fault: Fault): string => {
  const { kind: _, fromDay: _from, toDay: _to, ...params } = fault
  return kindOf(fault).label(params)
}
