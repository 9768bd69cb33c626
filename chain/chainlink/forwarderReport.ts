import { type Hex, keccak256, stringToBytes } from "viem"
import { addressOf } from "../accounts.ts"
import { keystoneForwarder } from "../artifacts.ts"
import { callOf } from "../encodeCall.ts"
import { addressWord, textWord, word } from "../word.ts"
import { sign } from "./feedKeys.ts"

const report = callOf(keystoneForwarder.abi, "report")

/** The one committee of a forwarder; cache and upkeep take reports of this workflow only. */
export const donId = 1
export const configVersion = 1
export const workflowOwner = addressOf("operator")
export const workflowName: Hex = `0x${textWord("depinlab").slice(0, 20)}`

const bytesOf = (digits: string): number => digits.length / 2
const hex = (value: number, bytes: number): string => value.toString(16).padStart(2 * bytes, "0")
/** Bytes as an argument: their number, then themselves, filled up with zeros to whole words. */
const bytesWords = (digits: string): string => word(bytesOf(digits)) + digits.padEnd(Math.ceil(digits.length / 64) * 64, "0")

/**
 * Calldata of `KeystoneForwarder.report`: 109 bytes of metadata and the payload, signed by each signer as the hash of the report's hash and 96
 * bytes of context. The forwarder takes each execution once, so its id is the payload's hash.
 */
export const forwarderReport = (
  receiver: Hex,
  payload: string,
  { timestampSeconds, signers }: { readonly timestampSeconds: number; readonly signers: ReadonlyArray<string> },
): Hex => {
  const execution = keccak256(`0x${payload}`).slice(2)
  const head = ["01", execution, hex(timestampSeconds, 4), hex(donId, 4), hex(configVersion, 4)]
  const workflow = [textWord("price"), workflowName.slice(2), workflowOwner.slice(2), hex(1, 2)]
  const raw = [...head, ...workflow, payload].join("")
  const context = keccak256(stringToBytes("depinlab/feeds")).slice(2) + word(timestampSeconds) + word(0)
  const hash = keccak256(`0x${keccak256(`0x${raw}`).slice(2)}${context}`)
  const signatures = signers.map((node) => {
    const { r, s, v } = sign(hash, node)
    return bytesWords(r + s + hex(v, 1))
  })
  const heads = signatures.map((_, index) => word(32 * signatures.length + signatures.slice(0, index).join("").length / 2))
  const [rawWords, contextWords] = [bytesWords(raw), bytesWords(context)]
  const afterRaw = 4 * 32 + bytesOf(rawWords)
  return report(
    addressWord(receiver),
    word(4 * 32),
    word(afterRaw),
    word(afterRaw + bytesOf(contextWords)),
    rawWords,
    contextWords,
    word(signatures.length),
    ...heads,
    ...signatures,
  )
}
