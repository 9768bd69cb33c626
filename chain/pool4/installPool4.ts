import { bytesToHex, encodeDeployData, type Hex, hexToBytes, keccak256 } from "viem"
import type { Genesis } from "../../sim/ledger.ts"
import { widestTicks } from "../../sim/protocols/pool3/tick.ts"
import { addressOf } from "../accounts.ts"
import { networkToken, pool4Desk, pool4Lens, volatilityFee } from "../artifacts.ts"
import { callOf } from "../encodeCall.ts"
import type { Site } from "../extension.ts"
import { inOrder } from "../pool3/coins.ts"
import type { Standing } from "../pool3/readPools3.ts"
import type { Transaction } from "../settleBlock.ts"
import { addressWord, signedWord, unlimited, word } from "../word.ts"
import { poolManagerAbi, poolManagerBytecode } from "./artifacts.ts"

type Terms = NonNullable<Genesis["pools3"]>[number]
export type HookedTerms = Terms & { readonly hook: NonNullable<Terms["hook"]> }

export const isHooked = (terms: Terms): terms is HookedTerms => terms.hook !== undefined

const open = callOf(pool4Desk.abi, "open")
const mint = callOf(pool4Desk.abi, "mint")
const approve = callOf(networkToken.abi, "approve")

/** The factory of contracts at chosen addresses, which every Anvil has (github.com/Arachnid/deterministic-deployment-proxy). */
const creator: Hex = "0x4e59b44847b379578588920ca78fbf26c0b4956c"

/** Of a hook's address v4 reads the last 14 bits; this one says that it is called before each swap (v4-core Hooks.BEFORE_SWAP_FLAG). */
const hookBits = 0x3fff
const beforeSwap = 1 << 7

/** Positions of the v4 pools are numbered far beyond those of v3, a range of numbers for each pool. */
export const firstPositionId = (index: number): bigint => BigInt(index + 1) << 64n

/** One Uniswap v4 pool with its own manager, so that a manager's balance is the pool's; the treasury has a full-range position. */
export const installPool4 = async (
  site: Site,
  terms: HookedTerms,
  index: number,
  sqrtPriceX96: bigint,
  tickSpacing: number,
): Promise<Standing> => {
  const { token, dollar } = site.contracts
  const { feePips, hook, tokenWei, dollarMicros } = terms
  const [coin0, coin1] = inOrder(site.tokenFirst, token, dollar)
  const operator = addressOf("operator")
  const [manager] = (await site.deploy([encodeDeployData({ abi: poolManagerAbi, bytecode: poolManagerBytecode(), args: [operator] })])) as [
    Hex,
  ]
  const creation = encodeDeployData({
    ...volatilityFee,
    args: [manager, feePips, hook.feePipsMax, BigInt(hook.milliPipsPerTick), BigInt(hook.keepPpm)],
  })
  const { salt, address: hookAddress } = hookPlace(creation)
  const transaction = (id: string, to: Hex, data: Hex, gas = 200_000): Transaction => ({ from: addressOf(id), to, data, gas })
  await site.send([transaction("operator", creator, `${salt}${creation.slice(2)}`, 3_000_000)])
  const deskArgs = [manager, coin0, coin1, tickSpacing, hookAddress, firstPositionId(index)] as const
  const [desk] = (await site.deploy([encodeDeployData({ ...pool4Desk, args: deskArgs })])) as [Hex]
  const [lens] = (await site.deploy([encodeDeployData({ ...pool4Lens, args: [desk] })])) as [Hex]
  const { tickLower, tickUpper } = widestTicks(tickSpacing)
  await site.send([
    transaction("operator", desk, open(word(sqrtPriceX96))),
    ...[...new Set([...site.agents, "treasury"])].flatMap((id) =>
      [token, dollar].map((coin) => transaction(id, coin, approve(addressWord(desk), unlimited))),
    ),
    transaction(
      "treasury",
      desk,
      mint(signedWord(tickLower), signedWord(tickUpper), ...inOrder(site.tokenFirst, word(tokenWei), word(dollarMicros))),
      1_000_000,
    ),
  ])
  return {
    address: manager,
    feePips,
    tickSpacing,
    twapSeconds: terms.twapSeconds,
    v4: { desk, lens, firstPositionId: firstPositionId(index) },
  }
}

/** The first salt that puts the contract at an address with the hook's bits. */
const hookPlace = (bytecode: Hex): { readonly salt: Hex; readonly address: Hex } => {
  // EIP-1014: the address is the end of the hash of 0xff, the creator, the salt and the code's hash. Some sixteen thousand are tried.
  const place = new Uint8Array([0xff, ...hexToBytes(creator), ...new Uint8Array(32), ...keccak256(bytecode, "bytes")])
  const salt = place.subarray(21, 53)
  const number = new DataView(salt.buffer, 21 + 28)
  for (let n = 0; ; n++) {
    number.setUint32(0, n)
    const hash = keccak256(place, "bytes")
    if ((((hash[30]! << 8) | hash[31]!) & hookBits) === beforeSwap)
      return { salt: bytesToHex(salt), address: bytesToHex(hash.subarray(12)) }
  }
}
