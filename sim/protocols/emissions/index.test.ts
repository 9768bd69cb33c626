import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { FormulaInvalid } from "../../formula.ts"
import { pow } from "../../maths.ts"
import { fromWei, WEI_PER_TOKEN } from "../../units.ts"
import type { Signals } from "../emission.ts"
import { type EmissionKind, emissionTerms, firstEmissionTokens, openEmission, type Params, scaledEmission } from "./index.ts"

/** Twenty years of days. */
const epochs = 7_300
const supplyWei = 12_000_000n * WEI_PER_TOKEN
const silence: Signals = { supplyWei, burnedWei: 0n, bondedWei: 0n, verifiedMillis: 0n, capacityMillis: 0n }

const amounts = (params: Params, count = epochs, signals: (epoch: number) => Partial<Signals> = () => ({})): ReadonlyArray<bigint> => {
  let emission = openEmission(emissionTerms(params, count))
  return Array.from({ length: count }, (_, epoch) => {
    const { amountWei, next } = emission.release(epoch, { ...silence, ...signals(epoch) })
    emission = next
    return amountWei
  })
}
const sum = (list: ReadonlyArray<bigint>) => list.reduce((total, amount) => total + amount, 0n)
const tokens = (list: ReadonlyArray<bigint>) => fromWei(sum(list))

test("decay in steps stands still for a step and then falls by all of its epochs", () => {
  const list = amounts({ kind: "decay", tokensPerEpoch: 1_000, decayBpsPerEpoch: 100, stepEpochs: 10 }, 25)
  expect(new Set(list.slice(0, 10)).size).toBe(1)
  expect(fromWei(list[10]!)).toBeCloseTo(1_000 * pow(0.99, 10), 9)
  expect(fromWei(list[24]!)).toBeCloseTo(1_000 * pow(0.99, 20), 9)
})

test("halving pays Bitcoin's blocks one by one, also in the epoch that straddles a halving", () => {
  const params = { kind: "halving", tokensPerBlock: 50, halvingBlocks: 210_000, blocksPerEpoch: 144, decimals: 8 } as const
  const list = amounts(params)
  const satoshiWei = WEI_PER_TOKEN / 10n ** 8n
  const blocks = (from: number, to: number) => {
    let units = 0n
    for (let height = from; height < to; height++) units += 5_000_000_000n >> BigInt(Math.floor(height / 210_000))
    return units * satoshiWei
  }
  for (const epoch of [0, 1_457, 1_458, 1_459, 2_916, 7_299]) expect(list[epoch]).toBe(blocks(epoch * 144, (epoch + 1) * 144))
  expect(sum(list)).toBe(blocks(0, epochs * 144))
})

test("net emissions give back what was burned up to the cap, which does not halve", () => {
  const params = { kind: "netEmissionsCap", tokensPerEpoch: 100, halvingEpochs: 2, capTokensPerEpoch: 3 } as const
  const burned = [0n, 2n, 3n, 4n, 1_000n, 0n]
  const list = amounts(params, 6, (epoch) => ({ burnedWei: burned[epoch]! * WEI_PER_TOKEN }))
  expect(list.map(fromWei)).toEqual([100, 102, 53, 53, 28, 25])
})

test("burn and mint does not ask what was burned, unless it is to give a share back", () => {
  const schedule = { kind: "burnAndMint", tokensPerEpoch: 100, decayBpsPerEpoch: 0, stepEpochs: 1 } as const
  const burning = () => ({ burnedWei: 40n * WEI_PER_TOKEN })
  expect(amounts({ ...schedule, remintShare: 0 }, 2, burning).map(fromWei)).toEqual([100, 100])
  expect(amounts({ ...schedule, remintShare: 0.25 }, 2, burning).map(fromWei)).toEqual([110, 110])
})

describe("bondingTarget", () => {
  const params = {
    kind: "bondingTarget",
    inflationPpb: 1_000,
    changePpb: 400,
    targetBondedShare: 0.5,
    floorPpb: 0,
    ceilingPpb: 1_900,
  } as const
  const bonded = (share: number) => ({ bondedWei: (supplyWei * BigInt(share * 100)) / 100n })
  const inflation = (share: number, count: number) =>
    amounts(params, count, () => bonded(share)).map((wei) => (wei * 10n ** 9n) / supplyWei)

  test("climbs to its ceiling while too little is bonded", () => {
    expect(inflation(0.49, 4)).toEqual([1_400n, 1_800n, 1_900n, 1_900n])
  })
  test("falls to its floor while too much is", () => {
    expect(inflation(0.51, 4)).toEqual([600n, 200n, 0n, 0n])
  })
  test("stays where it is on target", () => {
    expect(inflation(0.5, 2)).toEqual([1_000n, 1_000n])
  })
})

describe("utilisationPid", () => {
  const params = {
    kind: "utilisationPid",
    tokensPerEpoch: 1_000,
    targetShare: 0.5,
    proportional: 2,
    integral: 0,
    derivative: 0,
    minTokensPerEpoch: 100,
    maxTokensPerEpoch: 3_000,
    workHoursPerGpuHour: 2,
  } as const
  const at = (share: number) => ({ capacityMillis: 1_000_000n, verifiedMillis: BigInt(Math.round(share * 2_000_000)) })
  const path = (changes: Partial<typeof params | Params>, shares: ReadonlyArray<number>) =>
    amounts({ ...params, ...changes } as Params, shares.length, (epoch) => at(shares[epoch]!)).map(fromWei)

  test("pays the base on target, more above and less below", () => {
    expect(path({}, [0.5, 0.6, 0.4])).toEqual([1_000, 1_200, 800])
  })
  test("keeps its bounds", () => {
    expect(path({ proportional: 50 }, [1, 0])).toEqual([3_000, 100])
  })
  test("adds up errors, but not while it is at a bound", () => {
    expect(path({ proportional: 0, integral: 1 }, [0.6, 0.6, 0.5])).toEqual([1_100, 1_200, 1_200])
    expect(path({ proportional: 0, integral: 10 }, [1, 1, 1, 0.4])).toEqual([3_000, 3_000, 3_000, 100])
  })
  test("answers to change, but not in its first epoch", () => {
    expect(path({ proportional: 0, derivative: 1 }, [0.9, 0.9, 0.7, 0.8])).toEqual([1_000, 1_000, 800, 1_100])
  })
  test("sees no error where there is no capacity", () => {
    expect(amounts(params, 2, () => ({ verifiedMillis: 5n })).map(fromWei)).toEqual([1_000, 1_000])
  })
})

describe("baseline", () => {
  const params = {
    kind: "baseline",
    simpleTokens: 330e6,
    baselineTokens: 770e6,
    halfLifeEpochs: 2_190,
    baselineWorkHours: 1_000,
    doublingEpochs: 365,
  } as const
  const simpleAlone = tokens(amounts(params))
  const hours = (epoch: number) => BigInt(Math.floor(1_000_000 * pow(2, epoch / 365)))

  test("without work mints the simple share alone, half of it in a half-life", () => {
    expect(tokens(amounts(params, 2_190))).toBeCloseTo(165e6, 3)
    expect(simpleAlone).toBeCloseTo(330e6 * (1 - pow(0.5, epochs / 2_190)), 3)
  })
  test("with work at the baseline mints the baseline share at full speed too", () => {
    const list = amounts(params, 2_190, (epoch) => ({ verifiedMillis: hours(epoch) + 1_000n }))
    expect(tokens(list)).toBeCloseTo(165e6 + 385e6, 0)
  })
  test("with constant work runs on network time: ln(1 + g R t / b) / g", () => {
    const work = 500_000
    const growth = Math.LN2 / 365
    const time = Math.log(1 + (growth * work * 3_650) / 1_000_000) / growth
    const minted = tokens(amounts(params, 3_650, () => ({ verifiedMillis: BigInt(work) }))) - tokens(amounts(params, 3_650))
    expect(minted / (770e6 * (1 - pow(0.5, time / 2_190)))).toBeCloseTo(1, 2)
  })
  test("mints later what a weak start left, and never more than all", () => {
    const late = amounts(params, epochs, (epoch) => ({ verifiedMillis: epoch < 1_000 ? 0n : hours(epoch) }))
    expect(tokens(late.slice(0, 1_000))).toBeCloseTo(tokens(amounts(params, 1_000)), 6)
    expect(tokens(late)).toBeGreaterThan(simpleAlone + 0.8 * 770e6 * (1 - pow(0.5, epochs / 2_190)))
  })
  test("never takes back, and adds up to no more than its shares, whatever is verified", () => {
    const work = fc.oneof(fc.constantFrom(0n, 1n), fc.bigInt(0n, 10n ** 8n))
    fc.assert(
      fc.property(fc.array(work, { minLength: 60, maxLength: 60 }), (verified) => {
        const quick = { ...params, halfLifeEpochs: 7, doublingEpochs: 120 }
        const list = amounts(quick, 60, (epoch) => ({ verifiedMillis: verified[epoch]! }))
        expect(list.every((amount) => amount >= 0n)).toBe(true)
        expect(sum(list) <= 1_100_000_000n * WEI_PER_TOKEN).toBe(true)
      }),
      { seed: 20_261_123 },
    )
  })
})

describe("formula and table", () => {
  test("a formula is the table of its values", () => {
    const text = "4000 * 0.5 ^ (epoch / 365)"
    const list = Array.from({ length: epochs }, (_, epoch) => 4_000 * pow(0.5, epoch / 365))
    expect(amounts({ kind: "formula", tokensPerEpoch: text })).toEqual(amounts({ kind: "table", tokensPerEpoch: list }))
  })
  test("a table ends", () => {
    expect(amounts({ kind: "table", tokensPerEpoch: [3, 2.5] }, 4).map(fromWei)).toEqual([3, 2.5, 0, 0])
  })
  test.each([
    ["100 - epoch", /gives -1 in epoch 101/],
    ["1 / (epoch - 5)", /gives -0.2 in epoch 0/],
    ["1 / epoch", /gives Infinity in epoch 0/],
    ["0 / epoch", /gives NaN in epoch 0/],
    ["9 ^ 9 ^ 9 ^ 9", /gives Infinity in epoch 0/],
    ["2 ^ epoch", /gives 1073741824 in epoch 30/],
  ])("a formula that gives no amount is refused: %s", (text, message) => {
    const work = () => emissionTerms({ kind: "formula", tokensPerEpoch: text }, 300)
    expect(work).toThrow(FormulaInvalid)
    expect(work).toThrow(message)
  })
})

/** One setting of each kind, in which every parameter must matter. */
const settings: Readonly<Record<EmissionKind, Omit<Params, "kind">>> = {
  fixed: { tokensPerEpoch: 10 },
  decay: { tokensPerEpoch: 10, decayBpsPerEpoch: 50, stepEpochs: 1 },
  halving: { tokensPerBlock: 10, halvingBlocks: 30, blocksPerEpoch: 2, decimals: 3 },
  netEmissionsCap: { tokensPerEpoch: 10, halvingEpochs: 20, capTokensPerEpoch: 2 },
  baseline: { simpleTokens: 100, baselineTokens: 200, halfLifeEpochs: 40, baselineWorkHours: 5, doublingEpochs: 200 },
  burnAndMint: { tokensPerEpoch: 10, decayBpsPerEpoch: 50, stepEpochs: 1, remintShare: 0.1 },
  bondingTarget: { inflationPpb: 100, changePpb: 7, targetBondedShare: 0.4, floorPpb: 90, ceilingPpb: 120 },
  utilisationPid: {
    tokensPerEpoch: 10,
    targetShare: 0.4,
    proportional: 1,
    integral: 0.1,
    derivative: 0.2,
    minTokensPerEpoch: 8,
    maxTokensPerEpoch: 12,
    workHoursPerGpuHour: 1,
  },
  formula: { tokensPerEpoch: "10 + epoch" },
  table: { tokensPerEpoch: [1, 2, 3] },
}
/** A network that swings to both sides of every target. */
const swinging = (epoch: number): Partial<Signals> => ({
  burnedWei: BigInt(epoch % 6) * WEI_PER_TOKEN,
  bondedWei: (supplyWei * BigInt(20 + (epoch % 80))) / 100n,
  verifiedMillis: BigInt((epoch * 977) % 9_000),
  capacityMillis: 10_000n,
})

describe("every parameter of every kind moves something", () => {
  test.each(
    Object.entries(settings).flatMap(([kind, params]) => Object.keys(params).map((key) => [`${kind}.${key}`, kind, params, key] as const)),
  )("%s", (_, kind, params, key) => {
    const value: unknown = Reflect.get(params, key)
    const other = typeof value === "number" ? value * 1.25 : Array.isArray(value) ? value.map((one) => one * 2) : `2 * (${value})`
    const changed = typeof other === "number" && /Blocks$|Epochs$|^blocksPerEpoch$|^decimals$|Ppb$/.test(key) ? Math.ceil(other) : other
    const of = (one: object) => amounts({ kind, ...one } as Params, 120, swinging)
    expect(of({ ...params, [key]: changed })).not.toEqual(of(params))
  })
})

test("a scaled model emits as many times as much", () => {
  for (const kind of ["fixed", "decay", "halving", "burnAndMint", "baseline", "table"] as const) {
    const params = { kind, ...settings[kind] } as Params
    const ratio = tokens(amounts(scaledEmission(params, 3), 50)) / tokens(amounts(params, 50))
    expect(ratio).toBeCloseTo(3, 2)
  }
})

test("the first epoch can be told before the network runs", () => {
  expect(firstEmissionTokens({ kind: "decay", tokensPerEpoch: 4_000, decayBpsPerEpoch: 4, stepEpochs: 1 }, 1e6)).toBe(4_000)
  expect(firstEmissionTokens({ kind: "formula", tokensPerEpoch: "7 + epoch" }, 1e6)).toBe(7)
  expect(firstEmissionTokens({ kind: "bondingTarget", ...settings.bondingTarget } as Params, 1e6)).toBeCloseTo(0.107, 9)
})
