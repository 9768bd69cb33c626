import { Effect } from "effect"
import { decodeFunctionResult, encodeDeployData, encodeFunctionData, type Hex } from "viem"
import fc from "fast-check"
import { expect, test } from "vitest"
import { invariants } from "../../sim/invariants/index.ts"
import type { Action } from "../../sim/ledger.ts"
import type { Side } from "../../sim/protocols/pool.ts"
import type { Pool } from "../../sim/protocols/pool3.ts"
import { liquidityFor, positionAmounts } from "../../sim/protocols/pool3/positionAmounts.ts"
import { quoteSwap } from "../../sim/protocols/pool3/quoteSwap.ts"
import { quoterAbi, quoterBytecode } from "./artifacts.ts"
import { onStage, pools3Genesis, type Stage } from "./stage.fixture.ts"

const quoterAddress: Hex = `0x${"71".repeat(20)}`

/** What the published quoter, asked on the chain, says of a swap; undefined where it refuses. */
const publishedQuote = async ({ call, world: { contracts }, pools3 }: Stage, pool: Pool, sell: Side, amountIn: bigint, limit: bigint) => {
  const [tokenIn, tokenOut] = sell === "token" ? [contracts.token, contracts.dollar] : [contracts.dollar, contracts.token]
  const params = { tokenIn, tokenOut, amountIn, fee: pool.feePips, sqrtPriceLimitX96: limit }
  const creation = encodeDeployData({ abi: quoterAbi, bytecode: quoterBytecode(), args: [pools3.factory, quoterAddress] })
  const data = encodeFunctionData({ abi: quoterAbi, functionName: "quoteExactInputSingle", args: [params] })
  const answer = await call("ann", quoterAddress, data, creation)
  const [amountOut, sqrtPriceX96] = decodeFunctionResult({ abi: quoterAbi, functionName: "quoteExactInputSingle", data: answer })
  return { amountOut, sqrtPriceX96 }
}

const share = fc.integer({ min: 1, max: 1_000_000 })
const pool = fc.constantFrom("low", "high")
const agent = fc.constantFrom("ann", "bob", "cleo")
const trade = fc.record({
  kind: fc.constant("swap" as const),
  agent,
  pool,
  sell: fc.constantFrom("token" as const, "dollar" as const),
  share,
  /** Where the swap stops, as a change of the root of the price; 0: nowhere. */
  limit: fc.constantFrom(0, 0, 3, 100),
})
const stake = fc.record({
  kind: fc.constant("mint" as const),
  agent,
  pool,
  below: fc.integer({ min: 1, max: 30 }),
  above: fc.integer({ min: 1, max: 30 }),
  share,
})
const change = fc.record({
  kind: fc.constantFrom("increase" as const, "decrease" as const, "collect" as const),
  pick: fc.nat({ max: 1_000 }),
  share,
})
const steps = fc.array(fc.oneof({ weight: 5, arbitrary: trade }, { weight: 2, arbitrary: stake }, { weight: 3, arbitrary: change }), {
  minLength: 40,
  maxLength: 40,
})

const tokens = 5n * 10n ** 16n
const micros = 25n * 10n ** 3n

test("random swaps and changes of liquidity come out as the quoter and the twin's maths say, and leave every pool backed", async () => {
  let [filled, cut, quoted] = [0, 0, 0]
  for (const seed of [1, 2, 3]) {
    const [story] = fc.sample(steps, { seed, numRuns: 1 })
    const playing = onStage(pools3Genesis, async (stage) => {
      for (const step of story!) {
        const before = await stage.view()
        const positions = [...before.pools3.pools].flatMap(([id, { positions }]) =>
          [...positions].map(([positionId, own]) => ({ id, positionId, own })),
        )
        const settle = async (by: string, action: Action) => {
          const { receipts } = await stage.actAll([[by, action]])
          const after = await stage.view()
          for (const { check } of Object.values(invariants)) expect(check(before, after, receipts)).toBeUndefined()
          expect(receipts[0]).toMatchObject({ status: "ok", reason: "" })
          return { facts: receipts[0]!.facts, after }
        }
        if (step.kind === "swap") {
          const state = before.pools3.pools.get(step.pool)!
          const amountIn = BigInt(step.share) * (step.sell === "token" ? tokens : micros)
          const falls = (step.sell === "token") === state.tokenFirst
          const limit =
            step.limit === 0 ? 0n : (state.sqrtPriceX96 * (falls ? 10_000n - BigInt(step.limit) : 10_000n + BigInt(step.limit))) / 10_000n
          const quote = quoteSwap(state, step.sell, amountIn, limit)
          const published = await publishedQuote(stage, state, step.sell, amountIn, limit)
          expect({ amountOut: quote.amountOut, sqrtPriceX96: quote.after.sqrtPriceX96 }).toEqual(published)
          quoted++
          const action: Action = {
            kind: "pool3.swap",
            pool: step.pool,
            sell: step.sell,
            amountIn,
            amountOutMin: quote.amountOut,
            limitSqrtPriceX96: limit,
          }
          const { facts, after } = await settle(step.agent, action)
          expect(facts).toEqual([
            {
              kind: "pool3.swapped",
              agent: step.agent,
              pool: step.pool,
              sell: step.sell,
              amountIn: quote.amountIn,
              amountOut: quote.amountOut,
            },
          ])
          const is = after.pools3.pools.get(step.pool)!
          const { sqrtPriceX96, tick, liquidity, tokenWei, dollarMicros } = quote.after
          expect(is).toMatchObject({ sqrtPriceX96, tick, liquidity, tokenWei, dollarMicros })
          if (quote.amountIn < amountIn) cut++
          else filled++
        } else if (step.kind === "mint" || step.kind === "increase") {
          const offer = { tokenWei: BigInt(step.share) * tokens, dollarMicros: BigInt(step.share) * micros }
          const chosen = step.kind === "mint" ? undefined : positions[step.pick % positions.length]!
          const id = step.kind === "mint" ? step.pool : chosen!.id
          const state = before.pools3.pools.get(id)!
          const at = Math.floor(state.tick / state.tickSpacing)
          const range =
            step.kind === "mint"
              ? { tickLower: (at - step.below) * state.tickSpacing, tickUpper: (at + step.above) * state.tickSpacing }
              : { tickLower: chosen!.own.tickLower, tickUpper: chosen!.own.tickUpper }
          const liquidity = liquidityFor(state, range, offer)
          const by = step.kind === "mint" ? step.agent : chosen!.own.agent
          const positionId = step.kind === "mint" ? before.pools3.nextPositionId : chosen!.positionId
          if (liquidity === 0n || by === "treasury") continue
          const { facts } = await settle(
            by,
            step.kind === "mint"
              ? { kind: "pool3.mint", pool: id, ...range, ...offer }
              : { kind: "pool3.increase", pool: id, positionId, ...offer },
          )
          const cost = positionAmounts(state, range, liquidity, true)
          expect(facts).toEqual([{ kind: "pool3.increased", agent: by, pool: id, positionId, liquidity, ...cost }])
        } else {
          const chosen = positions[step.pick % positions.length]!
          const { id, positionId, own } = chosen
          const liquidity = (own.liquidity * BigInt(step.share)) / 1_000_000n
          if (own.agent === "treasury" || liquidity === 0n) continue
          const state = before.pools3.pools.get(id)!
          const out = positionAmounts(state, own, liquidity)
          const of = { agent: own.agent, pool: id, positionId }
          const owed = { tokenWei: own.owedTokenWei, dollarMicros: own.owedDollarMicros }
          const { facts } =
            step.kind === "collect"
              ? await settle(own.agent, { kind: "pool3.collect", pool: id, positionId })
              : await settle(own.agent, { kind: "pool3.decrease", pool: id, positionId, liquidity })
          expect(facts).toEqual(
            step.kind === "collect"
              ? [{ kind: "pool3.collected", ...of, ...owed }]
              : [
                  { kind: "pool3.decreased", ...of, liquidity, ...out },
                  {
                    kind: "pool3.collected",
                    ...of,
                    tokenWei: out.tokenWei + owed.tokenWei,
                    dollarMicros: out.dollarMicros + owed.dollarMicros,
                  },
                ],
          )
        }
      }
    })
    await Effect.runPromise(playing)
  }
  expect(quoted).toBeGreaterThan(40)
  expect(filled).toBeGreaterThan(15)
  expect(cut).toBeGreaterThan(5)
})
