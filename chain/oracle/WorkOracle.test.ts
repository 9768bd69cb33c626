import { describe, expect } from "vitest"
import { median } from "../../sim/protocols/oracle.ts"
import * as artifacts from "../artifacts.ts"
import { account, type Contract, DAY, deployWorld, genesisSeconds, type TestChain, terms, testOn, TOKEN } from "../contract.fixture.ts"
import { packWork } from "./packWork.ts"

const stake = 100n * TOKEN
const [a, b, c] = [account("a"), account("b"), account("c")]

const test = testOn(async (chain) => {
  const world = await deployWorld(chain)
  for (const id of ["a", "b", "c"]) {
    await world.fund(id, 1_000n * TOKEN, 0n)
    await chain.act(id, world.registry, "register", [1, stake])
  }
  return world
})

const thrice = (row: ReadonlyArray<bigint>) => [row, row, row]

/** Each reporter, in the order of `terms.reporters`, says its row. */
const reportAll = async (
  chain: TestChain,
  oracle: Contract<typeof artifacts.workOracle.abi>,
  epoch: number,
  rows: ReadonlyArray<ReadonlyArray<bigint>>,
) => {
  for (const [i, row] of rows.entries()) await chain.act(terms.reporters[i]!, oracle, "report", [epoch, packWork(row)])
}

describe("claimWork", () => {
  test("stores the last claim", async ({ chain, world: { oracle } }) => {
    const { events } = await chain.act("a", oracle, "claimWork", [0, 24_000n])
    expect(events).toEqual([["WorkClaimed", { provider: a, epoch: 0, workMillis: 24_000n }]])
    await chain.act("a", oracle, "claimWork", [2, 5n])
    expect(await chain.read(oracle, "claims", [a])).toEqual([2, 5n])
  })

  test("is for those who are registered, unbonding included", async ({ chain, world: { oracle, registry } }) => {
    expect(await chain.refusal("r1", oracle, "claimWork", [0, 1n])).toBe(`NotRegistered(${account("r1")})`)
    await chain.act("a", registry, "requestExit", [])
    expect(await chain.refusal("a", oracle, "claimWork", [0, 1n])).toBe("nothing")
    await chain.advanceTo(genesisSeconds + 7 * DAY)
    await chain.act("a", registry, "withdraw", [])
    expect(await chain.refusal("a", oracle, "claimWork", [0, 1n])).toBe(`NotRegistered(${a})`)
  })

  test("is refused for a finalised epoch", async ({ chain, world: { oracle } }) => {
    await reportAll(chain, oracle, 0, [[], [], []])
    await chain.act("a", oracle, "finalise", [0])
    expect(await chain.refusal("a", oracle, "claimWork", [0, 1n])).toBe("EpochClosed(0, 1)")
    expect(await chain.refusal("a", oracle, "claimWork", [1, 1n])).toBe("nothing")
  })
})

describe("report", () => {
  test("is counted once a reporter, and the last one stands", async ({ chain, world: { oracle } }) => {
    const { events } = await chain.act("r1", oracle, "report", [0, packWork([9n, 9n, 9n])])
    expect(events).toEqual([["Reported", { reporter: account("r1"), epoch: 0 }]])
    await chain.act("r1", oracle, "report", [0, packWork([5n])])
    expect(await chain.read(oracle, "reportCount", [0])).toBe(1n)
    await reportAll(chain, oracle, 0, [[5n], [5n], [5n]])
    expect(await chain.read(oracle, "reportCount", [0])).toBe(3n)
    await chain.act("a", oracle, "claimWork", [0, 5n])
    const finalised = (await chain.act("a", oracle, "finalise", [0])).events.at(-1)
    expect(finalised).toEqual(["Finalised", { epoch: 0, verifiedWorkMillis: 5n }])
    expect(await chain.read(oracle, "reportCount", [1])).toBe(0n)
  })

  test("forgets the values of the epoch before", async ({ chain, world: { oracle } }) => {
    await reportAll(chain, oracle, 0, thrice([7n, 7n, 7n]))
    await chain.act("a", oracle, "finalise", [0])
    await chain.advanceTo(genesisSeconds + DAY)
    expect(await chain.refusal("a", oracle, "finalise", [1])).toBe("NoQuorum(0, 3)")
    await reportAll(chain, oracle, 1, thrice([]))
    await chain.act("b", oracle, "claimWork", [1, 7n])
    const { events } = await chain.act("a", oracle, "finalise", [1])
    expect(events[0]).toEqual(["Mismatched", { provider: b, epoch: 1, claimedMillis: 7n, medianMillis: 0n }])
  })

  test("is refused to strangers, for a closed epoch, and with more words than providers fill", async ({ chain, world: { oracle } }) => {
    expect(await chain.refusal("a", oracle, "report", [0, []])).toBe(`NotReporter(${a})`)
    expect(await chain.refusal("r1", oracle, "report", [0, [1n, 1n]])).toBe("TooManyValues(2, 1)")
    expect(await chain.refusal("r1", oracle, "report", [0, [1n]])).toBe("nothing")
    expect(await chain.read(oracle, "reporters", [])).toEqual(terms.reporters.map(account))
    await reportAll(chain, oracle, 0, thrice([1n]))
    await chain.act("a", oracle, "finalise", [0])
    expect(await chain.refusal("r1", oracle, "report", [0, []])).toBe("EpochClosed(0, 1)")
  })
})

describe("finalise", () => {
  test.for([
    { name: "odd", seen: [30n, 10n, 20n] },
    { name: "even, the upper one", seen: [40n, 10n, 30n, 20n] },
    { name: "of seven", seen: [7n, 7n, 1n, 9n, 9n, 2n, 8n] },
    { name: "of one liar among equals", seen: [5n, 5n, 4_294_967_295n, 5n] },
    { name: "of missing values", seen: [0n, 0n, 6n, 6n] },
  ])("takes the median: $name", async ({ seen }, { chain, world: { oracle } }) => {
    await reportAll(
      chain,
      oracle,
      0,
      seen.map((value) => [1n, value, 1n]),
    )
    await chain.act("b", oracle, "claimWork", [0, 4_294_967_295n])
    const { events } = await chain.act("a", oracle, "finalise", [0])
    expect(events[0]).toEqual(["Mismatched", { provider: b, epoch: 0, claimedMillis: 4_294_967_295n, medianMillis: median(seen) }])
  })

  test("credits the lesser of claim and median, in the order of the registry", async ({ chain, world: { oracle, rewards } }) => {
    await chain.act("a", oracle, "claimWork", [0, 2_000n])
    await chain.act("b", oracle, "claimWork", [0, 1_099n])
    await reportAll(chain, oracle, 0, thrice([3_000n, 1_000n, 500n]))
    const { events } = await chain.act("r1", oracle, "finalise", [0])
    const [shareA, shareB] = [(terms.firstWei * 2_000n) / 3_000n, (terms.firstWei * 1_000n) / 3_000n]
    expect(events).toEqual([
      ["Released", { epoch: 0, amountWei: terms.firstWei }],
      ["Credited", { epoch: 0, provider: a, amountWei: shareA }],
      ["Credited", { epoch: 0, provider: b, amountWei: shareB }],
      ["Finalised", { epoch: 0, verifiedWorkMillis: 3_000n }],
    ])
    expect(await chain.read(rewards, "carriedWei", [])).toBe(terms.firstWei - shareA - shareB)
    expect(await chain.read(oracle, "nextEpoch", [])).toBe(1)
  })

  test("slashes a claim above the tolerance, which rounds down", async ({ chain, world: { oracle, registry, token } }) => {
    const supply = await chain.read(token, "totalSupply", [])
    await chain.act("a", oracle, "claimWork", [0, 1_108n])
    await chain.act("b", oracle, "claimWork", [0, 1_109n])
    await chain.act("c", oracle, "claimWork", [0, 1n])
    await reportAll(chain, oracle, 0, thrice([1_008n, 1_008n, 0n]))
    const { events } = await chain.act("a", oracle, "finalise", [0])
    const slashed = (stake * terms.slashBps) / 10_000n
    expect(events).toEqual([
      ["Mismatched", { provider: b, epoch: 0, claimedMillis: 1_109n, medianMillis: 1_008n }],
      ["Slashed", { provider: b, amountWei: slashed }],
      ["Mismatched", { provider: c, epoch: 0, claimedMillis: 1n, medianMillis: 0n }],
      ["Slashed", { provider: c, amountWei: slashed }],
      ["Released", { epoch: 0, amountWei: terms.firstWei }],
      ["Credited", { epoch: 0, provider: a, amountWei: terms.firstWei }],
      ["Finalised", { epoch: 0, verifiedWorkMillis: 1_008n }],
    ])
    expect(await chain.read(registry, "totalStakeWei", [])).toBe(3n * stake - 2n * slashed)
    expect(await chain.read(token, "totalSupply", [])).toBe(supply + terms.firstWei - 2n * slashed)
  })

  test("slashes one who is unbonding, and only names one who has left", async ({ chain, world: { oracle, registry } }) => {
    await chain.act("a", registry, "requestExit", [])
    await chain.act("b", registry, "requestExit", [])
    await chain.act("a", oracle, "claimWork", [0, 50n])
    await chain.act("b", oracle, "claimWork", [0, 50n])
    await chain.advanceTo(genesisSeconds + 7 * DAY)
    await chain.act("b", registry, "withdraw", [])
    await reportAll(chain, oracle, 0, [[], [], []])
    const { events } = await chain.act("c", oracle, "finalise", [0])
    expect(events.slice(0, 3)).toEqual([
      ["Mismatched", { provider: a, epoch: 0, claimedMillis: 50n, medianMillis: 0n }],
      ["Slashed", { provider: a, amountWei: 5n * TOKEN }],
      ["Mismatched", { provider: b, epoch: 0, claimedMillis: 50n, medianMillis: 0n }],
    ])
  })

  test("counts a claim of another epoch as none", async ({ chain, world: { oracle, rewards } }) => {
    await chain.act("a", oracle, "claimWork", [0, 10n])
    await chain.act("a", oracle, "claimWork", [1, 10n])
    await reportAll(chain, oracle, 0, thrice([10n]))
    const { events } = await chain.act("b", oracle, "finalise", [0])
    expect(events.at(-1)).toEqual(["Finalised", { epoch: 0, verifiedWorkMillis: 0n }])
    expect(await chain.read(rewards, "carriedWei", [])).toBe(terms.firstWei)
    await chain.advanceTo(genesisSeconds + DAY)
    await reportAll(chain, oracle, 1, thrice([10n]))
    const next = await chain.act("b", oracle, "finalise", [1])
    expect(next.events.at(-2)).toEqual(["Credited", { epoch: 1, provider: a, amountWei: 1_980n * TOKEN }])
  })

  test("passes over an epoch that never had a quorum, and emits nothing for it", async ({ chain, world: { oracle, rewards } }) => {
    await reportAll(chain, oracle, 0, [[10n], [10n]])
    await chain.advanceTo(genesisSeconds + DAY)
    await chain.act("a", oracle, "claimWork", [1, 10n])
    await reportAll(chain, oracle, 1, thrice([10n]))
    const { events } = await chain.act("b", oracle, "finalise", [1])
    expect(events.at(-1)).toEqual(["Finalised", { epoch: 1, verifiedWorkMillis: 10n }])
    expect(await chain.read(rewards, "carriedWei", [])).toBe(0n)
    expect(await chain.refusal("b", oracle, "finalise", [0])).toBe("EpochClosed(0, 2)")
  })

  test("needs an open epoch, a quorum and the epoch's time", async ({ chain, world: { oracle } }) => {
    await reportAll(chain, oracle, 0, [[], []])
    expect(await chain.refusal("a", oracle, "finalise", [0])).toBe("NoQuorum(2, 3)")
    await reportAll(chain, oracle, 0, [[], [], []])
    await chain.act("a", oracle, "finalise", [0])
    expect(await chain.refusal("a", oracle, "finalise", [0])).toBe("EpochClosed(0, 1)")
    await reportAll(chain, oracle, 1, [[], [], []])
    expect(await chain.refusal("a", oracle, "finalise", [1])).toBe(`TooEarly(1, ${genesisSeconds + DAY})`)
  })

  test("of 200 providers and 7 reports fits into a public chain's block", async ({ chain, world: { token, registry, oracle } }) => {
    const ids = Array.from({ length: 200 }, (_, i) => `p${i}`)
    const max = 2n ** 256n - 1n
    await chain.actAll(
      token,
      "transfer",
      ids.map((id) => ({ from: "treasury", args: [account(id), stake] })),
    )
    await chain.actAll(
      token,
      "approve",
      ids.map((from) => ({ from, args: [registry.address, max] })),
    )
    await chain.actAll(
      registry,
      "register",
      ids.map((from) => ({ from, args: [1, stake] })),
    )
    // Every other claim is false, so that crediting and slashing are both paid for.
    await chain.actAll(
      oracle,
      "claimWork",
      ids.map((from, i) => ({ from, args: [0, i % 2 === 0 ? 24_000n : 48_000n] })),
    )
    // Falling values are the most work for the sorting of medians.
    await reportAll(
      chain,
      oracle,
      0,
      terms.reporters.map((_, i) => Array<bigint>(203).fill(24_007n - BigInt(i))),
    )
    const { events, gasUsed } = await chain.act("a", oracle, "finalise", [0])
    expect(gasUsed).toBeLessThan(30_000_000n)
    const count = (name: string) => events.filter(([eventName]) => eventName === name).length
    expect([count("Mismatched"), count("Slashed"), count("Credited")]).toEqual([100, 100, 100])
    expect(events.at(-1)).toEqual(["Finalised", { epoch: 0, verifiedWorkMillis: 2_400_000n }])
  })
})

test("is not deployed with a quorum that cannot be met or is none, or a slash above the whole", async ({ chain, world }) => {
  const deploy = (quorum: bigint, slashBps: bigint) =>
    chain.refusalToDeploy(artifacts.workOracle, [world.registry.address, world.rewards.address, [a, b, c], quorum, 0n, slashBps])
  expect(await deploy(0n, 0n)).toBe("InvalidQuorum(0, 3)")
  expect(await deploy(4n, 0n)).toBe("InvalidQuorum(4, 3)")
  expect(await deploy(3n, 10_001n)).toBe("BpsTooLarge(10001)")
  expect(await deploy(3n, 10_000n)).toBe("nothing")
})
