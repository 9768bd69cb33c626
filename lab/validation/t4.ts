import { Effect } from "effect"
import { type EmissionSchedule, emissionSchedules, supplyAfter } from "../../sim/protocols/emissionSchedule.ts"
import { integer, referenceCase } from "./referenceCase.ts"

/** The supplies of known networks after so many steps of their schedules. */
export const t4 = referenceCase({
  id: "T4",
  title: "Emission schedules of Bitcoin, Curve and Helium",
  source: "bitcoin/src/validation.cpp; curve-dao-contracts/ERC20CRV.vy; Helium HIP-20",
  parameters: {
    halvings: integer("halvings", "of Bitcoin's subsidy that are over", 33n, { max: 64n }),
    curveYears: integer("years", "since Curve's token began", 1n, { max: 200n }),
    heliumPeriods: integer("periods of two years", "since Helium began", 1n, { max: 64n }),
  },
  quantities: {
    bitcoin: { unit: "satoshi", precision: 0 },
    curve: { unit: "CRV", precision: 1e-9 },
    helium: { unit: "HNT", precision: 1e-9 },
  },
  published: [
    {
      at: { halvings: 33n, curveYears: 1n, heliumPeriods: 1n },
      expected: { bitcoin: 2_099_999_997_690_000n, curve: 1_577_845_586, helium: 120e6 },
    },
    {
      at: { halvings: 34n, curveYears: 4n, heliumPeriods: 2n },
      expected: { bitcoin: 2_099_999_997_690_000n, curve: 2_166_666_667.44, helium: 180e6 },
    },
    { at: { halvings: 64n, curveYears: 4n, heliumPeriods: 3n }, expected: { bitcoin: 2_099_999_997_690_000n, helium: 210e6 } },
  ],
  expected: ({ halvings, curveYears, heliumPeriods }) => {
    const yearly = 2 ** -0.25
    return {
      bitcoin: 210_000n * (halvesOf(5_000_000_000n) - halvesOf(5_000_000_000n >> halvings)),
      curve: 1_303_030_303 + (274_815_283 * (1 - yearly ** Number(curveYears))) / (1 - yearly),
      helium: 240e6 * (1 - 2 ** -Number(heliumPeriods)),
    }
  },
  measured: ({ halvings, curveYears, heliumPeriods }) => {
    const { bitcoin, curve, helium } = emissionSchedules
    const coins = (schedule: EmissionSchedule, steps: bigint) => Number(supplyAfter(schedule, Number(steps))) / 10 ** schedule.decimals
    return Effect.succeed({
      bitcoin: supplyAfter(bitcoin, Number(halvings)),
      curve: coins(curve, curveYears),
      helium: coins(helium, heliumPeriods),
    })
  },
})

/** n + n/2 + n/4 + ..., each rounded down, is twice n less the ones in its binary digits (Legendre). */
const halvesOf = (n: bigint): bigint => 2n * n - BigInt(n.toString(2).replaceAll("0", "").length)
