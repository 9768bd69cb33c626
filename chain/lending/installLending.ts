import type { LedgerView } from "../../sim/ledger.ts"
import { lenderAccount, type Loan } from "../../sim/protocols/lending.ts"
import { addressOf } from "../accounts.ts"
import { dollar as dollarArtifact, hardwareLender } from "../artifacts.ts"
import { callOf } from "../encodeCall.ts"
import type { Extension, Site } from "../extension.ts"
import { addressWord, bigintAt, numberAt, prelude, textWord, unlimited, word } from "../word.ts"

export type Lending = Extension<Pick<LedgerView, "lending">>

const approve = callOf(dollarArtifact.abi, "approve")
const mint = callOf(dollarArtifact.abi, "mint")
const read = callOf(hardwareLender.abi, "read")
const headWords = 2
const loanWords = 4

/** The lender was made with the core, whose registry names it; here it gets its capital, and the agents access. */
export const installLending = async ({ genesis, contracts, agents, send }: Site): Promise<Lending | undefined> => {
  const { lender, dollar } = contracts
  if (lender === undefined || genesis.lending === undefined) return undefined
  const capital = mint(addressWord(lender), word(genesis.lending.capitalMicros), textWord("capital"))
  await send([
    { from: addressOf("issuer"), to: dollar, data: capital, gas: 150_000 },
    ...agents.map((id) => ({
      from: addressOf(id),
      to: dollar,
      data: approve(addressWord(lender), unlimited),
      gas: 100_000,
    })),
  ])
  const borrowers: Array<string> = []
  return {
    accounts: new Map([[lenderAccount, lender]]),
    note: (fact) => {
      if (fact.kind === "lending.borrowed" && !borrowers.includes(fact.agent)) borrowers.push(fact.agent)
    },
    reads: ({ accounts }) => [{ to: lender, data: read(word(32), word(borrowers.length), ...borrowers.map(accounts.word)) }],
    view: ([answer]) => ({
      lending: {
        principalMicros: bigintAt(answer!, prelude),
        lostMicros: bigintAt(answer!, prelude + 1),
        loans: new Map(borrowers.map((id, index) => [id, loanAt(answer!, prelude + headWords + loanWords * index)])),
      },
    }),
  }
}

const loanAt = (answer: string, at: number): Loan => ({
  principalMicros: bigintAt(answer, at),
  instalmentMicros: bigintAt(answer, at + 1),
  dueSeconds: numberAt(answer, at + 2),
  isDefaulted: bigintAt(answer, at + 3) === 1n,
})
