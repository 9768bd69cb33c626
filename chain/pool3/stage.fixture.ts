import { Effect } from "effect"
import { type Hex } from "viem"
import type { Action, Genesis, LedgerError, LedgerView, Receipt, Settlement } from "../../sim/ledger.ts"
import type { Side } from "../../sim/protocols/pool.ts"
import { MICROS_PER_USD, SECONDS_PER_DAY, WEI_PER_TOKEN } from "../../sim/units.ts"
import { worldGenesis } from "../../sim/testing/worldGenesis.ts"
import type { World } from "../adapter.ts"
import { anvil } from "../anvil.ts"
import { attempt, openLedger } from "../chainLedger.ts"
import { genesisSeconds } from "../genesis.ts"
import { rpc } from "../rpc.ts"
import { batch, results } from "../settleBlock.ts"
import type { Pools3 } from "./installPool3.ts"

export const tokens = (count: number): bigint => (BigInt(Math.round(count * 1e6)) * WEI_PER_TOKEN) / 1_000_000n
export const usd = (count: number): bigint => (BigInt(Math.round(count * 1e6)) * MICROS_PER_USD) / 1_000_000n

/** The small world with a pool of 0.05 % and one of 1 %; everybody is rich enough to move them. */
export const pools3Genesis: Genesis = {
  ...worldGenesis,
  supplyWei: tokens(100_000_000),
  pools3: [
    { id: "low", feePips: 500, tokenWei: tokens(100_000), dollarMicros: usd(50_000), twapSeconds: SECONDS_PER_DAY },
    { id: "high", feePips: 10_000, tokenWei: tokens(20_000), dollarMicros: usd(10_000), twapSeconds: SECONDS_PER_DAY },
  ],
  accounts: worldGenesis.accounts.map(({ id }) => ({ id, tokenWei: tokens(1_000_000), dollarMicros: usd(1_000_000) })),
}

export interface Stage {
  readonly pools3: Pools3
  readonly world: World
  readonly tokenFirst: boolean
  readonly view: () => Promise<LedgerView>
  /** One order in a tick of its own, a quarter of a day after the last. */
  readonly act: (agent: string, action: Action) => Promise<Receipt>
  /** Several orders in one tick. */
  readonly actAll: (orders: ReadonlyArray<readonly [string, Action]>) => Promise<Settlement>
  /** What a call from an agent would return, which changes nothing; of a contract that is not there if its creation code is given. */
  readonly call: (agent: string, to: Hex, data: Hex, creation?: Hex) => Promise<Hex>
  readonly seconds: () => number
}

/** A chain of its own for as long as the work lasts. */
export const onStage = <A>(genesis: Genesis, work: (stage: Stage) => Promise<A>): Effect.Effect<A, LedgerError> =>
  Effect.scoped(
    Effect.gen(function* () {
      const { port } = yield* anvil(genesisSeconds(genesis))
      const client = yield* rpc(port)
      const { observe, settle, world } = yield* attempt(() => openLedger(client, genesis))
      let seconds = genesis.startSeconds
      const actAll: Stage["actAll"] = (orders) => {
        seconds += SECONDS_PER_DAY / 4
        return settle(
          orders.map(([agent, action]) => ({ agent, action, tipWei: 0n })),
          seconds,
        )
      }
      return yield* Effect.promise(() =>
        work({
          pools3: world.extensions.pool3!,
          world,
          tokenFirst: world.tokenFirst,
          view: observe,
          actAll,
          act: async (agent, action) => (await actAll([[agent, action]])).receipts[0]!,
          call: async (agent, to, data, creation) => {
            const ask = async (params: string) => results(await client.post(batch([["eth_call", `[${params}]`]])))[0] as Hex
            const code = creation === undefined ? undefined : await ask(`{"data":"${creation}"},"latest"`)
            const request = `{"from":"${world.accounts.address(agent)}","to":"${to}","data":"${data}"},"latest"`
            return ask(code === undefined ? request : `${request},{"${to}":{"code":"${code}"}}`)
          },
          seconds: () => seconds,
        }),
      )
    }),
  )

export const swap = (pool: string, sell: Side, amountIn: bigint, limitSqrtPriceX96 = 0n, amountOutMin = 0n): Action => ({
  kind: "pool3.swap",
  pool,
  sell,
  amountIn,
  amountOutMin,
  limitSqrtPriceX96,
})

/** So many times a hundred tokens and fifty dollars. */
export const mint = (pool: string, [tickLower, tickUpper]: readonly [number, number], share = 1): Action => ({
  kind: "pool3.mint",
  pool,
  tickLower,
  tickUpper,
  tokenWei: tokens(100 * share),
  dollarMicros: usd(50 * share),
})

/** Ticks around the opening price of half a dollar, which is tick -283256 where the token comes first. */
export const around = (width: number, tokenFirst: boolean): readonly [number, number] => {
  const [low, high] = [-283_200 - width, -283_200 + width]
  return tokenFirst ? [low, high] : [-high, -low]
}
