import { type LedgerView, noExtensions } from "../sim/ledger.ts"
import type { Hex } from "viem"
import type { Provider } from "../sim/protocols/registry.ts"
import type { World } from "./adapter.ts"
import { worldLens } from "./artifacts.ts"
import { callOf } from "./encodeCall.ts"
import { extensionsOf, type Read } from "./extension.ts"
import type { Rpc } from "./rpc.ts"
import { batch, results } from "./settleBlock.ts"
import { bigintAt, numberAt, word, wordAt } from "./word.ts"

const read = callOf(worldLens.abi, "read")
/** The answer's offset and length come before its first word. */
const prelude = 2
const headWords = 15
const statuses = ["absent", "active", "unbonding"] as const

/** Reads the whole state with one call of `WorldLens.read`, which describes the layout of the answer. */
export const worldReader = (rpc: Rpc, world: World): (() => Promise<LedgerView>) => {
  const { accounts, contracts, providers, liquidityProviders } = world
  const extensions = extensionsOf(world)
  const nothing: ReadonlyMap<string, bigint> = new Map(world.agents.map((id) => [id, 0n]))
  let call: ReturnType<typeof callRequest> | undefined
  let listed = -1
  return async () => {
    // The two lists only grow, and only their members can hold shares, a stake or a reward: each more is two calls inside the lens.
    if (listed !== providers.length + liquidityProviders.length) {
      listed = providers.length + liquidityProviders.length
      call = callRequest({ to: contracts.lens, data: readCall(world) })
    }
    const reads = extensions.map((extension) => extension.reads(world))
    const [answer, ...answers] = results(await rpc.post(batch([call!, ...reads.flat().map(callRequest)]))) as [string, ...Array<string>]
    let answered = 0
    const parts = extensions.map((extension, index) => {
      const own = answers.slice(answered, (answered += reads[index]!.length))
      return extension.view(own, world)
    })
    const head = (index: number) => bigintAt(answer, prelude + index)
    let at = prelude + headWords
    const balanceWei = new Map<string, bigint>()
    const balanceMicros = new Map<string, bigint>()
    for (const id of accounts.ids) {
      balanceWei.set(id, bigintAt(answer, at++))
      balanceMicros.set(id, bigintAt(answer, at++))
    }
    const shares = new Map(nothing)
    for (const id of liquidityProviders) shares.set(id, bigintAt(answer, at++))
    const accruedWei = new Map(nothing)
    const records = new Map<string, Provider>()
    for (const id of providers) {
      accruedWei.set(id, bigintAt(answer, at++))
      records.set(id, providerOf(wordAt(answer, at++)))
    }
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

const callRequest = ({ to, data }: Read) => ["eth_call", `[{"to":"${to}","data":"${data}"},"latest"]`] as const

const readCall = ({ accounts, liquidityProviders, providers }: World): Hex => {
  const lists = [accounts.ids, liquidityProviders, providers].map((ids) => [word(ids.length), ...ids.map(accounts.word)])
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
