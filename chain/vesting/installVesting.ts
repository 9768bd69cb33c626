import { encodeDeployData, type Hex } from "viem"
import type { LedgerView } from "../../sim/ledger.ts"
import { vestingAccount } from "../../sim/protocols/vesting.ts"
import { addressOf } from "../accounts.ts"
import { networkToken, tokenVesting } from "../artifacts.ts"
import { callOf } from "../encodeCall.ts"
import type { Extension, Site } from "../extension.ts"
import { addressWord, bigintAt, word } from "../word.ts"
import { walletAbi } from "./artifacts.ts"

export interface Vestings extends Extension<Pick<LedgerView, "vesting">> {
  readonly walletOf: (account: string) => Hex
}

const transfer = callOf(networkToken.abi, "transfer")
const releasable = callOf(walletAbi, "releasable")

/** Makes one wallet for each beneficiary of each schedule, and fills it from the treasury. */
export const installVesting = async ({ genesis, contracts, deploy, send }: Site): Promise<Vestings | undefined> => {
  const terms = genesis.vesting ?? []
  if (terms.length === 0) return undefined
  const wallets = await deploy(
    terms.map(({ agent, startSeconds, durationSeconds, cliffSeconds }) =>
      encodeDeployData({
        ...tokenVesting,
        args: [addressOf(agent), BigInt(startSeconds), BigInt(durationSeconds), BigInt(cliffSeconds)],
      }),
    ),
  )
  const accounts = new Map(terms.map(({ schedule, agent }, index) => [vestingAccount(schedule, agent), wallets[index]!]))
  await send(
    terms.map(({ tokenWei }, index) => ({
      from: addressOf("treasury"),
      to: contracts.token,
      data: transfer(addressWord(wallets[index]!), word(tokenWei)),
      gas: 200_000,
    })),
  )
  const read = releasable(addressWord(contracts.token))
  return {
    accounts,
    walletOf: (account) => {
      const wallet = accounts.get(account)
      if (wallet === undefined) throw new RangeError(`no vesting wallet is called ${account}`)
      return wallet
    },
    reads: () => wallets.map((to) => ({ to, data: read })),
    view: (answers) => ({
      vesting: new Map(
        terms.map(({ schedule, agent }, index) => [
          vestingAccount(schedule, agent),
          { schedule, agent, releasableWei: bigintAt(answers[index]!, 0) },
        ]),
      ),
    }),
  }
}
