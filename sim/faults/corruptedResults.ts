import { or, quantity } from "../quantity.ts"
import { faultKind, hit, labelled, sitesFields } from "./fault.ts"

export const corruptedResults = faultKind({
  about:
    "Some results are wrong, as from faulty memory. A buyer who notices refuses the result and gets its money back; one who does not pays.",
  fields: {
    corruptedShare: quantity("Chance that the result of a job is wrong", { unit: "share", min: 0, max: 1 }),
    noticedShare: quantity("Chance that the buyer notices it", { unit: "share", min: 0, max: 1 }).pipe(or(0.8)),
    ...sitesFields,
  },
  label: ({ corruptedShare, ...whom }) => labelled(`${Number((corruptedShare * 100).toFixed(2))} % wrong results`, whom),
  whileOn: ({ corruptedShare, noticedShare, ...whom }, { providers, rng }) => {
    const faulty = hit(providers, whom, rng)
    return {
      quality: (provider) => {
        if (!faulty.has(provider)) return "clean"
        const draws = rng(`results/${provider}`)
        const [isWrong, isNoticed] = [draws.chance(corruptedShare), draws.chance(noticedShare)]
        return isWrong ? (isNoticed ? "refused" : "unnoticed") : "clean"
      },
    }
  },
})
