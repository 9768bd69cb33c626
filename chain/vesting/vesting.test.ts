import { Effect } from "effect"
import { expect, test } from "vitest"
import { factsOf } from "../../sim/facts.ts"
import { circulatingTokens, type Genesis } from "../../sim/ledger.ts"
import { vestingAccount } from "../../sim/protocols/vesting.ts"
import { worldGenesis } from "../../sim/testing/worldGenesis.ts"
import { fromWei, SECONDS_PER_DAY, WEI_PER_TOKEN } from "../../sim/units.ts"
import { type Orders, playTicks } from "../yield.fixture.ts"

const wallet = vestingAccount("team", "ann")
const tokenWei = 1_000n * WEI_PER_TOKEN
const schedule = {
  schedule: "team",
  agent: "ann",
  tokenWei,
  startSeconds: worldGenesis.startSeconds,
  durationSeconds: 2 * SECONDS_PER_DAY,
  cliffSeconds: SECONDS_PER_DAY,
}
const genesis: Genesis = { ...worldGenesis, vesting: [schedule] }
const release: Orders = [["bob", { kind: "vesting.release", wallet }]]
/** A tick without orders has no block, and no time passes for the contracts. */
const wait: Orders = [["bob", { kind: "token.transfer", to: "bob", amountWei: 0n }]]
const play = (ticks: ReadonlyArray<Orders>, of = genesis) =>
  Effect.runPromise(
    playTicks(
      of,
      ticks.map((orders) => () => orders),
    ),
  )

test("a wallet pays its owner nothing before the cliff, the half at it, and then the rest by time, whoever asks", async () => {
  const played = await play([wait, release, wait, release, release, wait, wait, release, release])
  const released = played.map(({ receipts }) => factsOf(receipts, "vesting.released").map(({ amountWei }) => amountWei))
  expect(released).toEqual([[], [0n], [], [tokenWei / 2n], [tokenWei / 8n], [], [], [(tokenWei * 3n) / 8n], [0n]])
  expect(played.map(({ after }) => after.vesting.get(wallet)!.releasableWei)).toEqual([
    ...[0n, 0n, 0n, 0n, 0n],
    ...[tokenWei / 8n, tokenWei / 4n, 0n, 0n],
  ])
  expect(played.at(-1)!.after.token.balanceWei.get("ann")! - played[0]!.before.token.balanceWei.get("ann")!).toBe(tokenWei)
})

test("what has not vested does not circulate; what has and lies in the wallet does", async () => {
  const played = await play([wait, wait, wait, wait, wait])
  const free = played.map(({ before }) => circulatingTokens(before))
  const all = free[0]! + fromWei(tokenWei)
  expect(free.map((tokens) => Math.round(all - tokens))).toEqual([1_000, 1_000, 1_000, 1_000, 500])
})

test("a genesis whose cliff comes after the end is refused by the wallet", async () => {
  const late = { ...genesis, vesting: [{ ...schedule, cliffSeconds: 3 * SECONDS_PER_DAY }] }
  await expect(play([], late)).rejects.toThrow(/setting up the contracts failed: InvalidCliffDuration/)
})
