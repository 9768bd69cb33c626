import fc from "fast-check"
import { describe, expect } from "vitest"
import { type Address, encodeFunctionData, type Hex } from "viem"
import type { Signals } from "../../../sim/protocols/emission.ts"
import { type EmissionKind, emissionTerms, type EmissionTerms, openEmission, type Params } from "../../../sim/protocols/emissions/index.ts"
import { RAY } from "../../../sim/units.ts"
import * as artifacts from "../../artifacts.ts"
import { account, type TestChain, testOn, TOKEN } from "../../contract.fixture.ts"
import { modelCreations } from "../modelCreations.ts"

const test = testOn(async () => undefined)

const seed = 20_261_123
const { abi } = artifacts.bondingTarget

const deployModel = async (chain: TestChain, terms: EmissionTerms): Promise<Address> => {
  const creations = modelCreations(terms)
  const chunks: Array<Hex> = []
  for (const creation of creations.chunks) chunks.push(await chain.create(creation))
  return chain.create(creations.model(chunks, account("controller")))
}

const release = async (chain: TestChain, address: Address, epoch: number, signals: Signals): Promise<bigint> => {
  const data = encodeFunctionData({ abi, functionName: "release", args: [epoch, signals] })
  const answer = await chain.client.call({ account: account("controller"), to: address, data })
  await chain.act("controller", { address, abi }, "release", [epoch, signals])
  return BigInt(answer.data!)
}

const wei = fc.oneof(fc.constantFrom(0n, 1n), fc.bigInt(0n, 10n ** 30n))
const millis = fc.oneof(fc.constantFrom(0n, 1n), fc.bigInt(0n, 10n ** 9n))
const signals: fc.Arbitrary<Signals> = fc.record({
  supplyWei: wei,
  burnedWei: wei,
  bondedWei: wei,
  verifiedMillis: millis,
  capacityMillis: millis,
})
/** Epochs in order, of which some are passed over, with what the contracts know at each. */
const history = fc
  .array(fc.record({ passedOver: fc.constantFrom(0, 0, 0, 1, 7, 90), signals }), { minLength: 25, maxLength: 25 })
  .map((steps) => {
    let epoch = -1
    return steps.map(({ passedOver, signals }) => ({ epoch: (epoch += 1 + passedOver), signals }))
  })

const tokens = (length: number, of: (epoch: number) => number) => Array.from({ length }, (_, epoch) => of(epoch))

const settings: Readonly<Record<EmissionKind, ReadonlyArray<Omit<Params, "kind">>>> = {
  fixed: [{ tokensPerEpoch: 0 }, { tokensPerEpoch: 987_654_321.123456 }],
  decay: [
    { tokensPerEpoch: 4_000, decayBpsPerEpoch: 4, stepEpochs: 1 },
    { tokensPerEpoch: 987_654_321.5, decayBpsPerEpoch: 4.743_217_9, stepEpochs: 30 },
    { tokensPerEpoch: 5, decayBpsPerEpoch: 10_000, stepEpochs: 3 },
    { tokensPerEpoch: 5, decayBpsPerEpoch: 0, stepEpochs: 1 },
  ],
  halving: [
    { tokensPerBlock: 50, halvingBlocks: 10_000, blocksPerEpoch: 144, decimals: 8 },
    { tokensPerBlock: 1_234.567_89, halvingBlocks: 7, blocksPerEpoch: 1, decimals: 18 },
    { tokensPerBlock: 3, halvingBlocks: 10, blocksPerEpoch: 35, decimals: 2 },
  ],
  netEmissionsCap: [
    { tokensPerEpoch: 164_383.561_643, halvingEpochs: 30, capTokensPerEpoch: 1_643.835_616_43 },
    { tokensPerEpoch: 1, halvingEpochs: 1, capTokensPerEpoch: 1e9 },
  ],
  burnAndMint: [
    { tokensPerEpoch: 25_000, decayBpsPerEpoch: 11.9, stepEpochs: 1, remintShare: 0 },
    { tokensPerEpoch: 25_000, decayBpsPerEpoch: 11.9, stepEpochs: 30, remintShare: 0.333 },
    { tokensPerEpoch: 0, decayBpsPerEpoch: 0, stepEpochs: 1, remintShare: 1 },
  ],
  bondingTarget: [
    { inflationPpb: 700_000, changePpb: 650, targetBondedShare: 0.5, floorPpb: 0, ceilingPpb: 1e7 },
    { inflationPpb: 2_000, changePpb: 1_500, targetBondedShare: 0.1, floorPpb: 0, ceilingPpb: 3_000 },
    { inflationPpb: 0, changePpb: 500, targetBondedShare: 0, floorPpb: 700, ceilingPpb: 900 },
  ],
  utilisationPid: [
    pid({ proportional: 1 }),
    pid({ proportional: 0.7, integral: 0.05, derivative: 0.3, workHoursPerGpuHour: 0.37 }),
    pid({ proportional: 30, integral: 9, derivative: 20, minTokensPerEpoch: 0, maxTokensPerEpoch: 1e6 }),
  ],
  baseline: [
    { simpleTokens: 330e6, baselineTokens: 770e6, halfLifeEpochs: 2_190, baselineWorkHours: 200_000, doublingEpochs: 365 },
    { simpleTokens: 0, baselineTokens: 1e9, halfLifeEpochs: 50, baselineWorkHours: 0.001, doublingEpochs: 120 },
    { simpleTokens: 1e9, baselineTokens: 3.7, halfLifeEpochs: 1e6, baselineWorkHours: 1e9, doublingEpochs: 1e6 },
  ],
  formula: [{ tokensPerEpoch: "4000 * 0.5 ^ (epoch / 365)" }, { tokensPerEpoch: "epoch < 40 ? 1e9 / 3 : max(0, 90 - epoch)" }],
  table: [{ tokensPerEpoch: [1e9, 0, 0.000_000_001] }, { tokensPerEpoch: tokens(200, (epoch) => 1e9 / (epoch + 3)) }],
}

function pid(changes: object) {
  const bounds = { minTokensPerEpoch: 100, maxTokensPerEpoch: 9_000.5 }
  return { tokensPerEpoch: 4_000, targetShare: 0.6, integral: 0, derivative: 0, workHoursPerGpuHour: 1, ...bounds, ...changes }
}

const cases = Object.entries(settings).flatMap(([kind, list]) =>
  list.map((params, index) => [`${kind}, setting ${index + 1}`, { kind, ...params } as Params] as const),
)

describe("each model follows the formula of sim/ to the wei, whatever happens", () => {
  test.for(cases)("%s", async ([, params], { chain }) => {
    const terms = emissionTerms(params, 300)
    const address = await deployModel(chain, terms)
    let twin = openEmission(terms)
    for (const { epoch, signals } of fc.sample(history, { seed, numRuns: 1 })[0]!) {
      const { amountWei, next } = twin.release(epoch, signals)
      expect(await release(chain, address, epoch, signals), `epoch ${epoch}`).toBe(amountWei)
      twin = next
    }
  })
})

test("a table of twenty years of days fits, and every amount is found again", async ({ chain }) => {
  const amountsWei = fc.sample(fc.bigInt(0n, 2n ** 128n - 1n), { seed, numRuns: 7_305 })
  const address = await deployModel(chain, { kind: "table", amountsWei })
  const none: Signals = { supplyWei: 0n, burnedWei: 0n, bondedWei: 0n, verifiedMillis: 0n, capacityMillis: 0n }
  const found = (epoch: number) => chain.read({ address, abi: artifacts.tableEmission.abi }, "release", [epoch, none])
  for (const epoch of [0, 1, 1_533, 1_534, 1_535, 1_536, 3_069, 3_070, 7_000, 7_304]) expect(await found(epoch)).toBe(amountsWei[epoch])
  for (const epoch of [7_305, 7_674, 7_675, 2 ** 32 - 1]) expect(await found(epoch)).toBe(0n)
})

test("a model that remembers is moved on by the controller alone", async ({ chain }) => {
  for (const kind of ["baseline", "bondingTarget", "utilisationPid"] as const) {
    const address = await deployModel(chain, emissionTerms({ kind, ...settings[kind][0] } as Params, 1))
    const signals: Signals = { supplyWei: 1n, burnedWei: 0n, bondedWei: 0n, verifiedMillis: 0n, capacityMillis: 0n }
    expect(await chain.refusal("ann", { address, abi }, "release", [0, signals])).toBe(`NotController(${account("ann")})`)
  }
})

test("terms that make no sense are refused", async ({ chain }) => {
  const { decayEmission, burnAndMintEmission, halvingEmission, netEmissionsCap, baselineEmission } = artifacts
  const controller = account("controller")
  const over = RAY + 1n
  expect(await chain.refusalToDeploy(decayEmission, [TOKEN, over, 1n])).toBe(`GrowingEmission(${over})`)
  expect(await chain.refusalToDeploy(decayEmission, [TOKEN, RAY, 0n])).toBe("ZeroStep()")
  expect(await chain.refusalToDeploy(burnAndMintEmission, [TOKEN, RAY, 1n, 10_001n])).toBe("BpsTooLarge(10001)")
  expect(await chain.refusalToDeploy(halvingEmission, [TOKEN, 0n, 1n, 1n])).toBe("ZeroUnit()")
  expect(await chain.refusalToDeploy(halvingEmission, [TOKEN, 1n, 1n, 0n])).toBe("ZeroHalving()")
  expect(await chain.refusalToDeploy(netEmissionsCap, [TOKEN, 0n, 1n])).toBe("ZeroHalving()")
  expect(await chain.refusalToDeploy(baselineEmission, [controller, 1n, 1n, over, 1n, RAY])).toBe(`GrowingEmission(${over})`)
  expect(await chain.refusalToDeploy(baselineEmission, [controller, 1n, 1n, RAY, 0n, RAY])).toBe("ZeroBaseline()")
})
