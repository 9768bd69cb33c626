import type { Hex } from "viem"
import { strategyAccount, type Action } from "../../sim/protocols/vault.ts"
import type { Adapters, DecodeFact, World } from "../adapter.ts"
import { yieldVault } from "../artifacts.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { farmFacts } from "../farm/adapter.ts"
import { adapters as pool } from "../pool/adapter.ts"
import { pairAbi } from "../pool/artifacts.ts"
import { addressWord, bigintAt, word } from "../word.ts"

const deposit = callOf(yieldVault.abi, "deposit")
const mint = callOf(yieldVault.abi, "mint")
const withdraw = callOf(yieldVault.abi, "withdraw")
const redeem = callOf(yieldVault.abi, "redeem")
const report = callOf(yieldVault.abi, "report")
const updateDebt = callOf(yieldVault.abi, "updateDebt")
const transfer = callOf(pairAbi, "transfer")

const vaultOf = ({ extensions }: World) => {
  if (extensions.vault === undefined) throw new RangeError("the scenario has no vault")
  return extensions.vault
}

const strategyOf = (world: World, farm: string): string => {
  const strategy = vaultOf(world).strategies.get(farm)
  if (strategy === undefined) throw new RangeError(`the vault has no strategy for a farm called ${farm}`)
  return addressWord(strategy)
}

const toVault = (_: Action, world: World): Hex => vaultOf(world).vault

const moved =
  (kind: "vault.deposited" | "vault.withdrawn"): DecodeFact =>
  ({ data }, _world, agent) => ({ kind, agent, poolShares: bigintAt(data, 0), vaultShares: bigintAt(data, 1) })

const depositFacts = { [topicOf(yieldVault.abi, "Deposit")]: moved("vault.deposited") }
const withdrawFacts = { [topicOf(yieldVault.abi, "Withdraw")]: moved("vault.withdrawn"), ...farmFacts }

type Harvest = Extract<Action, { readonly kind: "vault.harvest" }>

const [swapTopic, mintTopic] = [topicOf(pairAbi, "Swap"), topicOf(pairAbi, "Mint")]

/** The strategy trades in its own name, always reward tokens for dollars. */
const swapped: DecodeFact<Harvest> = (log, world, _agent, { farm }) =>
  pool["pool.swap"].facts[swapTopic]!(log, world, strategyAccount(farm), {
    kind: "pool.swap",
    sell: "token",
    amountIn: 0n,
    amountOutMin: 0n,
  })

const liquidityAdded: DecodeFact<Harvest> = (log, world, _agent, { farm }) =>
  pool["pool.addLiquidity"].facts[mintTopic]!(log, world, strategyAccount(farm), {
    kind: "pool.addLiquidity",
    tokenWei: 0n,
    dollarMicros: 0n,
  })

export const adapters: Adapters<Action> = {
  "vault.deposit": {
    to: toVault,
    gas: 300_000,
    encode: ({ poolShares }, { accounts }, { agent }) => deposit(word(poolShares), accounts.word(agent)),
    facts: depositFacts,
  },
  "vault.mint": {
    to: toVault,
    gas: 300_000,
    encode: ({ vaultShares }, { accounts }, { agent }) => mint(word(vaultShares), accounts.word(agent)),
    facts: depositFacts,
  },
  "vault.withdraw": {
    to: toVault,
    gas: 1_000_000,
    encode: ({ poolShares }, { accounts }, { agent }) => withdraw(word(poolShares), accounts.word(agent), accounts.word(agent)),
    facts: withdrawFacts,
  },
  "vault.redeem": {
    to: toVault,
    gas: 1_000_000,
    encode: ({ vaultShares }, { accounts }, { agent }) => redeem(word(vaultShares), accounts.word(agent), accounts.word(agent)),
    facts: withdrawFacts,
  },
  "vault.donate": {
    to: "pair",
    gas: 150_000,
    encode: ({ poolShares }, world) => transfer(addressWord(vaultOf(world).vault), word(poolShares)),
    facts: {
      [topicOf(pairAbi, "Transfer")]: ({ data }, _world, agent) => ({ kind: "vault.donated", agent, poolShares: bigintAt(data, 0) }),
    },
  },
  "vault.harvest": {
    to: toVault,
    gas: 2_000_000,
    encode: ({ farm, profitMin }, world) => report(strategyOf(world, farm), word(profitMin)),
    facts: {
      ...farmFacts,
      [swapTopic]: swapped,
      [mintTopic]: liquidityAdded,
      [topicOf(yieldVault.abi, "Reported")]: ({ data }, _world, _agent, { farm }) => ({
        kind: "vault.reported",
        farm,
        profit: bigintAt(data, 0),
        loss: bigintAt(data, 1),
        feeShares: bigintAt(data, 2),
      }),
    },
  },
  "vault.rebalance": {
    to: toVault,
    gas: 1_000_000,
    encode: ({ farm, debt }, world) => updateDebt(strategyOf(world, farm), word(debt)),
    facts: {
      ...farmFacts,
      [topicOf(yieldVault.abi, "DebtUpdated")]: ({ data }, _world, _agent, { farm }) => ({
        kind: "vault.rebalanced",
        farm,
        debt: bigintAt(data, 0),
      }),
    },
  },
}
