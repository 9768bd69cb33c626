import { type LedgerView, noExtensions } from "../sim/ledger.ts"
import type { Hex } from "viem"
import type { Provider } from "../sim/protocols/registry.ts"
import type { World } from "./adapter.ts"
import { worldLens } from "./artifacts.ts"
import { callOf } from "./encodeCall.ts"
import { extensionsOf, type Read } from "./extension.ts"
import type { Rpc } from "./rpc.ts"
import { batch, results } from "./settleBlock.ts"
import { bigintAt, numberAt, prelude, word, wordAt } from "./word.ts"

const read = callOf(worldLens.abi, "read")
const headWords = 15
const statuses = ["absent", "active", "unbonding"] as const

/** Holders and providers in one call: a tenth of the gas that Anvil gives to a call. */
const partSize = 1_000

/**
 * Reads the whole state with one batch of calls of `WorldLens.read`, which describes the layout of the answers. Of the agents only those are read
 * again that had to do with an order since the last time: what each holds follows from its own orders and from facts that name it, and an invariant
 * compares the sums with the supplies.
 */
export const worldReader = (rpc: Rpc, world: World): (() => Promise<LedgerView>) => {
  const { accounts, contracts, liquidityProviders } = world
  const extensions = extensionsOf(world)
  const contractIds = accounts.ids.filter((id) => !world.isAgent(id))
  const nothing: ReadonlyMap<string, bigint> = new Map(world.agents.map((id) => [id, 0n]))
  let balanceWei: ReadonlyMap<string, bigint> = new Map(accounts.ids.map((id) => [id, 0n]))
  let balanceMicros = balanceWei
  let accruedWei = nothing
  let records: ReadonlyMap<string, Provider> = new Map()
  for (const id of world.agents) world.touched.add(id)
  return async () => {
    const holders = [...contractIds, ...world.touched]
    const touchedProviders = [...world.touched].filter((id) => world.registered.has(id))
    world.touched.clear()
    const holderParts = partsOf(holders)
    const providerParts = partsOf(touchedProviders)
    const calls = Array.from({ length: Math.max(1, holderParts.length, providerParts.length) }, (_, part) => ({
      holders: holderParts[part] ?? [],
      // The list only grows, and only its members can hold shares: each more is a call inside the lens.
      liquidityProviders: part === 0 ? [...liquidityProviders] : [],
      providers: providerParts[part] ?? [],
    }))
    const reads = extensions.map((extension) => extension.reads(world))
    const requests = [...calls.map((lists) => ({ to: contracts.lens, data: readCall(accounts, lists) })), ...reads.flat()]
    const all = results(await rpc.post(batch(requests.map(callRequest)))) as ReadonlyArray<string>
    let answered = calls.length
    const parts = extensions.map((extension, index) => {
      const own = all.slice(answered, (answered += reads[index]!.length))
      return extension.view(own, world)
    })
    const answer = all[0]!
    const head = (index: number) => bigintAt(answer, prelude + index)
    const [nextWei, nextMicros, nextAccrued, nextRecords] = [
      new Map(balanceWei),
      new Map(balanceMicros),
      new Map(accruedWei),
      new Map(records),
    ]
    const shares = new Map(nothing)
    for (const [part, lists] of calls.entries()) {
      const words = all[part]!
      let at = prelude + headWords
      for (const id of lists.holders) {
        nextWei.set(id, bigintAt(words, at++))
        nextMicros.set(id, bigintAt(words, at++))
      }
      for (const id of lists.liquidityProviders) shares.set(id, bigintAt(words, at++))
      for (const id of lists.providers) {
        nextAccrued.set(id, bigintAt(words, at++))
        nextRecords.set(id, providerOf(wordAt(words, at++)))
      }
    }
    balanceWei = nextWei
    balanceMicros = nextMicros
    accruedWei = nextAccrued
    records = byRegistration(nextRecords, world.providers)
    return {
      blockNumber: numberAt(answer, prelude),
      token: { supplyWei: head(1), balanceWei },
      dollar: { supplyMicros: head(2), balanceMicros },
      pool: { tokenReserveWei: head(3), dollarReserveMicros: head(4), totalShares: head(5), shares },
      registry: { totalStakeWei: head(6), providers: records },
      market: { escrowMicros: head(7) },
      oracle: { nextEpoch: Number(head(8)), reportCount: Number(head(9)) },
      emissions: { emittedWei: head(10) },
      rewards: { accruedWei, carriedWei: head(11) },
      burn: { burnedWei: head(12), spentMicros: head(13) },
      venue: { priceMicros: head(14) },
      ...noExtensions,
      ...Object.assign({}, ...parts),
    }
  }
}

/** Newcomers stand in the order of their registration, whoever is read first. */
const byRegistration = (records: ReadonlyMap<string, Provider>, providers: ReadonlyArray<string>): ReadonlyMap<string, Provider> => {
  let place = 0
  for (const id of records.keys())
    if (id !== providers[place++]) return new Map(providers.map((provider) => [provider, records.get(provider)!]))
  return records
}

const partsOf = (ids: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<string>> =>
  Array.from({ length: Math.ceil(ids.length / partSize) }, (_, part) => ids.slice(part * partSize, (part + 1) * partSize))

const callRequest = ({ to, data }: Read) => ["eth_call", `[{"to":"${to}","data":"${data}"},"latest"]`] as const

type Lists = Readonly<Record<"holders" | "liquidityProviders" | "providers", ReadonlyArray<string>>>

const readCall = (accounts: World["accounts"], { holders, liquidityProviders, providers }: Lists): Hex => {
  const lists = [holders, liquidityProviders, providers].map((ids) => [word(ids.length), ...ids.map(accounts.word)])
  let offset = 32 * lists.length
  const offsets = lists.map((list) => {
    offset += 32 * list.length
    return word(offset - 32 * list.length)
  })
  return read(...offsets, ...lists.flat())
}

/** A record by its hexadecimal digits: status up to 6, registry number up to 14, unbonding time up to 24, GPUs up to 32, stake. */
const providerOf = (record: string): Provider => {
  const field = (start: number, end: number) => Number(`0x${record.slice(start, end)}`)
  return {
    status: statuses[field(0, 6)]!,
    stakeWei: BigInt(`0x${record.slice(32)}`),
    gpuCount: field(24, 32),
    unbondsAtSeconds: field(14, 24),
  }
}
