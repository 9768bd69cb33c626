import { Schema } from "effect"
import { type Ethereum, openEthereum, type Params as EthereumParams, stepEthereum } from "../markets/ethereum.ts"
import { appChain } from "./appChain.ts"
import type { ChainKind, PriceList, Surroundings, Tide } from "./chainKind.ts"
import { l1 } from "./l1.ts"
import { optimisticRollup } from "./optimisticRollup.ts"
import { sideChain } from "./sideChain.ts"
import { zkRollup } from "./zkRollup.ts"

/** Every kind of chain that asks for gas, from the dearest kind of blocks to blocks of one's own. */
export const chains = { l1, optimisticRollup, zkRollup, sideChain, appChain }
export type ChainName = keyof typeof chains

export const chainNames = Object.keys(chains) as ReadonlyArray<ChainName>

const structs = {
  l1: Schema.Struct({ kind: Schema.Literal("l1"), ...l1.fields }),
  optimisticRollup: Schema.Struct({ kind: Schema.Literal("optimisticRollup"), ...optimisticRollup.fields }),
  zkRollup: Schema.Struct({ kind: Schema.Literal("zkRollup"), ...zkRollup.fields }),
  sideChain: Schema.Struct({ kind: Schema.Literal("sideChain"), ...sideChain.fields }),
  appChain: Schema.Struct({ kind: Schema.Literal("appChain"), ...appChain.fields }),
}

/** Which chain the contracts live on. On the free one gas is counted and nobody pays. */
export const Params = Schema.Union([Schema.Struct({ kind: Schema.Literal("free") }), ...Object.values(structs)])
export type Params = typeof Params.Type

const anyChains = chains as unknown as Readonly<Record<ChainName, ChainKind<{}, unknown>>>

/** Parameters of every kind: the scenario's of its own, the defaults of the others, and one Ethereum for all. */
export type AllParams = Readonly<Record<ChainName, object>> & { readonly l1: { readonly ethereum: EthereumParams } }

export const allParams = (chosen: Params): AllParams => {
  const ethereum = "ethereum" in chosen ? { ethereum: chosen.ethereum } : {}
  const paramsOf = (name: ChainName) => {
    if (name === chosen.kind) return chosen
    const struct = structs[name]
    return Schema.decodeUnknownSync(struct as unknown as typeof structs.l1)({
      kind: name,
      ...("ethereum" in struct.fields ? ethereum : {}),
    })
  }
  return Object.fromEntries(chainNames.map((name) => [name, paramsOf(name)])) as unknown as AllParams
}

/** The markets of all chains, so that one run's transactions can be priced on each. */
export interface ChainMarkets {
  readonly ethereum: Ethereum
  readonly states: Readonly<Record<ChainName, unknown>>
}

const each = <A>(of: (name: ChainName) => A): Readonly<Record<ChainName, A>> =>
  Object.fromEntries(chainNames.map((name) => [name, of(name)])) as Record<ChainName, A>

export const openMarkets = (params: AllParams): ChainMarkets => ({
  ethereum: openEthereum(params.l1.ethereum),
  states: each((name) => anyChains[name].open(params[name])),
})

/** The same chains while others would pay so many times as much for a place in their blocks. */
export const underPressure = (params: AllParams, gasFactor: number): AllParams => {
  const pressed = (terms: object): object =>
    Object.fromEntries(
      Object.entries(terms).map(([key, value]) => {
        if (key === "typicalGwei") return [key, (value as number) * gasFactor]
        return [key, typeof value === "object" && value !== null ? pressed(value) : value]
      }),
    )
  return pressed(params) as AllParams
}

export const stepMarkets = (params: AllParams, { ethereum, states }: ChainMarkets, tide: Tide): ChainMarkets => ({
  ethereum: stepEthereum(params.l1.ethereum, ethereum, tide.now, tide.ownGas, tide.rng),
  states: each((name) => anyChains[name].step(params[name], states[name], tide)),
})

export const priceLists = (
  params: AllParams,
  { ethereum, states }: ChainMarkets,
  tokenMicros: Surroundings["tokenMicros"],
): Readonly<Record<ChainName, PriceList>> => each((name) => anyChains[name].prices(params[name], states[name], { ethereum, tokenMicros }))

export const fixedUsdPerDay = (params: AllParams, name: ChainName): number => anyChains[name].fixedUsdPerDay?.(params[name]) ?? 0
