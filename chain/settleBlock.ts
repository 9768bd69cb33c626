import type { Hex } from "viem"
import { accountsDigest } from "./accountsDigest.ts"
import type { Meter } from "../sim/fees/meter.ts"
import { LedgerDiverged } from "../sim/ledger.ts"
import { baseFeeWei, blockGasLimit } from "./anvil.ts"
import { meterOf, type RawReceipt } from "./meterOf.ts"
import { revertReason } from "./revertReason.ts"
import type { Rpc } from "./rpc.ts"

export interface Transaction {
  readonly from: Hex
  /** Absent where a contract is made. */
  readonly to?: Hex
  readonly data: Hex
  readonly gas: number
}

export interface Log {
  readonly address: Hex
  readonly topics: ReadonlyArray<string>
  readonly data: string
}

export interface Outcome {
  readonly status: "ok" | "reverted"
  readonly reason: string
  readonly logs: ReadonlyArray<Log>
  /** Where the plan asked for it. */
  readonly meter?: Meter
}

export interface Block {
  readonly gasUsed: bigint
  /** One for each transaction, in order. */
  readonly outcomes: ReadonlyArray<Outcome>
}

/** What one block is to hold. */
export interface BlockPlan {
  /** Called when the block is about to be sent, while Anvil works on the one before. */
  readonly transactions: () => ReadonlyArray<Transaction>
  /** Topics of the logs to read; each transaction that succeeds must make one of them. Absent: all logs. */
  readonly topics?: ReadonlyArray<Hex>
  /** Each transaction's gas and sizes are wanted: receipts are read in place of logs. */
  readonly isMetered?: boolean
  /** The transactions depend on the logs of the block before. */
  readonly followsLogs?: boolean
  readonly onBlock: (block: Block) => void
}

/** The end of the chain, and how to grow it. */
export interface Chain {
  /** Makes one block for each plan, all at the same time, in exactly the given order. */
  readonly settle: (plans: ReadonlyArray<BlockPlan>, timestampSeconds: number) => Promise<void>
  /** Fingerprint of the state and of everything that led to it. */
  readonly digest: () => Promise<string>
}

/** Blocks beyond a hundred transactions cost more for each: Anvil's pool slows down with what it holds. */
const blockTransactionsMax = 100

/** Cuts a list where a block is full: by number, and by gas, of which Anvil reserves the limit and not the use. */
export const cutBlocks = <A extends { readonly gas: number }>(list: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> => {
  const blocks: Array<Array<A>> = []
  let gas = Infinity
  for (const one of list) {
    gas += one.gas
    if (gas > blockGasLimit || blocks.at(-1)!.length === blockTransactionsMax) {
      blocks.push([])
      gas = one.gas
    }
    blocks.at(-1)!.push(one)
  }
  return blocks
}

interface Header {
  readonly number: Hex
  readonly hash: Hex
  readonly parentHash: Hex
  readonly stateRoot: Hex
  readonly timestamp: Hex
  readonly baseFeePerGas: Hex
  readonly gasUsed: Hex
  readonly transactions: ReadonlyArray<Hex>
}

interface RawLog extends Log {
  readonly transactionIndex: Hex
}

/** A transaction that was sent, with its number among its sender's. */
interface Numbered extends Transaction {
  readonly nonce: number
}

interface Sent {
  readonly plan: BlockPlan
  readonly transactions: ReadonlyArray<Numbered>
  readonly number: number
  readonly hashes: ReadonlyArray<Hex>
}

const baseFeePerGas = Number(baseFeeWei)
/** What stands in the blocks of a chain without state roots. */
const noRoot: Hex = `0x${"0".repeat(64)}`

export const openChain = async (rpc: Rpc): Promise<Chain> => {
  const nonces = new Map<Hex, number>()
  const call = async (requests: ReadonlyArray<Request>) => results(await rpc.post(batch(requests)))
  let head = (await call([["eth_getBlockByNumber", '["latest",false]']]))[0] as Header
  let number = Number(head.number)

  const write = (plan: BlockPlan) => {
    const transactions = plan.transactions().map((transaction): Numbered => {
      const nonce = nonces.get(transaction.from) ?? 0
      nonces.set(transaction.from, nonce + 1)
      return { ...transaction, nonce }
    })
    let body = "["
    for (const [index, { from, to, data, gas, nonce }] of transactions.entries()) {
      const target = to === undefined ? "" : `"to":"${to}",`
      // Anvil takes the calls of a batch in order only up to the sixty-third, and the rest backwards (tokio's budget for one task is
      // used up). So the place in the block is written into the price, by which Anvil sorts: one wei less for each next transaction.
      const price = (baseFeePerGas + transactions.length - index).toString(16)
      // prettier-ignore
      body += `${body.length > 1 ? "," : ""}{"jsonrpc":"2.0","id":0,"method":"eth_sendUnsignedTransaction","params":[{"from":"${from}",${target}"data":"${data}","nonce":"0x${nonce.toString(16)}","gas":"0x${gas.toString(16)}","gasPrice":"0x${price}"}]}`
    }
    return { transactions, body: `${body}]` }
  }

  /** Asserts that the block is the one that was ordered, and reads what became of each transaction. */
  const check = async (sent: Sent, timestampSeconds: number, answer: string): Promise<void> => {
    const [found, read] = results(answer) as [Header | null, ReadonlyArray<RawLog> | ReadonlyArray<RawReceipt<RawLog>>]
    const differs = found === null ? "it is missing" : difference(found, sent, head.hash, timestampSeconds)
    if (differs !== undefined) throw new LedgerDiverged({ message: `block ${sent.number} is not the one that was ordered: ${differs}` })
    head = found!
    const logsOf = sent.hashes.map((): Array<Log> => [])
    const receipts = sent.plan.isMetered === true ? (read as ReadonlyArray<RawReceipt<RawLog>>) : []
    const logs = sent.plan.isMetered === true ? receipts.flatMap((receipt) => receipt.logs) : (read as ReadonlyArray<RawLog>)
    const { topics } = sent.plan
    for (const log of logs)
      if (topics === undefined || topics.includes(log.topics[0] as Hex)) logsOf[Number(log.transactionIndex)]!.push(log)
    const silent = sent.hashes.filter((_, index) => logsOf[index]!.length === 0)
    const endings = silent.length === 0 ? [] : await endingsOf(silent)
    let next = 0
    const outcomes = logsOf.map((logs, index): Outcome => {
      const outcome: Outcome = logs.length > 0 ? { status: "ok", reason: "", logs } : endings[next++]!
      const receipt = receipts[index]
      if (receipt === undefined) return outcome
      const transaction = sent.transactions[index]!
      return { ...outcome, meter: meterOf(transaction, transaction.nonce, BigInt(receipt.gasUsed)) }
    })
    sent.plan.onBlock({ gasUsed: BigInt(head.gasUsed), outcomes })
  }

  /**
   * How transactions without a log ended, and why. Anvil keeps each one's trace as it was executed, at its place in the block; a
   * replay by `eth_call` on the block before would run against another state.
   */
  const endingsOf = async (hashes: ReadonlyArray<Hex>): Promise<ReadonlyArray<Outcome>> => {
    const traces = await call(hashes.map((hash) => ["debug_traceTransaction", `["${hash}"]`]))
    return (traces as ReadonlyArray<{ readonly failed: boolean; readonly returnValue: Hex }>).map(({ failed, returnValue }) =>
      failed ? { status: "reverted", reason: revertReason(returnValue), logs: [] } : { status: "ok", reason: "", logs: [] },
    )
  }

  const settle = async (plans: ReadonlyArray<BlockPlan>, timestampSeconds: number): Promise<void> => {
    const mineBody = batch([
      ["evm_setNextBlockTimestamp", `["0x${timestampSeconds.toString(16)}"]`],
      ["anvil_setNextBlockBaseFeePerGas", `["0x${baseFeeWei.toString(16)}"]`],
      ["evm_mine", "[]"],
    ])
    let unchecked = async () => {}
    let written = plans[0] && write(plans[0])
    for (const [index, plan] of plans.entries()) {
      const next = plans[index + 1]
      // A batch of nothing would be an error.
      const { body, transactions } = written!
      const sending = body === "[]" ? body : rpc.post(body)
      // Anvil works on a request while this process does its own part: the block before is read here, the next one encoded below.
      await unchecked()
      const taken = await sending
      const mining = rpc.post(mineBody)
      const hashes = results(taken) as ReadonlyArray<Hex>
      written = next && next.followsLogs !== true ? write(next) : undefined
      results(await mining)
      const sent = { plan, transactions, number: ++number, hashes }
      const answer = await rpc.post(batch(readRequests(sent)))
      unchecked = () => check(sent, timestampSeconds, answer)
      if (next?.followsLogs === true) {
        await unchecked()
        unchecked = async () => {}
        written = write(next)
      }
    }
    await unchecked()
  }

  return {
    settle,
    digest: async () =>
      `${head.stateRoot === noRoot ? accountsDigest((await call([["anvil_dumpState", "[]"]]))[0] as Hex) : head.stateRoot} ${head.hash}`,
  }
}

type Request = readonly [method: string, paramsJson: string]

export const batch = (requests: ReadonlyArray<Request>): string =>
  `[${requests.map(([method, params]) => `{"jsonrpc":"2.0","id":0,"method":"${method}","params":${params}}`).join(",")}]`

/** The results of a batch, in the order of its requests. */
export const results = (answer: string): ReadonlyArray<unknown> => {
  const parsed: unknown = JSON.parse(answer)
  if (!Array.isArray(parsed)) throw new LedgerDiverged({ message: `Anvil refused a batch: ${answer.slice(0, 200)}` })
  for (const { error } of parsed) if (error !== undefined) throw new LedgerDiverged({ message: `Anvil refused a call: ${error.message}` })
  return parsed.map(({ result }) => result)
}

const readRequests = ({ plan, number }: Sent): ReadonlyArray<Request> => {
  const block = `"0x${number.toString(16)}"`
  const topics = plan.topics === undefined ? "" : `,"topics":[${JSON.stringify(plan.topics)}]`
  return [
    ["eth_getBlockByNumber", `[${block},false]`],
    plan.isMetered === true
      ? ["eth_getBlockReceipts", `[${block}]`]
      : ["eth_getLogs", `[{"fromBlock":${block},"toBlock":${block}${topics}}]`],
  ]
}

const difference = (found: Header, sent: Sent, parentHash: Hex, timestampSeconds: number): string | undefined => {
  if (Number(found.number) !== sent.number) return `its number is ${Number(found.number)}`
  if (found.parentHash !== parentHash) return `its parent is ${found.parentHash} and not ${parentHash}`
  if (Number(found.timestamp) !== timestampSeconds) return `its time is ${Number(found.timestamp)} and not ${timestampSeconds}`
  if (BigInt(found.baseFeePerGas) !== baseFeeWei) return `its base fee is ${BigInt(found.baseFeePerGas)} and not ${baseFeeWei}`
  if (found.transactions.length !== sent.hashes.length)
    return `it holds ${found.transactions.length} transactions and not ${sent.hashes.length}`
  const place = sent.hashes.findIndex((hash, index) => found.transactions[index] !== hash)
  return place < 0 ? undefined : `its transaction ${place} is ${found.transactions[place]} and not ${sent.hashes[place]}`
}
