import { NodeRuntime } from "@effect/platform-node"
import { Effect } from "effect"
import { createPublicClient, createWalletClient, type Hex, http } from "viem"
import { mnemonicToAccount } from "viem/accounts"
import { foundry } from "viem/chains"
import { type Action, type Genesis, LedgerDiverged, type LedgerError, type Order } from "../sim/ledger.ts"
import { WEI_PER_TOKEN } from "../sim/units.ts"
import { anvil, baseFeeWei, mnemonic } from "./anvil.ts"
import { networkToken } from "./artifacts.ts"
import { attempt, openLedger } from "./chainLedger.ts"
import { callOf } from "./encodeCall.ts"
import { genesisSeconds } from "./genesis.ts"
import { type Rpc, rpc } from "./rpc.ts"
import { batch, results } from "./settleBlock.ts"
import { word } from "./word.ts"

/** One measured number beside what it is measured against. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly ratio: number
  readonly against: string
}

export interface Bench {
  readonly figures: ReadonlyArray<Figure>
  readonly method: string
  /** Milliseconds for one block of transfers, by what they were spent on. */
  readonly millisPerBlock: ReadonlyArray<
    Readonly<Record<"path" | "send" | "mine" | "read" | "observe" | "ownWork" | "total", string | number>>
  >
}

export interface Workload {
  readonly agents: number
  readonly blocks: number
  /** Each path runs this often, taking turns; the median counts. */
  readonly rounds: number
  /** Blocks of swaps a turn: a swap is dearer than a transfer. */
  readonly swapBlocks: number
  /** Transactions of the naive loop. */
  readonly naiveTransactions: number
}

export const usualWorkload: Workload = { agents: 100, blocks: 100, rounds: 5, swapBlocks: 20, naiveTransactions: 200 }

/** Everything in one run on one machine, because a ratio between two machines, or two moments, says nothing. */
export const bench = (workload: Workload = usualWorkload): Effect.Effect<Bench, LedgerError> =>
  Effect.scoped(
    Effect.gen(function* () {
      const clients: Array<Rpc> = []
      for (let i = 0; i < 5; i++) clients.push(yield* rpc((yield* anvil(genesisSeconds(genesisOf(workload)))).port))
      const naivePort = (yield* anvil(genesisSeconds(genesisOf(workload)))).port
      return yield* attempt(async () => {
        const swaps = { ...workload, blocks: workload.swapBlocks }
        const paths = [
          await rawPath(clients[0]!, workload),
          await settlePath(clients[1]!, workload, transferTo(workload), {}),
          await settlePath(clients[2]!, workload, transferTo(workload), { isRead: true }),
          await settlePath(clients[3]!, swaps, mainSwap, { pools3 }),
          await settlePath(clients[4]!, swaps, pool3Swap, { pools3 }),
        ]
        const samples: ReadonlyArray<Array<Sample>> = paths.map(() => [])
        for (const path of paths) await path()
        for (let round = 0; round < workload.rounds; round++) for (const [i, path] of paths.entries()) samples[i]!.push(await path())
        const naive = await naivePath(naivePort, workload)
        return report(workload, samples.map(medianOf), naive)
      })
    }),
  )

/** Milliseconds of one turn. */
interface Sample {
  readonly total: number
  readonly send: number
  readonly mine: number
  readonly read: number
  readonly observe: number
}

const report = (workload: Workload, samples: ReadonlyArray<Sample>, naivePerSecond: number): Bench => {
  const { agents, blocks, rounds, swapBlocks, naiveTransactions } = workload
  const blocksOf = [blocks, blocks, blocks, swapBlocks, swapBlocks]
  const rates = samples.map(({ total }, i) => (agents * blocksOf[i]! * 1000) / total)
  const [raw, settle, verbs, swap, swap3] = rates as [number, number, number, number, number]
  const unit = "transactions/s"
  return {
    figures: [
      { name: "rawBatch", value: raw, unit, ratio: 1, against: "the ceiling itself" },
      { name: "settleAgainstRawBatch", value: settle, unit, ratio: settle / raw, against: "rawBatch" },
      { name: "settleAgainstNaive", value: settle, unit, ratio: settle / naivePerSecond, against: "viem: send, wait for the receipt" },
      { name: "verbsWorkload", value: verbs, unit, ratio: verbs / raw, against: "rawBatch" },
      { name: "mainSwap", value: swap, unit, ratio: swap / settle, against: "settle, of transfers" },
      { name: "pool3Swap", value: swap3, unit, ratio: swap3 / swap, against: "mainSwap" },
    ],
    method:
      `${agents} agents, ${blocks} blocks, one ERC-20 transfer (OpenZeppelin ERC20Votes) an agent and block; ` +
      `one Anvil a path with the same world (those of swaps with a Uniswap v3 pool more), the paths take turns, median of ${rounds} turns after one to warm up. ` +
      "settle: orders encoded, sent, mined, the block asserted (number, parent, time, base fee, every hash in order), events read and " +
      "decoded, one block a call. rawBatch: the same transactions as request bodies made beforehand, sent unsigned in one batch, then " +
      "mined, through the same connection, answers not looked at. verbs: as settle, and before each block every balance is read by " +
      `observe. mainSwap, pool3Swap: as settle, ${swapBlocks} ticks of one swap an agent, in the main pool or the other. ` +
      `naive: ${naiveTransactions} transfers by viem's writeContract and waitForTransactionReceipt on an Anvil that mines at once.`,
    millisPerBlock: ["rawBatch", "settle", "verbs", "mainSwap", "pool3Swap"].map((path, i) => {
      const { total, send, mine, read, observe } = samples[i]!
      const each = (millis: number) => Math.round((millis / blocksOf[i]!) * 1000) / 1000
      const ownWork = total - send - mine - read - observe
      return {
        path,
        send: each(send),
        mine: each(mine),
        read: each(read),
        observe: each(observe),
        ownWork: each(ownWork),
        total: each(total),
      }
    }),
  }
}

/** What an agent does in a tick, both counted. */
type Doing = (tick: number, index: number) => Action

const transferTo =
  ({ agents }: Workload): Doing =>
  (tick, index) => ({ kind: "token.transfer", to: agentId((index + tick) % agents), amountWei: 1n })

/** All sell tokens in one tick and dollars in the next, so that the price stays where it is. */
const saleIn = (tick: number) =>
  tick % 2 === 0 ? ({ sell: "token", amountIn: WEI_PER_TOKEN / 1000n } as const) : ({ sell: "dollar", amountIn: 1000n } as const)
const mainSwap: Doing = (tick) => ({ kind: "pool.swap", ...saleIn(tick), amountOutMin: 0n })
const pool3Swap: Doing = (tick) => ({ kind: "pool3.swap", pool: "pool", ...saleIn(tick), amountOutMin: 0n, limitSqrtPriceX96: 0n })

/** The project's way: one `settle` a tick, with or without reading every balance first. */
const settlePath = async (
  client: Rpc,
  { agents, blocks }: Workload,
  doing: Doing,
  { isRead = false, ...more }: Pick<Genesis, "pools3"> & { readonly isRead?: boolean },
): Promise<() => Promise<Sample>> => {
  const watch = stopwatch(client)
  const genesis = { ...genesisOf({ agents }), ...more }
  const ledger = await openLedger(watch.rpc, genesis)
  let tick = 0
  return async () => {
    watch.reset()
    const start = performance.now()
    for (let block = 0; block < blocks; block++) {
      tick++
      const orders = Array.from({ length: agents }, (_, i): Order => ({ agent: agentId(i), action: doing(tick, i), tipWei: 0n }))
      if (isRead) await ledger.observe()
      const { receipts } = await ledger.settle(orders, genesis.startSeconds + tick)
      if (receipts.some(({ facts }) => facts.length !== 1)) throw new LedgerDiverged({ message: "an order of the benchmark failed" })
    }
    return { total: performance.now() - start, ...watch.millis }
  }
}

/** The ceiling: the same transactions, prepared down to the last byte. */
const rawPath = async (client: Rpc, { agents, blocks }: Workload): Promise<() => Promise<Sample>> => {
  const watch = stopwatch(client)
  const genesis = genesisOf({ agents })
  const { world } = await openLedger(client, genesis)
  const transfer = callOf(networkToken.abi, "transfer")
  const addresses = Array.from({ length: agents }, (_, i) => world.accounts.address(agentId(i)))
  const counts = results(await client.post(batch(addresses.map((address) => ["eth_getTransactionCount", `["${address}","latest"]`]))))
  const nonces = counts.map(Number)
  let tick = 0
  const prepare = () => {
    tick++
    const send = addresses.map((from, i) => {
      const data = transfer(world.accounts.word(agentId((i + tick) % agents)), word(1))
      const numbers = `"nonce":"${hex(nonces[i]!++)}","gas":"${hex(150_000)}","gasPrice":"${hex(Number(baseFeeWei) + agents - i)}"`
      return ["eth_sendUnsignedTransaction", `[{"from":"${from}","to":"${world.contracts.token}","data":"${data}",${numbers}}]`] as const
    })
    const mine = [
      ["evm_setNextBlockTimestamp", `["${hex(genesis.startSeconds + tick)}"]`],
      ["anvil_setNextBlockBaseFeePerGas", `["${hex(Number(baseFeeWei))}"]`],
      ["evm_mine", "[]"],
    ] as const
    return [batch(send), batch(mine)] as const
  }
  return async () => {
    const bodies = Array.from({ length: blocks }, prepare)
    watch.reset()
    const start = performance.now()
    for (const [send, mine] of bodies) {
      await watch.rpc.post(send)
      await watch.rpc.post(mine)
    }
    const sample = { total: performance.now() - start, ...watch.millis }
    const [last] = results(await client.post(batch([["eth_getBlockByNumber", '["latest",false]']])))
    if ((last as { readonly transactions: ReadonlyArray<Hex> }).transactions.length !== agents)
      throw new LedgerDiverged({ message: "a raw block of the benchmark is not whole" })
    return sample
  }
}

/** What one writes first: viem with its defaults, one transaction after the other. Gives transactions a second. */
const naivePath = async (port: number, { naiveTransactions }: Workload): Promise<number> => {
  const account = mnemonicToAccount(mnemonic)
  const transport = http(`http://127.0.0.1:${port}`, { retryCount: 0 })
  const wallet = createWalletClient({ account, chain: foundry, transport })
  // The default waits four seconds between looks; here a look that comes too early costs little.
  const reader = createPublicClient({ chain: foundry, transport, pollingInterval: 5 })
  await reader.request({ method: "evm_setAutomine" as never, params: [true] as never })
  const deployment = await wallet.deployContract({ ...networkToken, args: [account.address, account.address, WEI_PER_TOKEN] })
  const { contractAddress } = await reader.waitForTransactionReceipt({ hash: deployment })
  const start = performance.now()
  for (let i = 0; i < naiveTransactions; i++) {
    const to: Hex = `0x${(i + 1).toString(16).padStart(40, "0")}`
    const hash = await wallet.writeContract({ abi: networkToken.abi, address: contractAddress!, functionName: "transfer", args: [to, 1n] })
    await reader.waitForTransactionReceipt({ hash })
  }
  return (naiveTransactions * 1000) / (performance.now() - start)
}

/** A connection that adds up the time from a request to its answer, by what the request is for. */
const stopwatch = (client: Rpc) => {
  const millis = { send: 0, mine: 0, read: 0, observe: 0 }
  const purposeOf = (body: string): keyof typeof millis => {
    const method = /"method":"(\w+)"/.exec(body.slice(0, 100))?.[1]
    return method === "eth_sendUnsignedTransaction"
      ? "send"
      : method === "eth_call"
        ? "observe"
        : method === "eth_getBlockByNumber"
          ? "read"
          : "mine"
  }
  const post = async (body: string): Promise<string> => {
    const start = performance.now()
    const answer = await client.post(body)
    millis[purposeOf(body)] += performance.now() - start
    return answer
  }
  return { rpc: { post }, millis, reset: () => void Object.assign(millis, { send: 0, mine: 0, read: 0, observe: 0 }) }
}

const medianOf = (samples: ReadonlyArray<Sample>): Sample => [...samples].sort((a, b) => a.total - b.total)[samples.length >> 1]!

const hex = (value: number): Hex => `0x${value.toString(16)}`

const agentId = (index: number): string => `agent-${index}`

const genesisOf = ({ agents }: Pick<Workload, "agents">): Genesis => ({
  startSeconds: 1_767_225_600,
  supplyWei: 1_000_000n * WEI_PER_TOKEN,
  pool: { deposits: [{ agent: agentId(0), tokenWei: 1000n * WEI_PER_TOKEN, dollarMicros: 1_000_000_000n }] },
  registry: { stakeWeiPerGpu: WEI_PER_TOKEN, unbondingSeconds: 86_400 },
  market: { feeBps: 300, burnBps: 5000, creditBps: 0 },
  oracle: { reporters: [agentId(0)], quorum: 1, toleranceBps: 500, slashBps: 1000 },
  emissions: { kind: "fixed", amountWei: WEI_PER_TOKEN, epochSeconds: 86_400 },
  burn: { spendBpsMax: 100, premiumBpsMax: 0, keepBps: 0 },
  venue: { inventoryWei: WEI_PER_TOKEN, feeBps: 10, priceMicros: 1_000_000n },
  accounts: Array.from({ length: agents }, (_, i) => ({ id: agentId(i), tokenWei: WEI_PER_TOKEN, dollarMicros: 1_000_000n })),
})

const pools3: NonNullable<Genesis["pools3"]> = [
  { id: "pool", feePips: 3_000, tokenWei: 1000n * WEI_PER_TOKEN, dollarMicros: 1_000_000_000n, twapSeconds: 86_400 },
]

/** Run by itself, and not as part of a bundle. */
if (import.meta.main && import.meta.url.endsWith("/chain/bench.ts"))
  NodeRuntime.runMain(Effect.map(bench(), (result) => process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)))
