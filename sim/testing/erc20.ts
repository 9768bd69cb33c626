/** Test twin only: OpenZeppelin's ERC-20 with all allowances unlimited. */
import type { Journal } from "./journal.ts"
import { demand } from "./revert.ts"

export type Erc20 = ReturnType<typeof erc20>

export const erc20 = (journal: Journal) => {
  const balances = journal.table(0n)
  const supply = journal.cell(0n)
  const take = (from: string, amount: bigint) => {
    const balance = balances.get(from)
    demand(amount <= balance, "ERC20InsufficientBalance")
    balances.set(from, balance - amount)
  }
  const give = (to: string, amount: bigint) => balances.set(to, balances.get(to) + amount)
  return {
    supply: supply.get,
    balanceOf: balances.get,
    mint: (to: string, amount: bigint) => {
      supply.set(supply.get() + amount)
      give(to, amount)
    },
    burn: (from: string, amount: bigint) => {
      take(from, amount)
      supply.set(supply.get() - amount)
    },
    transfer: (from: string, to: string, amount: bigint) => {
      take(from, amount)
      give(to, amount)
    },
  }
}
