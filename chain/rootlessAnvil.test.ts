import { Effect } from "effect"
import fc from "fast-check"
import { expect, test } from "vitest"
import type { Hex } from "viem"
import { inEpoch, tickArbitrary } from "../sim/testing/orderArbitrary.ts"
import { worldGenesis } from "../sim/testing/worldGenesis.ts"
import { SECONDS_PER_DAY } from "../sim/units.ts"
import { accountsDigest } from "./accountsDigest.ts"
import { anvil, rootlessAnvil } from "./anvil.ts"
import { attempt, openLedger } from "./chainLedger.ts"
import { genesisSeconds } from "./genesis.ts"
import { rpc } from "./rpc.ts"
import { batch, results } from "./settleBlock.ts"

/** Some weeks of random orders, refused ones among them. */
const play = (launch: typeof anvil) =>
  Effect.gen(function* () {
    const client = yield* rpc((yield* launch(genesisSeconds(worldGenesis))).port)
    return yield* attempt(async () => {
      const ledger = await openLedger(client, worldGenesis)
      const ticks: Array<unknown> = []
      let { nextEpoch } = (await ledger.observe()).oracle
      for (const [i, orders] of fc.sample(tickArbitrary, { seed: 3, numRuns: 20 }).entries()) {
        const settlement = await ledger.settle(inEpoch(orders, nextEpoch), worldGenesis.startSeconds + ((i + 1) * SECONDS_PER_DAY) / 4)
        const { blockNumber: _, ...view } = await ledger.observe()
        nextEpoch = view.oracle.nextEpoch
        ticks.push({ settlement, view })
      }
      const [dump] = results(await client.post(batch([["anvil_dumpState", "[]"]])))
      return { ticks, accounts: accountsDigest(dump as Hex), digest: await ledger.stateDigest() }
    })
  }).pipe(Effect.scoped, Effect.runPromise)

test("a chain without state roots gives the same receipts, views and accounts as one with them, and the same digest twice", async () => {
  const rooted = await play(anvil)
  const rootless = await play(rootlessAnvil)
  expect(rootless.ticks).toEqual(rooted.ticks)
  expect(rootless.accounts).toBe(rooted.accounts)
  expect(rootless.digest.split(" ")[0]).toBe(rootless.accounts)
  expect(rooted.digest.split(" ")[0]).not.toBe(rooted.accounts)
  expect((await play(rootlessAnvil)).digest).toBe(rootless.digest)
})
