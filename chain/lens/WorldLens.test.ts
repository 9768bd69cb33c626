import { expect } from "vitest"
import { toHex } from "viem"
import * as artifacts from "../artifacts.ts"
import { account, DAY, deployWorld, genesisSeconds, type TestChain, terms, testOn, TOKEN, USD } from "../contract.fixture.ts"
import { packWork } from "../oracle/packWork.ts"

const withLens = async (chain: TestChain) => {
  const world = await deployWorld(chain)
  const { token, dollar, pair, registry, market, oracle, emissions, rewards, burn, venue } = world
  const lens = await chain.deploy(artifacts.worldLens, [
    {
      token: token.address,
      dollar: dollar.address,
      pair: pair.address,
      registry: registry.address,
      market: market.address,
      oracle: oracle.address,
      emissions: emissions.address,
      rewards: rewards.address,
      burn: burn.address,
      venue: venue.address,
    },
  ])
  return { ...world, lens }
}

const test = testOn(withLens)

const addLiquidity = async (chain: TestChain, { router, token, dollar }: Awaited<ReturnType<typeof withLens>>) =>
  chain.act("lp", router, "addLiquidity", [
    token.address,
    dollar.address,
    100n * TOKEN,
    400n * USD,
    0n,
    0n,
    account("lp"),
    BigInt(genesisSeconds),
  ])

test("reads an untouched world", async ({ chain, world: { lens } }) => {
  const blockNumber = await chain.client.getBlockNumber({ cacheTime: 0 })
  expect(await chain.read(lens, "read", [[], [], []])).toEqual([
    blockNumber,
    1_000_000n * TOKEN,
    ...[0n, 0n, 0n, 0n, 0n, 0n, 0n, 0n, 0n, 0n, 0n, 0n],
    terms.priceMicros,
  ])
})

test("reads everything that a busy world holds, in the order that it states", async ({ chain, world }) => {
  const { token, dollar, pair, registry, market, oracle, emissions, rewards, burn, venue, lens } = world
  await world.fund("lp", 1_000n * TOKEN, 1_000n * USD)
  await world.fund("alice", 1_000n * TOKEN, 0n)
  await world.fund("bob", 1_000n * TOKEN, 0n)
  await world.fund("buyer", 0n, 500n * USD)
  await addLiquidity(chain, world)
  await chain.act("alice", registry, "register", [2, 200n * TOKEN])
  await chain.act("bob", registry, "register", [3, 333n * TOKEN])
  await chain.act("bob", registry, "requestExit", [])
  await chain.act("buyer", market, "open", [0, account("alice"), 100n * USD, genesisSeconds + DAY])
  await chain.act("buyer", market, "open", [1, account("alice"), 7n * USD, genesisSeconds + DAY])
  await chain.act("buyer", market, "complete", [0])
  await chain.act("issuer", dollar, "mint", [burn.address, 50n * USD, toHex("budget", { size: 32 })])
  await chain.act("anyone", burn, "execute", [])
  await chain.act("alice", oracle, "claimWork", [0, 3n])
  await chain.act("bob", oracle, "claimWork", [0, 4n])
  for (const reporter of ["r1", "r2", "r3"]) await chain.act(reporter, oracle, "report", [0, packWork([3n, 4n])])
  await chain.act("anyone", oracle, "finalise", [0])
  await chain.act("r1", oracle, "report", [1, []])
  await chain.act("operator", venue, "post", [123_456n])

  const [reserve0, reserve1] = await chain.read(pair, "getReserves", [])
  const tokenFirst = (await chain.read(pair, "token0", [])) === token.address
  const emittedWei = await chain.read(emissions, "emittedWei", [])
  const [carriedWei, burnedWei, spentMicros] = [
    await chain.read(rewards, "carriedWei", []),
    await chain.read(burn, "burnedWei", []),
    await chain.read(burn, "spentMicros", []),
  ]
  for (const value of [emittedWei, carriedWei, burnedWei, spentMicros]) expect(value).toBeGreaterThan(0n)

  const holders = [account("alice"), market.address, account("nobody")]
  const answer = await chain.read(lens, "read", [holders, [account("lp"), account("bob")], ["alice", "bob", "buyer"].map(account)])
  const accrued = async (id: string) => chain.read(rewards, "accruedWei", [account(id)])
  expect(answer).toEqual([
    await chain.client.getBlockNumber({ cacheTime: 0 }),
    await chain.read(token, "totalSupply", []),
    await chain.read(dollar, "totalSupply", []),
    tokenFirst ? reserve0 : reserve1,
    tokenFirst ? reserve1 : reserve0,
    await chain.read(pair, "totalSupply", []),
    533n * TOKEN,
    7n * USD,
    1n,
    1n,
    emittedWei,
    carriedWei,
    burnedWei,
    spentMicros,
    123_456n,
    // Holders.
    ...[800n * TOKEN, 97_500_000n],
    ...[0n, 7n * USD],
    ...[0n, 0n],
    // Liquidity providers.
    await chain.read(pair, "balanceOf", [account("lp")]),
    0n,
    // Providers.
    await accrued("alice"),
    (200n * TOKEN) | (2n << 128n) | (1n << 200n) | (1n << 232n),
    await accrued("bob"),
    (333n * TOKEN) | (3n << 128n) | (BigInt(genesisSeconds + 7 * DAY) << 160n) | (2n << 200n) | (2n << 232n),
    0n,
    0n,
  ])
  expect(await accrued("alice")).toBe((terms.firstWei * 3n) / 7n)
})

test("gives the pool as tokens, then dollars, whichever has the lower address", async ({ chain }) => {
  const seen = new Set<boolean>()
  while (seen.size < 2) {
    const world = await withLens(chain)
    await world.fund("lp", 1_000n * TOKEN, 1_000n * USD)
    await addLiquidity(chain, world)
    const answer = await chain.read(world.lens, "read", [[], [], []])
    expect(answer.slice(3, 6)).toEqual([100n * TOKEN, 400n * USD, await chain.read(world.pair, "totalSupply", [])])
    seen.add((await chain.read(world.pair, "token0", [])) === world.token.address)
  }
})
