import { sumOf } from "../facts.ts"
import { firstBroken, giftsTo, type Invariant } from "../invariant.ts"
import type { LedgerView, Receipt } from "../ledger.ts"
import { graphAccounts, type View } from "../protocols/graph.ts"

/**
 * The Graph's staking contract holds what is staked, delegated and on its way out, to the wei; its dispute manager the deposits of what is not
 * decided, its curation the signal. Delegated shares and allocations add up, and all move only with their facts.
 */
export const graphBacking: Invariant = {
  name: "graph backing",
  check: (before, after, receipts) => {
    const { graph } = after
    const sharesOf = new Map<string, bigint>()
    for (const own of graph.delegations.values())
      for (const [indexer, { shares }] of own) sharesOf.set(indexer, (sharesOf.get(indexer) ?? 0n) + shares)
    const allocated = (of: "indexer" | "subgraph", id: string) =>
      [...graph.allocations.values()].reduce((sum, allocation) => sum + (allocation[of] === id ? allocation.amountWei : 0n), 0n)
    return firstBroken(
      ...Object.values(graphAccounts).map((account) => ({
        what: `tokens of ${account} above its debts, wei`,
        found: unowedWei(after, account),
        expected: unowedWei(before, account) + giftsTo(account, receipts).tokenWei,
      })),
      { what: "stakes and delegations by their facts, wei", found: boundWei(graph), expected: boundWei(before.graph) + boundBy(receipts) },
      ...[...graph.indexers].flatMap(([id, indexer]) => [
        { what: `shares delegated to ${id}`, found: sharesOf.get(id) ?? 0n, expected: indexer.delegatedShares },
        { what: `allocated by ${id}, wei`, found: allocated("indexer", id), expected: indexer.allocatedWei },
      ]),
      ...[...graph.subgraphs].map(([id, subgraph]) => ({
        what: `allocated to ${id}, wei`,
        found: allocated("subgraph", id),
        expected: subgraph.allocatedWei,
      })),
    )
  },
}

/** All that the staking contract owes: thawing stake is part of the stake, thawing delegations have left the pools. */
const boundWei = ({ indexers, delegations }: View): bigint => {
  const pooled = [...indexers.values()].reduce((sum, { stakedWei, delegatedWei }) => sum + stakedWei + delegatedWei, 0n)
  return [...delegations.values()].flatMap((own) => [...own.values()]).reduce((sum, { thawingWei }) => sum + thawingWei, pooled)
}

const debts: Readonly<Record<string, (view: View) => bigint>> = {
  [graphAccounts.staking]: boundWei,
  [graphAccounts.curation]: ({ subgraphs }) => [...subgraphs.values()].reduce((sum, { signalWei }) => sum + signalWei, 0n),
  [graphAccounts.disputes]: ({ disputes }) =>
    [...disputes.values()].reduce((sum, { status, depositWei }) => sum + (status === "pending" ? depositWei : 0n), 0n),
}

const unowedWei = ({ token, graph }: LedgerView, account: string): bigint => (token.balanceWei.get(account) ?? 0n) - debts[account]!(graph)

/** A reward is bound when it is minted, and what of it is paid out is not; a restaked one is no new stake. */
const boundBy = (receipts: ReadonlyArray<Receipt>): bigint => {
  const stakes = receipts.filter(({ order }) => order.action.kind !== "graph.close")
  return (
    sumOf(stakes, "graph.staked", (fact) => fact.amountWei) +
    sumOf(receipts, "graph.delegated", (fact) => fact.amountWei) +
    sumOf(receipts, "graph.rewarded", (fact) => fact.amountWei) -
    sumOf(receipts, "graph.paidOut", (fact) => fact.amountWei) -
    sumOf(receipts, "graph.withdrawn", (fact) => fact.amountWei) -
    sumOf(receipts, "graph.delegationWithdrawn", (fact) => fact.amountWei) -
    sumOf(receipts, "graph.slashed", (fact) => fact.amountWei)
  )
}
