import {
  type Abi,
  type AbiEvent,
  type AbiFunction,
  type ContractEventName,
  type ContractFunctionName,
  type Hex,
  toEventSelector,
  toFunctionSelector,
} from "viem"

/**
 * An encoder for one function: its selector, then the words as given. viem's encoder checks and converts every argument each time;
 * in a block of a hundred calls that would cost more than Anvil takes to run them. A test compares the two.
 */
export const callOf = <const A extends Abi>(abi: A, name: ContractFunctionName<A>): ((...words: ReadonlyArray<string>) => Hex) => {
  const selector = toFunctionSelector(abi.find((item): item is AbiFunction => item.type === "function" && item.name === name)!)
  return (...words) => `${selector}${words.join("")}` as Hex
}

/** First topic of an event's logs. */
export const topicOf = <const A extends Abi>(abi: A, name: ContractEventName<A>): Hex =>
  toEventSelector(abi.find((item): item is AbiEvent => item.type === "event" && item.name === name)!)
