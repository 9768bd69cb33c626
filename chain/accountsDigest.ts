import { createHash } from "node:crypto"
import { gunzipSync } from "node:zlib"
import type { Hex } from "viem"

interface DumpedAccount {
  readonly nonce: number
  readonly balance: string
  readonly code: string
  readonly storage: Readonly<Record<string, string>>
}

/** Every Anvil's own deployer by CREATE2, which nobody uses here; one that forks leaves it in the other chain. */
const foreign = "0x4e59b44847b379578588920ca78fbf26c0b4956c"

/** Hash of every account that a dump of Anvil's state holds, by address, with every storage slot that is not zero. */
export const accountsDigest = (dump: Hex): Hex => {
  const text = gunzipSync(Buffer.from(dump.slice(2), "hex")).toString("latin1")
  const { accounts } = JSON.parse(text) as { readonly accounts: Readonly<Record<string, DumpedAccount>> }
  const hash = createHash("sha256")
  for (const [address, { nonce, balance, code, storage }] of Object.entries(accounts).toSorted(byKey)) {
    if (address === foreign) continue
    hash.update(`${address} ${nonce} ${BigInt(balance)} ${code}\n`)
    for (const [slot, value] of Object.entries(storage).toSorted(byKey)) if (BigInt(value) !== 0n) hash.update(`${slot} ${value}\n`)
  }
  return `0x${hash.digest("hex")}`
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)
