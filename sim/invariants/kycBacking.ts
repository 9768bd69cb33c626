import { sumOf } from "../facts.ts"
import { firstBroken, giftsTo, type Invariant } from "../invariant.ts"
import type { Fact, LedgerView } from "../ledger.ts"
import { gateAccount, gatedPoolAccount } from "../protocols/kyc.ts"

/** For every unit of the permissioned twin the gate holds one of the network token; the twin is somebody's, and moves only with its facts. */
export const kycBacking: Invariant = {
  name: "kyc backing",
  check: (before, after, receipts) => {
    const { kyc } = after
    const gifts = giftsTo(gateAccount, receipts)
    const wrapped = sumOf(receipts, "kyc.wrapped", (fact) => fact.amountWei)
    const unwrapped = sumOf(receipts, "kyc.unwrapped", (fact) => fact.amountWei)
    const unbacked = ({ token, kyc: { supplyWei } }: LedgerView) => (token.balanceWei.get(gateAccount) ?? 0n) - supplyWei
    let held = 0n
    for (const { balanceWei } of kyc.members.values()) held += balanceWei
    const expected = receipts.flatMap(({ facts }) => facts).reduce(next, unbooked(before))
    return firstBroken(
      {
        what: "network tokens of the gate above the twin's supply, wei",
        found: unbacked(after),
        expected: unbacked(before) + gifts.tokenWei,
      },
      { what: "twin in all hands, wei", found: held, expected: kyc.supplyWei },
      { what: "supply of the twin by its facts, wei", found: kyc.supplyWei, expected: before.kyc.supplyWei + wrapped - unwrapped },
      { what: "twin in the gated pool above its reserve, wei", found: unbooked(after).tokenWei, expected: expected.tokenWei },
      { what: "dollars in the gated pool above its reserve, micros", found: unbooked(after).dollarMicros, expected: expected.dollarMicros },
    )
  },
}

const unbooked = ({ kyc, dollar }: LedgerView) => ({
  tokenWei: (kyc.members.get(gatedPoolAccount)?.balanceWei ?? 0n) - kyc.tokenReserveWei,
  dollarMicros: (dollar.balanceMicros.get(gatedPoolAccount) ?? 0n) - kyc.dollarReserveMicros,
})

/** A pair books what was sent to it unasked with the next trade. */
const next = (before: ReturnType<typeof unbooked>, fact: Fact): ReturnType<typeof unbooked> => {
  switch (fact.kind) {
    case "kyc.transferred":
      return fact.to === gatedPoolAccount ? { ...before, tokenWei: before.tokenWei + fact.amountWei } : before
    case "dollar.transferred":
      return fact.to === gatedPoolAccount ? { ...before, dollarMicros: before.dollarMicros + fact.amountMicros } : before
    case "kyc.swapped":
      return { tokenWei: 0n, dollarMicros: 0n }
    default:
      return before
  }
}
