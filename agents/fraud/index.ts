import { Schema } from "effect"
import * as cheaperGpu from "./cheaperGpu.ts"
import { type Cheat, type Conduct, honestConduct } from "./conduct.ts"
import * as copiedAnswers from "./copiedAnswers.ts"
import * as noWork from "./noWork.ts"
import * as oracleCollusion from "./oracleCollusion.ts"
import * as sybil from "./sybil.ts"
import * as wrongCell from "./wrongCell.ts"
import * as wrongLocation from "./wrongLocation.ts"

/** The ways in which a provider can cheat. */
export const Fraud = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("none") }),
  noWork.Params,
  cheaperGpu.Params,
  copiedAnswers.Params,
  sybil.Params,
  wrongLocation.Params,
  wrongCell.Params,
  oracleCollusion.Params,
])
export type Fraud = typeof Fraud.Type

/** What a provider does in an epoch in which it cheats. */
export const conductOf = (fraud: Fraud, cheat: Cheat): Conduct => {
  switch (fraud.kind) {
    case "none":
      return honestConduct
    case "noWork":
      return noWork.conduct(fraud, cheat)
    case "cheaperGpu":
      return cheaperGpu.conduct(fraud, cheat)
    case "copiedAnswers":
      return copiedAnswers.conduct(fraud, cheat)
    case "sybil":
      return sybil.conduct(fraud, cheat)
    case "wrongLocation":
      return wrongLocation.conduct(fraud, cheat)
    case "wrongCell":
      return wrongCell.conduct(fraud, cheat)
    case "oracleCollusion":
      return oracleCollusion.conduct(fraud, cheat)
  }
}
