import { Effect } from "effect"
import { type Genesis, Ledger, type Order } from "../../sim/ledger.ts"
import type { Signals } from "../../sim/protocols/emission.ts"
import { emissionTerms, type EmissionTerms, openEmission, type Params } from "../../sim/protocols/emissions/index.ts"
import { SECONDS_PER_DAY, WEI_PER_TOKEN } from "../../sim/units.ts"
import { pairWorld } from "./pairWorld.ts"
import { type CaseError, integer, referenceCase, type Services } from "./referenceCase.ts"

/** The supplies of known networks after so many steps of their schedules: by our formulas, and as the controller's contracts mint them. */
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
    bitcoinMinted: { unit: "satoshi", precision: 0 },
    curve: { unit: "CRV", precision: 1e-9 },
    curveMinted: { unit: "CRV", precision: 1e-9 },
    helium: { unit: "HNT", precision: 1e-9 },
    heliumMinted: { unit: "HNT", precision: 1e-9 },
  },
  published: [
    {
      at: { halvings: 33n, curveYears: 1n, heliumPeriods: 1n },
      expected: twice({ bitcoin: 2_099_999_997_690_000n, curve: 1_577_845_586, helium: 120e6 }),
    },
    {
      at: { halvings: 34n, curveYears: 4n, heliumPeriods: 2n },
      expected: twice({ bitcoin: 2_099_999_997_690_000n, curve: 2_166_666_667.44, helium: 180e6 }),
    },
    {
      at: { halvings: 64n, curveYears: 4n, heliumPeriods: 3n },
      expected: twice({ bitcoin: 2_099_999_997_690_000n, curve: 2_166_666_667.44, helium: 210e6 }),
    },
  ],
  expected: ({ halvings, curveYears, heliumPeriods }) => {
    const yearly = 2 ** -0.25
    return twice({
      bitcoin: 210_000n * (halvesOf(5_000_000_000n) - halvesOf(5_000_000_000n >> halvings)),
      curve: 1_303_030_303 + (274_815_283 * (1 - yearly ** Number(curveYears))) / (1 - yearly),
      helium: 240e6 * (1 - 2 ** -Number(heliumPeriods)),
    })
  },
  measured: ({ halvings, curveYears, heliumPeriods }, services) =>
    Effect.gen(function* () {
      const satoshiWei = WEI_PER_TOKEN / 10n ** 8n
      const bitcoin = yield* supplies(services, schedules.bitcoin, Number(halvings))
      const curve = yield* supplies(services, schedules.curve, Number(curveYears))
      const helium = yield* supplies(services, schedules.helium, Number(heliumPeriods))
      const coins = (wei: bigint) => Number(wei) / 1e18
      return {
        bitcoin: bitcoin.formulaWei / satoshiWei,
        bitcoinMinted: bitcoin.mintedWei / satoshiWei,
        curve: coins(curve.formulaWei),
        curveMinted: coins(curve.mintedWei),
        helium: coins(helium.formulaWei),
        heliumMinted: coins(helium.mintedWei),
      }
    }),
})

/** n + n/2 + n/4 + ..., each rounded down, is twice n less the ones in its binary digits (Legendre). */
function halvesOf(n: bigint): bigint {
  return 2n * n - BigInt(n.toString(2).replaceAll("0", "").length)
}

/** The same supply is expected of the formula and of the contracts. */
function twice({ bitcoin, curve, helium }: { readonly bitcoin: bigint; readonly curve: number; readonly helium: number }) {
  return { bitcoin, bitcoinMinted: bitcoin, curve, curveMinted: curve, helium, heliumMinted: helium }
}

interface Schedule {
  readonly initialWei: bigint
  readonly epochDays: number
  readonly params: Params
}

/** Each network's own model, in epochs as long as its steps, so that a few releases cover all of its history. */
const schedules = {
  bitcoin: {
    initialWei: 0n,
    epochDays: 1_458,
    params: { kind: "halving", tokensPerBlock: 50, halvingBlocks: 210_000, blocksPerEpoch: 210_000, decimals: 8 },
  },
  curve: {
    initialWei: 1_303_030_303n * WEI_PER_TOKEN,
    epochDays: 365,
    params: { kind: "decay", tokensPerEpoch: 274_815_283, decayBpsPerEpoch: 10_000 * (1 - 1 / 1.189207115002721), stepEpochs: 1 },
  },
  helium: {
    initialWei: 0n,
    epochDays: 730,
    params: { kind: "netEmissionsCap", tokensPerEpoch: 120e6, halvingEpochs: 1, capTokensPerEpoch: 1_643.835_616_43 * 730 },
  },
} satisfies Readonly<Record<string, Schedule>>

const supplies = (services: Services, { initialWei, epochDays, params }: Schedule, epochs: number) => {
  const terms = emissionTerms(params, epochs)
  return Effect.map(emittedOnChain(services, terms, epochDays * SECONDS_PER_DAY, epochs), (emittedWei) => ({
    formulaWei: initialWei + emittedByFormula(terms, epochs),
    mintedWei: initialWei + emittedWei,
  }))
}

/** A network in which nothing is burned, bonded or done. */
const silence: Signals = { supplyWei: 0n, burnedWei: 0n, bondedWei: 0n, verifiedMillis: 0n, capacityMillis: 0n }

const emittedByFormula = (terms: EmissionTerms, epochs: number): bigint => {
  let emission = openEmission(terms)
  let emittedWei = 0n
  for (let epoch = 0; epoch < epochs; epoch++) {
    const { amountWei, next } = emission.release(epoch, silence)
    emittedWei += amountWei
    emission = next
  }
  return emittedWei
}

const node = "node"

/** Growth of the token's supply when every epoch is reported and closed. */
const emittedOnChain = (
  { ledger }: Services,
  terms: EmissionTerms,
  epochSeconds: number,
  epochs: number,
): Effect.Effect<bigint, CaseError> => {
  const world = pairWorld(10n ** 18n, 10n ** 6n, [[node, 0n, 0n]])
  const genesis: Genesis = { ...world, oracle: { ...world.oracle, reporters: [node] }, emissions: { ...terms, epochSeconds } }
  return Effect.gen(function* () {
    const { observe, settle } = yield* Ledger
    const before = yield* observe
    for (let epoch = 0; epoch < epochs; epoch++) yield* settle(closing(epoch), genesis.startSeconds + (epoch + 1) * epochSeconds)
    const after = yield* observe
    return after.token.supplyWei - before.token.supplyWei
  }).pipe(Effect.provide(ledger(genesis)))
}

const closing = (epoch: number): ReadonlyArray<Order> =>
  [{ kind: "oracle.report", epoch, workMillis: new Map<string, bigint>() } as const, { kind: "oracle.finalise", epoch } as const].map(
    (action) => ({ agent: node, action, tipWei: 0n }),
  )
