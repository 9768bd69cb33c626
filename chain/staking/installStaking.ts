import { type LedgerView } from "../../sim/ledger.ts"
import { type Staker, stakingAccount } from "../../sim/protocols/staking.ts"
import { addressOf } from "../accounts.ts"
import { networkToken, tokenStaking } from "../artifacts.ts"
import { callOf } from "../encodeCall.ts"
import type { Extension, Site } from "../extension.ts"
import { addressWord, bigintAt, numberAt, prelude, unlimited, word } from "../word.ts"

export type Staking = Extension<Pick<LedgerView, "staking">>

const approve = callOf(networkToken.abi, "approve")
const read = callOf(tokenStaking.abi, "read")
const headWords = 6
const stakerWords = 5
/** TokenStaking.SCALE. */
const scale = 1e36

/** The contract was made with the core, which names it; here the agents get access to it. */
export const installStaking = async ({ contracts, agents, send }: Site): Promise<Staking | undefined> => {
  const { staking, token } = contracts
  if (staking === undefined) return undefined
  await send(
    agents.map((id) => ({
      from: addressOf(id),
      to: token,
      data: approve(addressWord(staking), unlimited),
      gas: 100_000,
    })),
  )
  const stakers: Array<string> = []
  return {
    accounts: new Map([[stakingAccount, staking]]),
    note: (fact) => {
      if (fact.kind === "staking.staked" && !stakers.includes(fact.agent)) stakers.push(fact.agent)
    },
    reads: ({ accounts }) => [{ to: staking, data: read(word(32), word(stakers.length), ...stakers.map(accounts.word)) }],
    view: ([answer]) => {
      const head = (index: number) => bigintAt(answer!, prelude + index)
      return {
        staking: {
          stakedWei: head(0),
          unbondingWei: head(1),
          owedWei: head(2),
          owedMicros: head(3),
          tokensPerStake: Number(head(4)) / scale,
          usdPerStake: (Number(head(5)) / scale) * 1e12,
          stakers: new Map(stakers.map((id, index) => [id, stakerAt(answer!, prelude + headWords + stakerWords * index)])),
        },
      }
    },
  }
}

const stakerAt = (answer: string, at: number): Staker => ({
  stakedWei: bigintAt(answer, at),
  unbondingWei: bigintAt(answer, at + 1),
  unbondsAtSeconds: numberAt(answer, at + 2),
  earnedWei: bigintAt(answer, at + 3),
  earnedMicros: bigintAt(answer, at + 4),
})
