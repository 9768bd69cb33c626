import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { namedStreams } from "../actor.ts"
import type { Deployed, Proven } from "./deviceClass.ts"
import { energyMeter } from "./energyMeter.ts"
import { cellName, hotspot, neighbours } from "./hotspot.ts"
import { storageNode } from "./storageNode.ts"

const epochHours = 24
const one = (provider: string, changes: Partial<Deployed> = {}): Deployed => {
  const place = changes.place
  const onHours = changes.onHours ?? epochHours
  return { provider, onHours, claimableHours: onHours, place, claimedPlace: place, ...changes }
}
const rngOf = (seed = "1") => namedStreams(seed, "devices")
const total = (proven: ReadonlyMap<string, Proven>, ids: ReadonlyArray<string> = [...proven.keys()]) =>
  ids.reduce((sum, id) => sum + proven.get(id)!.seenHours, 0)
const run = (property: fc.IProperty<any>) => fc.assert(property, { numRuns: 100, seed: 7 })
const hours = fc.double({ min: 0, max: epochHours, noNaN: true })

describe("a storage node", () => {
  const prove = (deployed: ReadonlyArray<Deployed>, samples: number, lateShare = 0, seed?: string) =>
    storageNode.prove({ samples, lateShare }, deployed, epochHours, rngOf(seed))

  it("that keeps all and answers in time is seen in full, and one that is not asked is believed", () => {
    expect(prove([one("a")], 24).get("a")).toEqual({ scale: 1, dueHours: 24, seenHours: 24 })
    expect(prove([one("a", { onHours: 12, claimableHours: 24 })], 0).get("a")).toEqual({ scale: 1, dueHours: 12, seenHours: 24 })
  })

  it("is seen for the share that it keeps, and misses at least one of n samples with chance 1 - (1 - f)^n", () => {
    const [runs, samples, missing] = [4_000, 5, 0.3]
    const many = Array.from({ length: runs }, (_, index) => one(`n${index}`, { onHours: 24 * (1 - missing), claimableHours: 24 }))
    const proven = prove(many, samples)
    const errorOf = (share: number) => 4 * Math.sqrt((share * (1 - share)) / runs)
    expect(Math.abs(total(proven) / (24 * runs) - (1 - missing))).toBeLessThan(errorOf(missing))
    const found = 1 - (1 - missing) ** samples
    const misses = [...proven.values()].filter(({ seenHours }) => seenHours < 24).length / runs
    expect(Math.abs(misses - found)).toBeLessThan(errorOf(found))
  })

  it("pays for late answers as for lost sectors", () => {
    const proven = prove(
      Array.from({ length: 2_000 }, (_, index) => one(`n${index}`)),
      10,
      0.1,
    )
    expect(total(proven) / (24 * 2_000)).toBeCloseTo(0.9, 2)
  })
})

describe("a hotspot", () => {
  const rules = { cellsPerSide: 8, fullPerCell: 2, witnesses: 1 }
  const at = (id: string, cell: number, claimed = cell, changes: Partial<Deployed> = {}) =>
    one(id, { place: cellName(cell), claimedPlace: cellName(claimed), ...changes })
  const prove = (deployed: ReadonlyArray<Deployed>, changes: Partial<typeof rules> = {}) =>
    hotspot.prove({ ...rules, ...changes }, deployed, epochHours, rngOf())
  const fleet = fc.array(fc.tuple(fc.nat(63), hours), { maxLength: 40 })

  it("has neighbours on the map that have it as a neighbour", () => {
    expect([neighbours(0, 8), neighbours(9, 8).length, neighbours(63, 8), neighbours(0, 1)]).toEqual([[1, 8, 9], 8, [54, 55, 62], []])
    for (let cell = 0; cell < 64; cell++) for (const other of neighbours(cell, 8)) expect(neighbours(other, 8)).toContain(cell)
  })

  it("counts in full in a thin cell, and shares a crowded one", () => {
    const crowd = [at("w", 1), ...["a", "b", "c", "d"].map((id) => at(id, 0))]
    expect(prove(crowd).get("a")).toEqual({ scale: 0.5, dueHours: 12, seenHours: 12 })
    expect(prove(crowd).get("w")).toEqual({ scale: 1, dueHours: 24, seenHours: 24 })
  })

  it("never earns its cell more than what so many count for, whatever is claimed there", () => {
    run(
      fc.property(fleet, fc.nat(3), (sites, witnesses) => {
        const deployed = sites.map(([cell, onHours], index) => at(`h${index}`, cell % 3, cell % 3, { onHours, claimableHours: onHours }))
        const proven = prove(deployed, { witnesses })
        for (const cell of [0, 1, 2])
          expect(
            total(
              proven,
              deployed.filter(({ place }) => place === cellName(cell)).map(({ provider }) => provider),
            ),
          ).toBeLessThanOrEqual(2 * epochHours + 1e-6)
      }),
    )
  })

  it("that nobody beside it hears counts for nothing, and is believed only where nobody need hear it", () => {
    expect(prove([at("a", 0), at("b", 0), at("c", 63)]).get("a")).toEqual({ scale: 1, dueHours: 0, seenHours: 0 })
    expect(prove([at("a", 0)], { witnesses: 0 }).get("a")).toEqual({ scale: 1, dueHours: 24, seenHours: 24 })
  })

  it("that says it is far from where it stands is not seen, whoever is honest around it", () => {
    run(
      fc.property(fleet, fc.nat(2), (sites, corner) => {
        const honest = sites.map(([cell, onHours], index) => at(`h${index}`, cell, cell, { onHours, claimableHours: onHours }))
        const proven = prove([at("spoof", 27, [7, 56, 63][corner]!), ...honest])
        expect(proven.get("spoof")!.seenHours).toBe(0)
      }),
    )
    // A ring that stands apart and agrees where to claim hears itself: the limit of this proof.
    const ring = prove([at("x", 27, 63), at("y", 28, 62)])
    expect([ring.get("x")!.seenHours, ring.get("x")!.dueHours]).toEqual([24, 0])
  })

  it("would count for a newcomer what it then does", () => {
    run(
      fc.property(fleet, fc.nat(63), (sites, cell) => {
        const deployed = sites.map(([place, onHours], index) => at(`h${index}`, place, place, { onHours, claimableHours: onHours }))
        const expected = hotspot.newcomerScales!(rules, deployed, epochHours).get(cellName(cell))!
        expect(prove([...deployed, at("new", cell)]).get("new")!.dueHours / epochHours).toBeCloseTo(expected, 12)
      }),
    )
  })
})

describe("an energy meter", () => {
  const prove = (deployed: ReadonlyArray<Deployed>, unmeteredShare: number, totalErrorShare = 0) =>
    energyMeter.prove({ feeders: 3, unmeteredShare, totalErrorShare }, deployed, epochHours, rngOf())
  const fleet = fc.array(fc.tuple(fc.nat(2), hours, hours), { minLength: 1, maxLength: 30 })
  const deploy = (meters: ReadonlyArray<readonly [number, number, number]>) =>
    meters.map(([feeder, onHours, invented], index) =>
      one(`m${index}`, { onHours, claimableHours: onHours + invented, place: `feeder-${feeder}`, claimedPlace: `feeder-${feeder}` }),
    )

  it("and those beside it are believed for no more than their feeder delivered, and for what they claim where there is room", () => {
    run(
      fc.property(fleet, fc.double({ min: 0, max: 0.9, noNaN: true }), (meters, unmetered) => {
        const deployed = deploy(meters)
        const proven = prove(deployed, unmetered)
        for (const feeder of [0, 1, 2]) {
          const own = deployed.filter(({ place }) => place === `feeder-${feeder}`)
          const delivered = own.reduce((sum, { onHours }) => sum + onHours, 0) / (1 - unmetered)
          const claimed = own.reduce((sum, { claimableHours }) => sum + claimableHours, 0)
          expect(
            total(
              proven,
              own.map(({ provider }) => provider),
            ),
          ).toBeCloseTo(Math.min(delivered, claimed), 6)
        }
      }),
    )
  })

  it("shares the doubt about what others invent on its feeder, and none of another's", () => {
    const proven = prove(
      [
        one("honest", { place: "feeder-0" }),
        one("inventor", { place: "feeder-0", onHours: 24, claimableHours: 48 }),
        one("far", { place: "feeder-1" }),
      ],
      0,
    )
    expect([...proven].map(([id, { dueHours, seenHours }]) => [id, dueHours, Math.round(seenHours)])).toEqual([
      ["honest", 24, 16],
      ["inventor", 24, 32],
      ["far", 24, 24],
    ])
  })

  it("is doubted by the error of the feeder's own meter, too", () => {
    const proven = prove(deploy(Array.from({ length: 20 }, () => [0, 24, 0] as const)), 0, 0.05)
    const shares = new Set([...proven.values()].map(({ seenHours }) => seenHours / 24))
    expect(shares.size).toBe(1)
    expect([...shares][0]).toBeGreaterThan(0.7)
  })
})
