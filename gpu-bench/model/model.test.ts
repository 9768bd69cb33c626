import { readFileSync } from "node:fs"
import { Schema } from "effect"
import fc from "fast-check"
import { expect, it } from "vitest"
import type { JobKind } from "../../sim/jobs/kinds/index.ts"
import { Profiles, rateOf as profileRateOf } from "../../sim/profile.ts"
import { median } from "../../sim/stats/quantile.ts"
import { readAnchors } from "../anchor.ts"
import { datasheets } from "../datasheet.ts"
import { readWorkloads } from "../workload.ts"
import { rateOf } from "./applicationModel.ts"
import { calibrateGpus } from "./calibration.ts"
import { cardOf } from "./card.ts"
import { fit } from "./fit.ts"
import { goldenSection } from "./goldenSection.ts"
import { errorOf } from "./holdOut.ts"
import { referencesOf, split } from "./split.ts"

const shipped = Schema.decodeUnknownSync(Profiles)(JSON.parse(readFileSync("gpu-bench/profiles.json", "utf8")))
const [workloads, anchors] = [readWorkloads(), readAnchors()]
const cards = new Map(datasheets.map((sheet) => [sheet.id, cardOf(sheet)]))
const { predicted, profiles } = calibrateGpus(shipped)

it("every figure is of a known workload on a known card, once", () => {
  for (const { workload, device } of anchors) expect([workloads.has(workload), cards.has(device)]).toEqual([true, true])
  expect(new Set(anchors.map(({ id }) => id)).size).toBe(anchors.length)
})

it("half of the figures is held out of the fit, by a rule that looks at no value", () => {
  const { fitted, heldOut } = split(anchors, workloads)
  const references = referencesOf(anchors, workloads)
  expect(fitted.length + heldOut.length + references.size).toBe(anchors.length)
  expect(Math.abs(fitted.length - heldOut.length)).toBeLessThanOrEqual(new Set([...workloads.values()].map(({ kind }) => kind)).size)
  expect(
    split(
      anchors.map((one) => ({ ...one, value: 1 })),
      workloads,
    ).heldOut.map(({ id }) => id),
  ).toEqual(heldOut.map(({ id }) => id))
})

it("finds the efficiencies and the cost of a launch that made the figures", () => {
  const truth = { efficiency: { inference: 0.7, prefill: 0.3, training: 0.42, science: 0.2 }, cyclesPerLaunch: 9_000 }
  const made = anchors.map((one) => ({ ...one, value: rateOf(workloads.get(one.workload)!, cards.get(one.device)!, truth) }))
  const found = fit(made, workloads, cards)
  expect(found.cyclesPerLaunch).toBeCloseTo(9_000, 0)
  for (const [kind, efficiency] of Object.entries(truth.efficiency)) expect(found.efficiency[kind]).toBeCloseTo(efficiency, 3)
})

/** Prefill is not among the kinds of jobs: one framework's kernels, and no model of hardware tells how good they are. */
it("on figures that it has not seen it is nearer than the ratio of datasheets", () => {
  const unseen = predicted.filter(({ isHeldOut, kind }) => isHeldOut && kind !== "prefill")
  const ours = unseen.map((one) => errorOf(one.ours, one.anchor))
  const rivals = unseen.filter(({ naive }) => naive !== undefined)
  expect(median(ours)).toBeLessThan(0.12)
  expect(Math.max(...ours)).toBeLessThan(0.5)
  expect(median(rivals.map((one) => errorOf(one.ours, one.anchor)))).toBeLessThan(
    median(rivals.map((one) => errorOf(one.naive!, one.anchor))),
  )
})

it("the shipped rates and energies are what the public figures give", () => {
  expect(profiles).toEqual(shipped)
})

it("faster hardware is never slower", () => {
  const id = fc.constantFrom(...workloads.keys())
  const sheet = fc.constantFrom(...datasheets)
  const factor = fc.double({ min: 1, max: 10, noNaN: true })
  const found = { efficiency: {}, cyclesPerLaunch: 5_000 }
  fc.assert(
    fc.property(id, sheet, factor, factor, factor, (workload, card, compute, memory, clock) => {
      const better = {
        ...card,
        bf16Tflops: card.bf16Tflops * compute,
        fp32Tflops: card.fp32Tflops * compute,
        memoryGbPerSecond: card.memoryGbPerSecond * memory,
        boostGhz: card.boostGhz * clock,
      }
      const rate = (one: typeof card) => rateOf(workloads.get(workload)!, cardOf(one), found)
      return rate(better) >= rate(card)
    }),
  )
})

it("the least of a valley is found to a millionth", () => {
  expect(goldenSection((x) => (x - 0.3) * (x - 0.3), -5, 12)).toBeCloseTo(0.3, 4)
  expect(goldenSection((x) => x, 2, 3)).toBeCloseTo(2, 5)
})

it("a measured class is said to be measured, and its rate follows its kernels", () => {
  const reached = new Map([["h200", { bytesPerSecond: 4e12, secondsPerLaunch: 2e-6 }]])
  const faster = new Map([["h200", { bytesPerSecond: 4.4e12, secondsPerLaunch: 2e-6 }]])
  const inference = (of: typeof reached) =>
    calibrateGpus(shipped, of).profiles.profiles.find(({ id }) => id === "h200")!.workHoursPerGpuHour.inference!
  expect(inference(reached).provenance).toBe("measured")
  expect(inference(faster).value).toBeGreaterThan(inference(reached).value)
})

it("a kind whose kernel is missing from a result is not said to be measured", () => {
  const reached = new Map([["h200", { bytesPerSecond: 4e12, secondsPerLaunch: 2e-6 }]])
  const { training, science } = calibrateGpus(shipped, reached).profiles.profiles.find(({ id }) => id === "h200")!.workHoursPerGpuHour
  expect([training!.provenance, science!.provenance]).toEqual(["scaled", "public"])
})

it("where no energy was measured, that of a work hour is an hour at load over the rate, at both ends of its spread, and says so", () => {
  for (const profile of shipped.profiles) {
    const kinds = Object.keys(profile.workHoursPerGpuHour) as ReadonlyArray<JobKind>
    expect(Object.keys(profile.joulesPerWorkHour!)).toEqual(kinds)
    for (const kind of kinds) {
      const [rate, energy] = [profile.workHoursPerGpuHour[kind]!, profile.joulesPerWorkHour![kind]!]
      const perHour = profile.loadWatts.value * 3_600
      // Three digits are kept.
      expect((energy.value * profileRateOf(profile, kind)!) / perHour).toBeCloseTo(1, 2)
      for (const [end, opposite] of [
        [energy.low, rate.high],
        [energy.high, rate.low],
      ])
        expect(end && (end * opposite!) / perHour).toEqual(opposite && expect.closeTo(1, 2))
      expect(energy.source).toMatch(/^no energy was measured/)
      expect(energy.provenance).not.toBe("measured")
    }
  }
})

it("measured energy is that of the kernel that binds the work, with the host's share; the rest of a class stays as it was", () => {
  const of = (id: string, reached: Parameters<typeof calibrateGpus>[1]) =>
    calibrateGpus(shipped, reached).profiles.profiles.find((one) => one.id === id)!
  const h100 = of("h100", new Map([["h100", { watts: { memory: 500, int32: 650 } }]]))
  // 843 W at load with a board of 700 W: 143 W of host.
  for (const [kind, watts] of [
    ["inference", 643],
    ["science", 793],
  ] as const) {
    const { value, provenance } = h100.joulesPerWorkHour![kind]!
    expect((value * h100.workHoursPerGpuHour[kind]!.value) / (watts * 3_600)).toBeCloseTo(1, 2)
    expect(provenance).toBe("measured")
  }
  expect(h100.joulesPerWorkHour!.training!.source).toMatch(/^no energy was measured/)
  // No kernel stands for a session.
  const gaming = (reached: Parameters<typeof calibrateGpus>[1]) => of("l40s", reached).joulesPerWorkHour!.gaming
  expect(gaming(new Map([["l40s", { watts: { bf16: 250, fp32: 250, int32: 250, memory: 250 } }]]))).toEqual(gaming(new Map()))
  for (const { id, loadWatts } of shipped.profiles)
    expect(datasheets.find((sheet) => sheet.id === id)!.boardWatts).toBeLessThan(loadWatts.value)
})
