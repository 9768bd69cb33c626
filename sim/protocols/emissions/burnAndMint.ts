import { or, quantity } from "../../quantity.ts"
import { BPS, mulDiv, toBps } from "../../units.ts"
import { statelessModel } from "../emission.ts"
import * as decay from "./decay.ts"

/** A decaying schedule that does not ask what was burned (Render), and if wanted a share of what was. */
export const burnAndMint = statelessModel({
  fields: {
    ...decay.fields,
    remintShare: quantity("Share of what was burned since the epoch before that is minted again", { unit: "share", min: 0, max: 1 }).pipe(
      or(0),
    ),
  },
  tokenKeys: ["tokensPerEpoch"],
  terms: ({ remintShare, ...schedule }) => ({ ...decay.terms(schedule), remintBps: toBps(remintShare) }),
  amountWei: (terms, epoch, { burnedWei }) => decay.amountWei(terms, epoch) + mulDiv(burnedWei, terms.remintBps, BPS),
})
