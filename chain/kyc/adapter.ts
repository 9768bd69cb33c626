import type { Hex } from "viem"
import type { Action } from "../../sim/protocols/kyc.ts"
import type { Adapters, DecodeFact, World } from "../adapter.ts"
import { tokenGate } from "../artifacts.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { pairAbi, routerAbi } from "../pool/artifacts.ts"
import { addressWord, bigintAt, numberAt, word } from "../word.ts"
import { identityAbi, identityFactoryAbi, identityRegistryAbi, permissionedTokenAbi } from "./artifacts.ts"
import type { Identity } from "./identities.ts"
import { addClaim, createIdentity, type Kyc } from "./installKyc.ts"

const { abi } = tokenGate
const request = callOf(abi, "requestVerification")
const wrap = callOf(abi, "wrap")
const unwrap = callOf(abi, "unwrap")
const swap = callOf(routerAbi, "swapExactTokensForTokens")
const transfer = callOf(permissionedTokenAbi, "transfer")
const setAddressFrozen = callOf(permissionedTokenAbi, "setAddressFrozen")
const unpause = callOf(permissionedTokenAbi, "unpause")()
const registerIdentity = callOf(identityRegistryAbi, "registerIdentity")
const deleteIdentity = callOf(identityRegistryAbi, "deleteIdentity")

/** Where a dynamic array begins in the calldata of a function with five parameters. */
const afterFiveWords = word(5 * 32)

const kycOf = ({ extensions }: World): Kyc => {
  if (extensions.kyc === undefined) throw new RangeError("the scenario has no gated venue")
  return extensions.kyc
}

const identityIn = (world: World, account: string): Identity => {
  const identity = kycOf(world).identities.get(account)
  if (identity === undefined) throw new RangeError(`${account} may not be verified`)
  return identity
}

const toGate = (_: Action, world: World): Hex => kycOf(world).gate
const toToken = (_: Action, world: World): Hex => kycOf(world).permissioned
const toRegistry = (_: Action, world: World): Hex => kycOf(world).registry

const movedFact =
  (kind: "kyc.wrapped" | "kyc.unwrapped"): DecodeFact =>
  ({ topics, data }, { accounts }) => ({ kind, agent: accounts.idOf(topics[1]!), amountWei: bigintAt(data, 0) })

export const adapters: Adapters<Action> = {
  "kyc.request": {
    to: toGate,
    gas: 120_000,
    encode: ({ country }) => request(word(country)),
    facts: {
      [topicOf(abi, "Applied")]: ({ topics, data }, { accounts }) => ({
        kind: "kyc.requested",
        agent: accounts.idOf(topics[1]!),
        country: numberAt(data, 0),
      }),
    },
  },
  "kyc.wrap": {
    to: toGate,
    gas: 400_000,
    encode: ({ amountWei }) => wrap(word(amountWei)),
    facts: { [topicOf(abi, "Wrapped")]: movedFact("kyc.wrapped") },
  },
  "kyc.unwrap": {
    to: toGate,
    gas: 500_000,
    encode: ({ amountWei }) => unwrap(word(amountWei)),
    facts: { [topicOf(abi, "Unwrapped")]: movedFact("kyc.unwrapped") },
  },
  "kyc.transfer": {
    to: toToken,
    gas: 400_000,
    encode: ({ to, amountWei }, { accounts }) => transfer(accounts.word(to), word(amountWei)),
    facts: {
      [topicOf(permissionedTokenAbi, "Transfer")]: ({ topics, data }, { accounts }, agent) => ({
        kind: "kyc.transferred",
        agent,
        to: accounts.idOf(topics[2]!),
        amountWei: bigintAt(data, 0),
      }),
    },
  },
  "kyc.swap": {
    to: "router",
    gas: 500_000,
    encode: ({ sell, amountIn, amountOutMin }, world, { agent, timestampSeconds }) => {
      const { permissioned } = kycOf(world)
      const { dollar } = world.contracts
      const [from, to] = sell === "token" ? [permissioned, dollar] : [dollar, permissioned]
      const path = [word(2), addressWord(from), addressWord(to)]
      return swap(word(amountIn), word(amountOutMin), afterFiveWords, world.accounts.word(agent), word(timestampSeconds), ...path)
    },
    facts: {
      [topicOf(pairAbi, "Swap")]: ({ data }, world, agent, { sell }) => {
        const { tokenFirst } = kycOf(world)
        const side = (at: number, coin: "token" | "dollar") => bigintAt(data, at + ((coin === "token") === tokenFirst ? 0 : 1))
        const buy = sell === "token" ? "dollar" : "token"
        return { kind: "kyc.swapped", agent, sell, amountIn: side(0, sell), amountOut: side(2, buy) }
      },
    },
  },
  "kyc.createIdentity": {
    to: (_, world) => kycOf(world).identityFactory,
    gas: 900_000,
    encode: ({ account }, world) => createIdentity(account, world.accounts.address(account), kycOf(world).officer),
    facts: {
      [topicOf(identityFactoryAbi, "WalletLinked")]: (_log, _world, _agent, { account }) => ({ kind: "kyc.identityCreated", account }),
    },
  },
  "kyc.addClaim": {
    to: ({ account }, world) => identityIn(world, account).address,
    gas: 600_000,
    encode: ({ account }, world) => addClaim(identityIn(world, account), kycOf(world).claimIssuer),
    facts: {
      [topicOf(identityAbi, "ClaimAdded")]: (_log, _world, _agent, { account }) => ({ kind: "kyc.claimAdded", account }),
    },
  },
  "kyc.register": {
    to: toRegistry,
    gas: 200_000,
    encode: ({ account, country }, world) =>
      registerIdentity(world.accounts.word(account), addressWord(identityIn(world, account).address), word(country)),
    facts: {
      [topicOf(identityRegistryAbi, "IdentityRegistered")]: ({ topics }, { accounts }) => ({
        kind: "kyc.registered",
        account: accounts.idOf(topics[1]!),
      }),
    },
  },
  "kyc.remove": {
    to: toRegistry,
    gas: 150_000,
    encode: ({ account }, { accounts }) => deleteIdentity(accounts.word(account)),
    facts: {
      [topicOf(identityRegistryAbi, "IdentityRemoved")]: ({ topics }, { accounts }) => ({
        kind: "kyc.removed",
        account: accounts.idOf(topics[1]!),
      }),
    },
  },
  "kyc.freeze": {
    to: toToken,
    gas: 120_000,
    encode: ({ account, isFrozen }, { accounts }) => setAddressFrozen(accounts.word(account), word(isFrozen ? 1 : 0)),
    facts: {
      [topicOf(permissionedTokenAbi, "AddressFrozen")]: ({ topics }, { accounts }) => ({
        kind: "kyc.frozen",
        account: accounts.idOf(topics[1]!),
        isFrozen: topics[2]!.endsWith("1"),
      }),
    },
  },
  "kyc.unpause": {
    to: toToken,
    gas: 100_000,
    encode: () => unpause,
    facts: { [topicOf(permissionedTokenAbi, "Unpaused")]: () => ({ kind: "kyc.unpaused" }) },
  },
}
