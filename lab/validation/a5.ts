import { Effect } from "effect"
import { factsOf } from "../../sim/facts.ts"
import { type Action, type Genesis, Ledger, type Receipt } from "../../sim/ledger.ts"
import { impermanentLoss } from "../../sim/protocols/impermanentLoss.ts"
import { widestTicks } from "../../sim/protocols/pool3/tick.ts"
import { pairWorld } from "./pairWorld.ts"
import { CaseInvalid, real, referenceCase } from "./referenceCase.ts"

/** Impermanent loss by the project's formula, and by a real Uniswap v3 position that is opened, traded against and closed. */
export const a5 = referenceCase({
  id: "A5",
  title: "Impermanent loss: constant product, and a concentrated range",
  source: "closed form; Uniswap v3 white paper, section 6",
  parameters: {
    priceRatio: real("ratio", "price at the end over the price at the start", 1.5, { min: 0.01, max: 100 }),
    low: real("ratio", "lower end of the range over the opening price; 0 for a constant product", 0, { max: 0.999 }),
    high: real("ratio", "upper end of the range; not used when low is 0", 2, { min: 1.001, max: 1000 }),
  },
  quantities: {
    formula: { unit: "share", precision: 1e-6 },
    position: { unit: "share", precision: 1e-6 },
  },
  published: [
    { at: { priceRatio: 1.5 }, expected: { formula: -0.020204103 } },
    { at: { priceRatio: 4 }, expected: { formula: -0.2 } },
    { at: { priceRatio: 1.5, low: 0.5, high: 2 }, expected: { formula: -0.068981122 } },
  ],
  expected: ({ priceRatio, low, high }) => {
    const ticks = low === 0 ? undefined : ticksOf(low, high)
    return {
      formula: low === 0 ? product(priceRatio) : concentrated(priceRatio, low, high),
      // A position begins and ends at ticks, which hit a given price only nearly.
      position: ticks === undefined ? product(priceRatio) : concentrated(priceRatio, 1.0001 ** ticks[0], 1.0001 ** ticks[1]),
    }
  },
  measured: ({ priceRatio, low, high }, { ledger }) =>
    Effect.gen(function* () {
      const { settle } = yield* Ledger
      const range = low === 0 ? widestTicks(1) : { tickLower: ticksOf(low, high)[0], tickUpper: ticksOf(low, high)[1] }
      const act = (seconds: number, ...orders: ReadonlyArray<readonly [string, Action]>) =>
        Effect.map(
          settle(
            orders.map(([agent, action]) => ({ agent, action, tipWei: 0n })),
            world.startSeconds + seconds,
          ),
          ({ receipts }) => receipts,
        )
      const minted = yield* act(3600, ["holder", { kind: "pool3.mint", pool: "range", ...range, tokenWei: stake, dollarMicros: stake }])
      const deposited = yield* only(factsOf(minted, "pool3.increased"), minted)
      const { positionId, liquidity } = deposited
      const trades = priceRatio === 1 ? [] : Array.from({ length: steps }, (_, step) => swapTo(priceRatio ** ((step + 1) / steps)))
      const closed = yield* act(7200, ...trades.map((action) => ["trader", action] as const), [
        "holder",
        { kind: "pool3.decrease", pool: "range", positionId, liquidity },
      ])
      const withdrawn = yield* only(closed.every(({ status }) => status === "ok") ? factsOf(closed, "pool3.decreased") : [], closed)
      return {
        formula: impermanentLoss(priceRatio, low === 0 ? undefined : { low, high }),
        // What the liquidity came to; the fees that it earned are another matter.
        position: valueAt(priceRatio, withdrawn) / valueAt(priceRatio, deposited) - 1,
      }
    }).pipe(Effect.provide(ledger(world))),
})

/** A trade to the lowest or highest ratio in one go would cross more words of ticks than its gas allows. */
const steps = 4

/** Moves the price, and stops there. */
const swapTo = (ratio: number): Action => ({
  kind: "pool3.swap",
  pool: "range",
  sell: ratio < 1 ? "token" : "dollar",
  amountIn: riches,
  amountOutMin: 0n,
  limitSqrtPriceX96: BigInt(Math.round(Math.sqrt(ratio) * 2 ** 50)) * 2n ** 46n,
})

/** Offered for the position: its roundings are nothing beside it, and a narrow range of it is not too much for one tick. */
const stake = 10n ** 24n
/** Enough for any trade against it. */
const riches = 10n ** 30n

/** A unit of the token for a unit of the dollar; the treasury's own position is small beside the holder's. */
const world: Genesis = {
  ...pairWorld(10n ** 18n, 10n ** 18n, [
    ["holder", stake, stake],
    ["trader", riches, riches],
  ]),
  supplyWei: 2n * riches,
  pools3: [{ id: "range", feePips: 100, tokenWei: 10n ** 18n, dollarMicros: 10n ** 18n, twapSeconds: 3600 }],
}

const only = <A>([fact]: ReadonlyArray<A>, receipts: ReadonlyArray<Receipt>): Effect.Effect<A, CaseInvalid> =>
  fact === undefined
    ? Effect.fail(new CaseInvalid({ message: `the pool refused: ${receipts.map(({ reason }) => reason).join(", ")}` }))
    : Effect.succeed(fact)

/** In dollars, of which a smallest unit was worth a smallest unit of the token. */
const valueAt = (ratio: number, { tokenWei, dollarMicros }: { readonly tokenWei: bigint; readonly dollarMicros: bigint }): number =>
  Number(tokenWei) * ratio + Number(dollarMicros)

const ticksOf = (low: number, high: number): readonly [number, number] => [tickOf(low), tickOf(high)]
const tickOf = (ratio: number): number => Math.round(Math.log(ratio) / Math.log(1.0001))

/** The textbook form for x y = k. */
const product = (ratio: number): number => (2 * Math.sqrt(ratio)) / (1 + ratio) - 1

/** Value within, above and below the range, each written out. */
const concentrated = (ratio: number, low: number, high: number): number => {
  const held = ratio * (1 - 1 / Math.sqrt(high)) + (1 - Math.sqrt(low))
  if (ratio >= high) return (Math.sqrt(high) - Math.sqrt(low)) / held - 1
  if (ratio <= low) return (ratio * (1 / Math.sqrt(low) - 1 / Math.sqrt(high))) / held - 1
  return (2 * Math.sqrt(ratio) - ratio / Math.sqrt(high) - Math.sqrt(low)) / held - 1
}
