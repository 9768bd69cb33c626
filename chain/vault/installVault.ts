import { encodeDeployData, type Hex, keccak256, stringToBytes } from "viem"
import type { Fact, LedgerView } from "../../sim/ledger.ts"
import { farmAccount } from "../../sim/protocols/farm.ts"
import { strategyAccount, vaultAccount } from "../../sim/protocols/vault.ts"
import { addressOf } from "../accounts.ts"
import { masterChefStrategy, stakingRewardsStrategy, vaultLens, yieldVault } from "../artifacts.ts"
import { callOf } from "../encodeCall.ts"
import type { Extension, Site } from "../extension.ts"
import { pairAbi } from "../pool/artifacts.ts"
import type { Transaction } from "../settleBlock.ts"
import { addressWord, bigintAt, prelude, unlimited, word } from "../word.ts"

export interface Vault extends Extension<Pick<LedgerView, "vault">> {
  readonly vault: Hex
  /** The strategy of each farm. */
  readonly strategies: ReadonlyMap<string, Hex>
  readonly farmOf: (strategy: Hex) => string
}

const addStrategy = callOf(yieldVault.abi, "addStrategy")
const grantRole = callOf(yieldVault.abi, "grantRole")
const approve = callOf(pairAbi, "approve")
const read = callOf(vaultLens.abi, "read")

const strategistRole = keccak256(stringToBytes("STRATEGIST_ROLE")).slice(2)
const callGas = 400_000

/** Sets up the vault, with a strategy for every farm. */
export const installVault = async (site: Site): Promise<Vault | undefined> => {
  const { genesis, contracts, agents, deploy, send } = site
  const terms = genesis.vault
  if (terms === undefined) return undefined
  const { token, dollar, pair, router } = contracts
  const { hasVirtualShares, decimalsOffset, profitUnlockSeconds, performanceFeeBps } = terms
  const limits = [BigInt(profitUnlockSeconds), BigInt(performanceFeeBps)] as const
  const [vault] = await deploy([
    encodeDeployData({
      ...yieldVault,
      args: [pair, addressOf("operator"), addressOf("treasury"), hasVirtualShares, decimalsOffset, ...limits],
    }),
  ])
  const [lens] = await deploy([encodeDeployData({ ...vaultLens, args: [vault!] })])
  const farms = genesis.farms ?? []
  const made = await deploy(
    farms.map(({ id, kind }) => {
      const args = [vault!, token, dollar, pair, router, site.accounts.get(farmAccount(id))!] as const
      return kind === "masterChef"
        ? encodeDeployData({ ...masterChefStrategy, args })
        : encodeDeployData({ ...stakingRewardsStrategy, args })
    }),
  )
  const strategies = new Map(farms.map(({ id }, index) => [id, made[index]!]))
  const call = (id: string, to: Hex, data: Hex): Transaction => ({ from: addressOf(id), to, data, gas: callGas })
  await send([
    ...made.map((strategy) => call("operator", vault!, addStrategy(addressWord(strategy)))),
    ...terms.strategists.map((id) => call("operator", vault!, grantRole(strategistRole, addressWord(addressOf(id))))),
    ...agents.map((id) => call(id, pair, approve(addressWord(vault!), unlimited))),
  ])

  const names = new Map(farms.map(({ id }, index) => [made[index]!, id]))
  const holders = ["treasury"]
  return {
    vault: vault!,
    strategies,
    farmOf: (strategy) => names.get(strategy)!,
    accounts: new Map([[vaultAccount, vault!], ...farms.map(({ id }) => [strategyAccount(id), strategies.get(id)!] as const)]),
    poolShareHolders: [vaultAccount, ...farms.map(({ id }) => strategyAccount(id))],
    note: (fact: Fact) => {
      if (fact.kind === "vault.deposited" && !holders.includes(fact.agent)) holders.push(fact.agent)
    },
    reads: ({ accounts }) => {
      const offset = word(32 * (3 + made.length))
      const data = read(word(64), offset, word(made.length), ...made.map(addressWord), word(holders.length), ...holders.map(accounts.word))
      return [{ to: lens!, data }]
    },
    view: ([answer]) => {
      let at = prelude
      const next = () => bigintAt(answer!, at++)
      const [assets, totalShares, lockedProfit, idle] = [next(), next(), next(), next()]
      const states = new Map(farms.map(({ id }) => [id, { debt: next(), held: next() }]))
      const [shares, worth] = [new Map<string, bigint>(), new Map<string, bigint>()]
      for (const id of holders) {
        shares.set(id, next())
        worth.set(id, next())
      }
      return { vault: { assets, totalShares, lockedProfit, idle, strategies: states, shares, worth } }
    },
  }
}
