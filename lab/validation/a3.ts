import { Effect, Schema } from "effect"
import { openPools } from "../../chain/pool3/openPools.ts"
import { readDataFileAs, type ScenarioInvalid } from "../dataFile.ts"
import { packageFile } from "../packageRoot.ts"
import { type CaseError, type Finding, finding, type ReferenceCase } from "./referenceCase.ts"

const Integer = Schema.String.check(Schema.isPattern(/^-?\d+$/))

const Swapped = Schema.Struct({
  amount0Before: Integer,
  amount0Delta: Integer,
  amount1Before: Integer,
  amount1Delta: Integer,
  executionPrice: Schema.String,
  feeGrowthGlobal0X128Delta: Integer,
  feeGrowthGlobal1X128Delta: Integer,
  poolPriceBefore: Schema.String,
  poolPriceAfter: Schema.String,
  tickBefore: Schema.Int,
  tickAfter: Schema.Int,
})

const Refused = Schema.Struct({
  poolBalance0: Integer,
  poolBalance1: Integer,
  poolPriceBefore: Schema.String,
  /** The snapshot quotes the test runner, which puts words before the contract's reason. */
  swapError: Schema.String,
  tickBefore: Schema.Int,
})

const Vectors = Schema.Struct({
  source: Schema.String,
  note: Schema.optionalKey(Schema.String),
  vectors: Schema.Array(
    Schema.Struct({
      pool: Schema.String,
      fee: Schema.Int,
      tickSpacing: Schema.Int,
      sqrtPriceX96: Integer,
      positions: Schema.Array(Schema.Tuple([Schema.Int, Schema.Int, Integer])),
      swap: Schema.String,
      zeroForOne: Schema.Boolean,
      amountSpecified: Integer,
      sqrtPriceLimitX96: Schema.optionalKey(Schema.NullOr(Integer)),
      sqrtPriceAfterX96: Schema.optionalKey(Schema.NullOr(Integer)),
      expected: Schema.Union([Swapped, Refused]),
    }),
  ),
})
type Vector = (typeof Vectors.Type)["vectors"][number]

/** Swaps on real Uniswap v3 pools, one fresh pool a vector. */
export const a3: ReferenceCase = {
  id: "A3",
  title: "Uniswap v3 pool: outcome of swaps",
  source: "Uniswap/v3-core, test/UniswapV3Pool.swaps.spec.ts and its snapshot",
  parameters: {},
  readsVectors: true,
  run: (_settings, { vectors = packageFile("lab", "validation", "data", "uniswap-v3-swaps.json") }) =>
    Effect.scoped(
      Effect.gen(function* () {
        const file = yield* Effect.try({ try: () => readDataFileAs(Vectors, vectors).value, catch: (error) => error as ScenarioInvalid })
        const open = yield* openPools
        return (yield* Effect.forEach(file.vectors, (vector) => measure(open, vector))).flat()
      }),
    ),
}

const measure = (open: Effect.Success<typeof openPools>, vector: Vector): Effect.Effect<ReadonlyArray<Finding>, CaseError> =>
  Effect.gen(function* () {
    const pool = yield* open({
      fee: vector.fee,
      tickSpacing: vector.tickSpacing,
      sqrtPriceX96: BigInt(vector.sqrtPriceX96),
      positions: vector.positions.map(([tickLower, tickUpper, liquidity]) => ({ tickLower, tickUpper, liquidity: BigInt(liquidity) })),
    })
    const limit = vector.sqrtPriceLimitX96
    const swapped = yield* pool.swap({
      zeroForOne: vector.zeroForOne,
      amountSpecified: BigInt(vector.amountSpecified),
      ...(limit === undefined || limit === null ? {} : { sqrtPriceLimitX96: BigInt(limit) }),
    })
    const point = `${vector.pool}: ${vector.swap}`
    const compare = (quantity: string, unit: string, expected: bigint | string, measured: bigint | string) =>
      finding({ id: "A3", point, quantity, unit, precision: 0 }, expected, measured)
    const { expected, sqrtPriceAfterX96 } = vector
    if ("swapError" in expected || typeof swapped === "string") {
      const reason = "swapError" in expected ? expected.swapError.replace(/^.*\brevert /, "") : "a swap"
      return [compare("outcome", "reason", reason, typeof swapped === "string" ? swapped : "a swap")]
    }
    return [
      compare("amount0", "units of token 0", BigInt(expected.amount0Delta), swapped.amount0),
      compare("amount1", "units of token 1", BigInt(expected.amount1Delta), swapped.amount1),
      compare("tick", "tick", BigInt(expected.tickAfter), BigInt(swapped.tick)),
      compare("feeGrowth0", "2^-128 units a unit of liquidity", BigInt(expected.feeGrowthGlobal0X128Delta), swapped.feeGrowthGlobal0X128),
      compare("feeGrowth1", "2^-128 units a unit of liquidity", BigInt(expected.feeGrowthGlobal1X128Delta), swapped.feeGrowthGlobal1X128),
      ...(typeof sqrtPriceAfterX96 === "string" ? [compare("sqrtPrice", "2^-96", BigInt(sqrtPriceAfterX96), swapped.sqrtPriceX96)] : []),
    ]
  })
