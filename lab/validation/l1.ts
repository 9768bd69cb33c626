import { Effect } from "effect"
import { anvil } from "../../chain/anvil.ts"
import { rpc } from "../../chain/rpc.ts"
import { batch, results } from "../../chain/settleBlock.ts"
import { type GasUse, nextBaseFee } from "../../sim/protocols/baseFee.ts"
import { CaseInvalid, integer, referenceCase } from "./referenceCase.ts"

/** What the plainest transaction uses. */
const GAS_MIN = 21_000n

/** The base fee after a block, by the project's formula and by Anvil, which is made to mine that block. */
export const l1 = referenceCase({
  id: "L1",
  title: "EIP-1559: the base fee of the next block",
  source: "ethereum/go-ethereum, consensus/misc/eip1559/eip1559_test.go",
  parameters: {
    baseFeeWei: integer("wei a gas unit", "base fee of the block", 1_000_000_000n, { min: 1n, max: 10n ** 15n }),
    gasLimit: integer("gas", "the most that the block may use", 20_000_000n, { min: 2n * GAS_MIN, max: 10n ** 9n }),
    gasUsed: integer("gas", "what it used: 0, or at least 21000", 10_000_000n, { max: 10n ** 9n }),
  },
  quantities: {
    formula: { unit: "wei a gas unit", precision: 0 },
    node: { unit: "wei a gas unit", precision: 0 },
  },
  published: (
    [
      [10n, 1_000_000_000n],
      [9n, 987_500_000n],
      [11n, 1_012_500_000n],
      [20n, 1_125_000_000n],
      [0n, 875_000_000n],
    ] as const
  ).map(([millions, fee]) => ({ at: { gasUsed: millions * 1_000_000n }, expected: { formula: fee, node: fee } })),
  expected: (values) => ({ formula: specified(values), node: specified(values) }),
  measured: (values) =>
    Effect.gen(function* () {
      const { gasUsed, gasLimit } = values
      if (gasUsed > gasLimit) return yield* new CaseInvalid({ message: `L1: gasUsed=${gasUsed} is more than gasLimit=${gasLimit}` })
      if (gasUsed > 0n && gasUsed < GAS_MIN)
        return yield* new CaseInvalid({ message: `L1: no block uses ${gasUsed} gas; a transaction uses at least ${GAS_MIN}` })
      return { formula: nextBaseFee(values), node: yield* baseFeeByNode(values) }
    }),
})

/** The EIP's own words, with the sign of the gap taken apart from its size. */
const specified = ({ baseFeeWei, gasUsed, gasLimit }: GasUse): bigint => {
  const target = gasLimit / 2n
  const gap = gasUsed > target ? gasUsed - target : target - gasUsed
  const delta = (baseFeeWei * gap) / target / 8n
  if (gasUsed > target) return baseFeeWei + (delta === 0n ? 1n : delta)
  return baseFeeWei - delta
}

const sender = `0x${"11".repeat(20)}`
const sink = `0x${"22".repeat(20)}`
const hex = (value: bigint) => `"0x${value.toString(16)}"`

/** Anvil mines a block with that base fee and use of gas, then an empty one whose base fee it sets itself. */
const baseFeeByNode = ({ baseFeeWei, gasUsed, gasLimit }: GasUse) =>
  Effect.scoped(
    Effect.gen(function* () {
      const { port } = yield* anvil(0)
      const client = yield* rpc(port)
      const call = (...requests: Parameters<typeof batch>[0]) =>
        Effect.map(
          Effect.promise(() => client.post(batch(requests))),
          results,
        )
      // A contract whose first instruction is invalid uses all the gas that it is given.
      yield* call(
        ["evm_setBlockGasLimit", `[${hex(gasLimit)}]`],
        ["anvil_setBalance", `["${sender}",${hex(2n ** 128n)}]`],
        ["anvil_setCode", `["${sink}","0xfe"]`],
        ["anvil_setNextBlockBaseFeePerGas", `[${hex(baseFeeWei)}]`],
      )
      const spend = `[{"from":"${sender}","to":"${sink}","nonce":"0x0","gas":${hex(gasUsed)},"gasPrice":${hex(baseFeeWei)}}]`
      if (gasUsed > 0n) yield* call(["eth_sendUnsignedTransaction", spend])
      yield* call(["evm_mine", "[]"])
      yield* call(["evm_mine", "[]"])
      const [full, next] = (yield* call(
        ["eth_getBlockByNumber", '["0x1",false]'],
        ["eth_getBlockByNumber", '["0x2",false]'],
      )) as ReadonlyArray<{
        readonly gasUsed: string
        readonly baseFeePerGas: string
      }>
      if (BigInt(full!.gasUsed) !== gasUsed)
        return yield* new CaseInvalid({ message: `L1: Anvil's block used ${BigInt(full!.gasUsed)} gas and not ${gasUsed}` })
      return BigInt(next!.baseFeePerGas)
    }),
  )
