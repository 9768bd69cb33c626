import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { type Action, type Fact, type Genesis, Ledger, type Order } from "../../sim/ledger.ts"
import { type EmissionKind, emissionTerms, openEmission, type Params } from "../../sim/protocols/emissions/index.ts"
import { memoryLedger } from "../../sim/testing/memoryLedger.ts"
import { providers, reporters, worldGenesis } from "../../sim/testing/worldGenesis.ts"
import { MICROS_PER_USD, SECONDS_PER_DAY, WEI_PER_TOKEN } from "../../sim/units.ts"
import { chainLedger } from "../chainLedger.ts"

/** Twenty years of epochs of thirty days. */
const epochCount = Math.floor((20 * 365) / 30)
const epochSeconds = 30 * SECONDS_PER_DAY

const settings: Readonly<Record<EmissionKind, Omit<Params, "kind">>> = {
  fixed: { tokensPerEpoch: 1_234.567_891_234 },
  decay: { tokensPerEpoch: 9_000.1, decayBpsPerEpoch: 97.531, stepEpochs: 4 },
  halving: { tokensPerBlock: 3.125, halvingBlocks: 210_000, blocksPerEpoch: 4_320, decimals: 8 },
  netEmissionsCap: { tokensPerEpoch: 777.7, halvingEpochs: 24, capTokensPerEpoch: 6.5 },
  baseline: { simpleTokens: 33_000, baselineTokens: 77_000, halfLifeEpochs: 73, baselineWorkHours: 2.5, doublingEpochs: 120 },
  burnAndMint: { tokensPerEpoch: 500, decayBpsPerEpoch: 150, stepEpochs: 12, remintShare: 0.4321 },
  bondingTarget: { inflationPpb: 900_000, changePpb: 20_000, targetBondedShare: 0.0009, floorPpb: 0, ceilingPpb: 2_000_000 },
  utilisationPid: {
    tokensPerEpoch: 400,
    targetShare: 0.002,
    proportional: 90,
    integral: 3,
    derivative: 40,
    minTokensPerEpoch: 10,
    maxTokensPerEpoch: 800,
    workHoursPerGpuHour: 1,
  },
  formula: { tokensPerEpoch: "100 + 90 * sin(2 * pi * epoch / 12) + epoch / 7" },
  table: { tokensPerEpoch: Array.from({ length: 200 }, (_, epoch) => 1e4 / (epoch + 3)) },
}

const order = (agent: string, action: Action): Order => ({ agent, action, tipWei: 0n })

/** A month of a small network: work that comes and goes, a lie now and then, stakes that move, a buyback; every fiftieth month no quorum. */
const month = (epoch: number): ReadonlyArray<Order> => {
  const work = (index: number) => BigInt(500 + ((epoch * (index + 3) * 37) % 4_000))
  const reported = new Map(providers.map((id, index) => [id, work(index)]))
  const [first, second, third] = providers
  return [
    ...(epoch === 0
      ? providers.map((id) => order(id, { kind: "registry.register", gpuCount: 2, stakeWei: 300n * WEI_PER_TOKEN + 7n }))
      : []),
    ...(epoch % 9 === 4 ? [order(first, { kind: "registry.addStake", amountWei: 11n * WEI_PER_TOKEN + 1n })] : []),
    ...(epoch % 24 === 20 ? [order(second, { kind: "registry.requestExit" })] : []),
    ...(epoch % 24 === 22 ? [order(second, { kind: "registry.withdraw" })] : []),
    ...(epoch % 24 === 23 ? [order(second, { kind: "registry.register", gpuCount: 1, stakeWei: 200n * WEI_PER_TOKEN })] : []),
    order("bob", { kind: "dollar.onRamp", amountMicros: 5n * MICROS_PER_USD, purpose: "budget" }),
    order("bob", { kind: "dollar.transfer", to: "burn", amountMicros: BigInt(1 + (epoch % 5)) * MICROS_PER_USD }),
    order("bob", { kind: "burn.execute" }),
    ...providers.map((id, index) => order(id, { kind: "oracle.claimWork", epoch, workMillis: work(index) })),
    ...(epoch % 11 === 6 ? [order(third, { kind: "oracle.claimWork", epoch, workMillis: 100_000n })] : []),
    ...(epoch % 50 === 49 ? [] : reporters.map((id) => order(id, { kind: "oracle.report", epoch, workMillis: reported }))),
    order("ann", { kind: "oracle.finalise", epoch }),
    ...providers.map((id) => order(id, { kind: "rewards.claim" })),
  ]
}

const play = (ledger: typeof chainLedger, genesis: Genesis) =>
  Effect.gen(function* () {
    const { observe, settle } = yield* Ledger
    const facts: Array<Fact> = []
    for (let epoch = 0; epoch < epochCount; epoch++) {
      const { receipts } = yield* settle(month(epoch), genesis.startSeconds + (epoch + 1) * epochSeconds - 60)
      facts.push(...receipts.flatMap((receipt) => receipt.facts))
    }
    return { facts, end: yield* observe }
  }).pipe(Effect.provide(ledger(genesis)), Effect.runPromise)

/** What the facts say that should have been released, from the signals that the facts before it add up to. */
const scheduleOf = (genesis: Genesis, facts: ReadonlyArray<Fact>) => {
  let emission = openEmission(genesis.emissions)
  let [supplyWei, burnedWei, bondedWei] = [genesis.supplyWei, 0n, 0n]
  const gpus = new Map<string, number>()
  const expected: Array<{ readonly epoch: number; readonly amountWei: bigint }> = []
  for (const [index, fact] of facts.entries()) {
    if (fact.kind === "registry.registered") bondedWei += fact.stakeWei
    if (fact.kind === "registry.stakeAdded") bondedWei += fact.amountWei
    if (fact.kind === "registry.withdrawn" || fact.kind === "registry.slashed") bondedWei -= fact.amountWei
    if (fact.kind === "registry.registered") gpus.set(fact.agent, fact.gpuCount)
    if (fact.kind === "registry.exitRequested") gpus.delete(fact.agent)
    const burned = fact.kind === "registry.slashed" ? fact.amountWei : fact.kind === "burn.executed" ? fact.burnedWei : 0n
    supplyWei -= burned
    burnedWei += burned
    if (fact.kind !== "emissions.released") continue
    const finalised = facts.slice(index).find((later) => later.kind === "oracle.finalised")!
    const gpuHours = [...gpus.values()].reduce((sum, count) => sum + count, 0) * 30 * 24
    const signals = {
      supplyWei,
      burnedWei,
      bondedWei,
      verifiedMillis: finalised.verifiedWorkMillis,
      capacityMillis: BigInt(gpuHours) * 1_000n,
    }
    const { amountWei, next } = emission.release(fact.epoch, signals)
    expected.push({ epoch: fact.epoch, amountWei })
    emission = next
    supplyWei += amountWei
    burnedWei = 0n
  }
  return { expected, supplyWei }
}

test("a table of twenty years of days is set up, and its last day is minted", async () => {
  const amountsWei = Array.from({ length: 7_305 }, (_, epoch) => 10n ** 20n + BigInt(epoch))
  const genesis: Genesis = { ...worldGenesis, emissions: { kind: "table", amountsWei, epochSeconds: SECONDS_PER_DAY } }
  const close = (epoch: number) => [
    ...reporters.map((id) => order(id, { kind: "oracle.report", epoch, workMillis: new Map() })),
    order("ann", { kind: "oracle.finalise", epoch }),
  ]
  const emittedWei = await Effect.gen(function* () {
    const { observe, settle } = yield* Ledger
    for (const epoch of [0, 1_535, 7_304]) yield* settle(close(epoch), genesis.startSeconds + (epoch + 1) * SECONDS_PER_DAY)
    return (yield* observe).emissions.emittedWei
  }).pipe(Effect.provide(chainLedger(genesis)), Effect.runPromise)
  expect(emittedWei).toBe(amountsWei[0]! + amountsWei[1_535]! + amountsWei[7_304]!)
})

describe("what is minted on the chain in twenty years is the schedule, to the unit", () => {
  test.each(Object.entries(settings))("%s", async (kind, params) => {
    const terms = emissionTerms({ kind, ...params } as Params, epochCount)
    const genesis = { ...worldGenesis, emissions: { ...terms, epochSeconds } }
    const { facts, end } = await play(chainLedger, genesis)
    expect((await play(memoryLedger, genesis)).facts).toEqual(facts)
    const released = facts.filter((fact) => fact.kind === "emissions.released")
    expect(released).toHaveLength(epochCount - Math.floor(epochCount / 50))

    const { expected, supplyWei } = scheduleOf(genesis, facts)
    expect(released.map(({ epoch, amountWei }) => ({ epoch, amountWei }))).toEqual(expected)
    expect(end.emissions.emittedWei).toBe(expected.reduce((sum, { amountWei }) => sum + amountWei, 0n))
    expect(end.token.supplyWei).toBe(supplyWei)
    // A schedule that stands still would prove little.
    if (kind !== "fixed") expect(new Set(released.map(({ amountWei }) => amountWei)).size).toBeGreaterThan(1)
    expect(facts.some((fact) => fact.kind === "registry.slashed")).toBe(true)
    expect(facts.filter((fact) => fact.kind === "burn.executed").length).toBeGreaterThan(100)
  })
})
