import { describe, expect } from "vitest"
import { encodePacked, type Hex, toBytes } from "viem"
import * as artifacts from "../artifacts.ts"
import { account, DAY, deployWorld, genesisSeconds, type TestChain, testOn, USD } from "../contract.fixture.ts"
import { openMerkle } from "../merkleTree.ts"

const [ann, bob, gpu, rig] = ["ann", "bob", "gpu", "rig"].map(account) as [Hex, Hex, Hex, Hex]
const windowSeconds = DAY / 2

const open = async (chain: TestChain) => {
  const world = await deployWorld(chain)
  const { dollar, burn } = world
  const market = await chain.deploy(artifacts.batchMarket, [
    dollar.address,
    burn.address,
    account("treasury"),
    account("dispatcher"),
    account("guardian"),
    [1_000n, 8_000n, 0n],
    BigInt(windowSeconds),
    BigInt(DAY),
  ])
  for (const id of ["ann", "bob"]) {
    await world.fund(id, 0n, 100n * USD)
    await chain.act(id, dollar, "approve", [market.address, 2n ** 256n - 1n])
    await chain.act(id, market, "deposit", [60n * USD])
  }
  const makeTree = await openMerkle()
  const treeOf = (earned: ReadonlyArray<readonly [Hex, bigint]>) =>
    makeTree(earned.map(([provider, micros]) => toBytes(encodePacked(["address", "uint64"], [provider, micros]))))
  const dollarsOf = async (id: string) => (await world.balances(account(id))).dollarMicros
  return { ...world, market, treeOf, dollarsOf }
}

const test = testOn(open)

const packed = (debits: ReadonlyArray<readonly [Hex, bigint]>): Hex =>
  `0x${debits.map(([buyer, micros]) => encodePacked(["address", "uint64"], [buyer, micros]).slice(2)).join("")}`

/** Ann owes 30 dollars and Bob 10; the fee is a tenth. */
const debits = packed([
  [ann, 30n * USD],
  [bob, 10n * USD],
])
const earned = [
  [gpu, 27n * USD],
  [rig, 9n * USD],
] as const
const credited = 36n * USD

describe("a batch", () => {
  test("moves money from many buyers to many providers, less the fee, once its window is over", async ({ chain, world }) => {
    const { market, treeOf, dollarsOf } = world
    const tree = treeOf(earned)
    await chain.act("dispatcher", market, "debit", [debits])
    await chain.act("dispatcher", market, "close", [tree.root, credited, 2n])
    expect(await chain.refusal("gpu", market, "collect", [27n * USD, tree.proof(0)])).toMatch(/^InvalidProof/)
    expect(await chain.refusal("anyone", market, "accept", [])).toMatch(/^BatchPending/)

    await chain.advanceTo(genesisSeconds + windowSeconds)
    const { events } = await chain.act("anyone", market, "accept", [])
    expect(events).toEqual([["Accepted", { creditedMicros: credited, burnFeeMicros: 3_200_000n, treasuryFeeMicros: 800_000n }]])
    await chain.act("gpu", market, "collect", [27n * USD, tree.proof(0)])
    await chain.act("rig", market, "collect", [9n * USD, tree.proof(1)])
    expect([await dollarsOf("gpu"), await dollarsOf("rig"), await dollarsOf("treasury")]).toEqual([27n * USD, 9n * USD, 800_000n])
    expect(await chain.read(market, "escrowMicros", [])).toBe(80n * USD)
    expect(await chain.read(market, "depositMicros", [ann])).toBe(30n * USD)
    expect(await chain.refusal("gpu", market, "collect", [27n * USD, tree.proof(0)])).toBe(`NothingEarned(${gpu})`)
  })

  test("is undone by a veto, to the micro-dollar, and only with its own debits", async ({ chain, world: { market, treeOf } }) => {
    await chain.act("dispatcher", market, "debit", [packed([[ann, 30n * USD]])])
    await chain.act("dispatcher", market, "debit", [packed([[bob, 10n * USD]])])
    await chain.act("dispatcher", market, "close", [treeOf(earned).root, credited, 2n])
    expect(await chain.refusal("guardian", market, "veto", [[debits]])).toBe("NotThePendingDebits()")
    expect(await chain.refusal("dispatcher", market, "veto", [[debits]])).toMatch(/^NotGuardian/)
    await chain.act("guardian", market, "veto", [[packed([[ann, 30n * USD]]), packed([[bob, 10n * USD]])]])
    expect(await chain.read(market, "depositMicros", [ann])).toBe(60n * USD)
    expect(await chain.read(market, "depositMicros", [bob])).toBe(60n * USD)
    expect(await chain.refusal("anyone", market, "accept", [])).toBe("NothingPending()")
  })

  test("cannot be vetoed any more when it stands", async ({ chain, world: { market, treeOf } }) => {
    await chain.act("dispatcher", market, "debit", [debits])
    await chain.act("dispatcher", market, "close", [treeOf(earned).root, credited, 2n])
    await chain.advanceTo(genesisSeconds + windowSeconds)
    expect(await chain.refusal("guardian", market, "veto", [[debits]])).toMatch(/^WindowOver/)
  })
})

describe("a dispatcher that lies", () => {
  test("cannot debit more than a deposit, credit more than it debited, or keep the difference", async ({ chain, world: { market } }) => {
    const root: Hex = `0x${"1".repeat(64)}`
    expect(await chain.refusal("dispatcher", market, "debit", [packed([[ann, 60n * USD + 1n]])])).toBe(
      `DepositTooSmall(${ann}, ${60n * USD}, ${60n * USD + 1n})`,
    )
    await chain.act("dispatcher", market, "debit", [debits])
    expect(await chain.refusal("dispatcher", market, "close", [root, credited + 1n, 2n])).toBe(
      `CreditTooLarge(${credited + 1n}, ${credited})`,
    )
    expect(await chain.refusal("dispatcher", market, "close", [root, credited - 5n, 2n])).toBe(
      `CreditTooSmall(${credited - 5n}, ${credited})`,
    )
    expect(await chain.refusal("rig", market, "debit", [debits])).toMatch(/^NotDispatcher/)
    expect(await chain.refusal("rig", market, "close", [root, credited, 2n])).toMatch(/^NotDispatcher/)
  })

  test("cannot reach the buyers' deposits with a tree that promises too much", async ({ chain, world: { market, treeOf } }) => {
    const greedy = treeOf([
      [gpu, 27n * USD],
      [rig, 40n * USD],
    ])
    await chain.act("dispatcher", market, "debit", [debits])
    await chain.act("dispatcher", market, "close", [greedy.root, credited, 2n])
    await chain.advanceTo(genesisSeconds + windowSeconds)
    await chain.act("anyone", market, "accept", [])
    expect(await chain.refusal("rig", market, "collect", [40n * USD, greedy.proof(1)])).toBe(`RootOverdrawn(${40n * USD}, ${credited})`)
  })
})

test("a buyer takes back what is left after a notice", async ({ chain, world: { market, dollarsOf } }) => {
  expect(await chain.refusal("ann", market, "withdraw", [])).toBe("NoticeNotOver(0)")
  await chain.act("ann", market, "announceWithdrawal", [])
  expect(await chain.refusal("ann", market, "withdraw", [])).toBe(`NoticeNotOver(${genesisSeconds + DAY})`)
  await chain.act("dispatcher", market, "debit", [debits])
  await chain.advanceTo(genesisSeconds + DAY)
  await chain.act("ann", market, "withdraw", [])
  expect(await dollarsOf("ann")).toBe(70n * USD)
})

test("a pause by the guardian stops all money but a veto", async ({ chain, world: { market, treeOf } }) => {
  await chain.act("dispatcher", market, "debit", [debits])
  await chain.act("dispatcher", market, "close", [treeOf(earned).root, credited, 2n])
  expect(await chain.refusal("dispatcher", market, "pause", [])).toMatch(/^NotGuardian/)
  await chain.act("guardian", market, "pause", [])
  for (const [who, call, args] of [
    ["ann", "deposit", [1n]],
    ["ann", "withdraw", []],
    ["dispatcher", "debit", [debits]],
    ["anyone", "accept", []],
    ["gpu", "collect", [1n, []]],
  ] as const)
    expect(await chain.refusal(who, market, call, args as never), call).toBe("EnforcedPause()")
  await chain.act("guardian", market, "veto", [[debits]])
  await chain.act("guardian", market, "unpause", [])
  await chain.act("ann", market, "deposit", [1n])
})
