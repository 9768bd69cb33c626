import { encodeDeployData, type Hex, zeroAddress } from "viem"
import type { LedgerView } from "../../sim/ledger.ts"
import { claimsPriceAccount } from "../../sim/protocols/feeds.ts"
import { addressOf } from "../accounts.ts"
import { claimDesk, networkToken } from "../artifacts.ts"
import { callOf } from "../encodeCall.ts"
import type { Extension, Site } from "../extension.ts"
import { minterRole } from "../token/minterRole.ts"
import { addressWord, bigintAt, prelude, unlimited, word } from "../word.ts"

export interface Claims extends Extension<Pick<LedgerView, "claims">> {
  readonly desk: Hex
}

const approve = callOf(networkToken.abi, "approve")
const grantRole = callOf(networkToken.abi, "grantRole")
const read = callOf(claimDesk.abi, "read")
const headWords = 3

/** Makes the desk with the claims that were issued before the run, and lets it mint. */
export const installClaims = async ({ genesis, contracts, agents, accounts, deploy, send }: Site): Promise<Claims | undefined> => {
  if (genesis.claims === undefined) return undefined
  const { microsPerDayMax, backingMinBps, usesVenue, windowSeconds, price, holdings } = genesis.claims
  const outside = usesVenue ? contracts.venue : zeroAddress
  const source = {
    // A feed is asked as the venue is.
    venue: price === undefined ? outside : accounts.get(claimsPriceAccount)!,
    pair: contracts.pair,
    windowSeconds: BigInt(windowSeconds),
    openingMicros: genesis.venue.priceMicros,
  }
  const [desk] = (await deploy([
    encodeDeployData({
      ...claimDesk,
      args: [
        contracts.token,
        source,
        { microsPerDayMax, backingMinBps: BigInt(backingMinBps) },
        holdings.map(({ agent, claimMicros }) => ({ account: addressOf(agent), claimMicros })),
      ],
    }),
  ])) as [Hex]
  await send([
    { from: addressOf("operator"), to: contracts.token, data: grantRole(minterRole, addressWord(desk)), gas: 100_000 },
    ...agents.map((id) => ({
      from: addressOf(id),
      to: contracts.token,
      data: approve(addressWord(desk), unlimited),
      gas: 100_000,
    })),
  ])
  const holders = holdings.map(({ agent }) => agent)
  return {
    desk,
    accounts: new Map(),
    note: (fact) => {
      if (fact.kind === "claims.issued" && !holders.includes(fact.agent)) holders.push(fact.agent)
    },
    reads: ({ accounts }) => [{ to: desk, data: read(word(32), word(holders.length), ...holders.map(accounts.word)) }],
    view: ([answer]) => ({
      claims: {
        totalMicros: bigintAt(answer!, prelude),
        redeemableMicros: bigintAt(answer!, prelude + 1),
        referenceMicros: bigintAt(answer!, prelude + 2),
        claimMicros: new Map(holders.map((id, index) => [id, bigintAt(answer!, prelude + headWords + index)])),
      },
    }),
  }
}
