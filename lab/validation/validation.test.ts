import { Effect } from "effect"
import { describe, expect, it } from "vitest"
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
    ["A1", { amountIn: "900000000000000000000000", reserveIn: "20000", reserveOut: "30000" }],
    ["A2", {}],
    ["A2", { trueRatio0: "3", trueRatio1: "7", reserve0: "5000000", reserve1: "900000000000" }],
    ["A2", { trueRatio0: "100", trueRatio1: "10001" }],
    ["A3", {}],
    ["A5", {}],
    ["A5", { priceRatio: "0.3", low: "0.5", high: "3" }],
    ["A5", { priceRatio: "1.9", low: "0.9", high: "1.2" }],
    ["M4", {}],
    ["M4", { holders: "20", meanUnits: "2", transfers: "4000", equalStart: "1", seeds: "60" }],
  ])("%s %j", async (id, settings) => {
    const findings = await measure(id, settings)
    expect(findings.length).toBeGreaterThan(0)
    expect(findings.filter(({ pass }) => !pass)).toEqual([])
  })
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
    [["A6"], {}, /not measured yet/],
    [["A1", "A2"], { amountIn: "1" }, /name it/],
  ])("refuses %j %j", async (ids, settings, message) => {
    await expect(Effect.runPromise(validate(ids, settings, services))).rejects.toThrow(message)
  })

  it("is open or measured, never both", async () => {
    for (const id of Object.keys(openCases)) await expect(measure(id)).rejects.toThrow(/not measured yet/)
  })
})
