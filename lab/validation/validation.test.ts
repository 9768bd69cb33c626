import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Effect } from "effect"
import { describe, expect, it, onTestFinished } from "vitest"
import { chainLedger } from "../../chain/chainLedger.ts"
import { memoryLedger } from "../../sim/testing/memoryLedger.ts"
import { validate } from "../validate.ts"
import { openCases } from "./index.ts"
import { finding } from "./referenceCase.ts"

const services = { ledger: chainLedger }
const measure = (id: string, settings: Readonly<Record<string, string>> = {}) => Effect.runPromise(validate([id], settings, services))

describe("reference cases, on the chain", () => {
  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ["A1", {}],
    ["A1", { amountIn: "7", reserveIn: "123456789", reserveOut: "987654321987" }],
    ["A1", { amountIn: "1", reserveIn: "668500377", reserveOut: "572120294" }],
    ["A1", { amountIn: "900000000000000000000000", reserveIn: "20000", reserveOut: "30000" }],
    ["A2", {}],
    ["A2", { trueRatio0: "3", trueRatio1: "7", reserve0: "5000000", reserve1: "900000000000" }],
    ["A2", { trueRatio0: "100", trueRatio1: "10001" }],
    ["A3", {}],
    ["A5", {}],
    ["A5", { priceRatio: "0.3", low: "0.5", high: "3" }],
    ["A5", { priceRatio: "1.9", low: "0.9", high: "1.2" }],
    ["A6", {}],
    ["A6", { sigmaPerDay: "0.08", feePips: "1234", blocksPerDay: "12", days: "10" }],
    ["A8", {}],
    ["A8", { amountIn: "1000000000000000000", secondReserve0: "2500000000000000000000" }],
    ["A8", { amountIn: "77000000000000000001", firstReserve1: "1234567890000000000007", secondReserve1: "2999000000000000000001" }],
    ["A9", {}],
    [
      "A9",
      { firstMint: "77", firstYield: "123456789", secondDeposit: "1000000007", secondMint: "31", withdrawal: "5", decimalsOffset: "3" },
    ],
    ["A9", { firstMint: "1", firstDeposit: "1", firstYield: "1000000000000000000", secondMint: "2", withdrawal: "1" }],
    ["L1", {}],
    ["L1", { baseFeeWei: "7", gasLimit: "30000000", gasUsed: "15000001" }],
    ["L1", { baseFeeWei: "12345678901", gasLimit: "12345679", gasUsed: "21000" }],
    ["L2", {}],
    ["L2", { zeros: "1234", others: "777", fastLzBytes: "171", gasUsed: "98765", l1GasPriceWei: "31234567891", l1FactorPpb: "40000000" }],
    [
      "L2",
      {
        fastLzBytes: "0",
        baseFeeWei: "7",
        blobBaseFeeWei: "1",
        baseFeeScalar: "5227",
        blobBaseFeeScalar: "1014213",
        netProfitPpb: "1200000000",
      },
    ],
    ["L3", {}],
    ["L3", { factor: "3", numerator: "10000000", denominator: "3338477" }],
    ["L3", { factor: "1000000007", numerator: "1", denominator: "1000000" }],
    ["O2", {}],
    ["O2", { checkShare: "0.3", chunks: "16", costUsd: "2.5", rewardUsd: "3", slashUsd: "40", epochs: "4" }],
    ["T1", {}],
    ["T1", { velocity: "0.9", epochs: "7.5", supply: "10" }],
    ["T1", { mintPerEpoch: "0", demandUsdPerEpoch: "333", epochs: "0" }],
    ["T4", {}],
    ["T4", { halvings: "0", curveYears: "0", heliumPeriods: "0" }],
    ["T4", { halvings: "5", curveYears: "11", heliumPeriods: "7" }],
    ["A8", {}],
    ["A8", { amountIn: "7000000000000000000", secondReserve1: "3300000000000000000000" }],
    ["L1", {}],
    ["L1", { baseFeeWei: "7", gasUsed: "21001", gasLimit: "30000000" }],
    ["L3", {}],
    ["L3", { factor: "7", numerator: "31", denominator: "9" }],
    ["T1", {}],
    ["T4", {}],
    ["O1", { wrongShare: "0.4", rounds: "1500" }],
    ["O1", { nodes: "6", faulty: "1", wrongShare: "0.5", targetFactor: "0.5", rounds: "1200" }],
    ["O1", { nodes: "4", faulty: "1", wrongShare: "0.4", isForwarder: "1", rounds: "800" }],
    ["M2", {}],
    ["M1", {}],
    ["M1", { a: "3", b: "0.05", levels: "6" }],
    ["M1", { noise: "2", seeds: "4", rows: "1024" }],
    ["M4", {}],
    ["Q1", {}],
    ["Q1", { gpus: "3", load: "4.5", ticks: "40", seeds: "12" }],
    ["Q2", {}],
    ["Q2", { gpus: "2", load: "1.1", ticks: "600", seeds: "16" }],
    ["Q3", {}],
    ["Q3", { providers: "300", load: "0.7", choices: "3", ticks: "2", seeds: "6" }],
    ["Q4", {}],
    ["Q4", { bidders: "3", sellers: "7", units: "5", rounds: "3000" }],
    ["M4", { holders: "20", meanUnits: "2", transfers: "4000", equalStart: "1", seeds: "60" }],
  ])(
    "%s %j",
    async (id, settings) => {
      const findings = await measure(id, settings)
      expect(findings.length).toBeGreaterThan(0)
      expect(findings.filter(({ pass }) => !pass)).toEqual([])
    },
    120_000,
  )
})

describe("a reference case", () => {
  it("fails where the number is another one", () => {
    const head = { id: "X", point: "", quantity: "q", unit: "u", precision: 0 }
    expect(finding(head, 5n, 5n).pass).toBe(true)
    expect(finding(head, 5n, 6n).pass).toBe(false)
    expect(finding(head, "a", "b").pass).toBe(false)
    expect(finding({ ...head, precision: 1e-6 }, 1, 1 + 1e-7).pass).toBe(true)
    expect(finding({ ...head, precision: 1e-6 }, 1, 1 + 1e-5).pass).toBe(false)
    expect(finding({ ...head, precision: 0.02 }, 1, { mean: 1.05, standardError: 0.01 }).pass).toBe(false)
    expect(finding({ ...head, precision: 0.02 }, 1, { mean: 1.05, standardError: 0.05 }).pass).toBe(false)
    expect(finding({ ...head, precision: 0.02 }, 1, { mean: 1.02, standardError: 0.01 }).pass).toBe(true)
  })

  it("gives the in-process twin's answer too", async () => {
    const twin = await Effect.runPromise(validate(["A2"], {}, { ledger: memoryLedger }))
    expect(twin).toEqual(await measure("A2"))
  })

  it.each([
    [["A2"], { price: "3" }, /has no parameter price.*trueRatio0/],
    [["A2"], { reserve0: "-1" }, /reserve0=-1 is not a number/],
    [["ZZ"], {}, /no case ZZ.*A1/],
    [["G1"], {}, /not measured yet/],
    [["A1", "A2"], { amountIn: "1" }, /name it/],
    [["L1"], { gasUsed: "20999" }, /no block uses 20999 gas/],
    [["L1"], { gasUsed: "30000000" }, /more than gasLimit/],
    [["A6"], { blocksPerDay: "5" }, /none of 3, 4, 6/],
    [["L3"], { numerator: "1001" }, /exponent 1001 \/ 1 is above 1000/],
  ])("refuses %j %j", async (ids, settings, message) => {
    await expect(Effect.runPromise(validate(ids, settings, services))).rejects.toThrow(message)
  })

  it("of Uniswap v3 swaps fails by exactly the numbers that a file gets wrong", async () => {
    const file = fileURLToPath(new URL("data/uniswap-v3-swaps.json", import.meta.url))
    const { vectors, ...head } = JSON.parse(readFileSync(file, "utf8"))
    const [first, , , , refused] = vectors
    const wrong = [
      { ...first, expected: { ...first.expected, amount1Delta: "828841545518949575" } },
      { ...first, expected: { ...first.expected, feeGrowthGlobal1X128Delta: "0", tickAfter: 6930 } },
      { ...refused, expected: { ...refused.expected, swapError: "VM Exception while processing transaction: revert AS" } },
      { ...refused, expected: first.expected },
    ]
    const folder = mkdtempSync(join(tmpdir(), "depinlab-vectors-"))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const path = join(folder, "vectors.json")
    writeFileSync(path, JSON.stringify({ ...head, vectors: wrong }))
    const findings = await Effect.runPromise(validate(["A3"], {}, { ...services, vectors: path }))
    expect(findings.filter(({ pass }) => !pass).map(({ quantity }) => quantity)).toEqual([
      "amount1",
      "tick",
      "feeGrowth1",
      "outcome",
      "outcome",
    ])

    writeFileSync(path, JSON.stringify({ ...head, vectors: [{ ...first, expected: { amount0Delta: "much" } }] }))
    await expect(Effect.runPromise(validate(["A3"], {}, { ...services, vectors: path }))).rejects.toThrow(/vectors\[0\]\.expected/)
  })

  it("is open or measured, never both", async () => {
    for (const id of Object.keys(openCases)) await expect(measure(id)).rejects.toThrow(/not measured yet/)
  })
})
