/** Test twin only: random orders of every kind, a good part of which fail, over `worldGenesis`. */
import fc from "fast-check"
import { type Action, type Order, protocolAccounts } from "../ledger.ts"
import { MICROS_PER_USD, SECONDS_PER_DAY, WEI_PER_TOKEN } from "../units.ts"
import { holders, providers, reporters, worldGenesis } from "./worldGenesis.ts"

const agents = [...holders, ...providers, ...reporters]
const agent = fc.constantFrom(...agents)
const account = fc.constantFrom(...agents, ...protocolAccounts)

/** Zero, dust, ordinary and unaffordable amounts, with odd last digits. */
const amount = (one: bigint, ordinary: bigint) =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(0n, 1n) },
    { weight: 1, arbitrary: fc.bigInt(2n, 1_000n) },
    { weight: 12, arbitrary: fc.bigInt(one / 100n, one * ordinary) },
    { weight: 2, arbitrary: fc.bigInt(one * 10_000n, one * 1_000_000n) },
  )
const wei = amount(WEI_PER_TOKEN, 300n)
const micros = amount(MICROS_PER_USD, 300n)

const slot = fc.nat({ max: 1 })
/** Relative to the open epoch, see `inEpoch`. */
const epoch = fc.constantFrom(0, 0, 0, 0, -1, 1)
const millis = fc.bigInt(0n, 40_000n)
const work = fc.uniqueArray(fc.tuple(fc.constantFrom(...providers), millis), { selector: ([id]) => id }).map((pairs) => new Map(pairs))
const deadlineSeconds = fc
  .integer({ min: SECONDS_PER_DAY / 2, max: 10 * SECONDS_PER_DAY })
  .map((later) => worldGenesis.startSeconds + later)
const side = fc.constantFrom("token" as const, "dollar" as const)

/** Actions that any agent may try. */
const anyones: ReadonlyArray<fc.Arbitrary<Action>> = [
  fc.record({ kind: fc.constant("token.transfer" as const), to: account, amountWei: wei }),
  fc.record({ kind: fc.constant("dollar.transfer" as const), to: account, amountMicros: micros }),
  fc.record({
    kind: fc.constant("dollar.onRamp" as const),
    amountMicros: micros,
    purpose: fc.constantFrom("capital" as const, "budget" as const),
  }),
  fc.record({
    kind: fc.constant("dollar.redeem" as const),
    amountMicros: micros,
    purpose: fc.constantFrom("energy" as const, "hardware" as const, "withdrawal" as const),
  }),
  side.chain((sell) =>
    fc.record({
      kind: fc.constant("pool.swap" as const),
      sell: fc.constant(sell),
      amountIn: sell === "token" ? wei : micros,
      amountOutMin: fc.oneof({ weight: 4, arbitrary: fc.constant(0n) }, { weight: 1, arbitrary: sell === "token" ? micros : wei }),
    }),
  ),
  fc.record({ kind: fc.constant("pool.addLiquidity" as const), tokenWei: wei, dollarMicros: micros }),
  fc.record({
    kind: fc.constant("pool.removeLiquidity" as const),
    shares: fc.oneof(fc.bigInt(0n, 10n ** 9n), fc.bigInt(10n ** 12n, 10n ** 13n)),
  }),
  fc.constant({ kind: "burn.execute" as const }),
  fc.record({
    kind: fc.constant("venue.post" as const),
    priceMicros: fc.oneof({ weight: 1, arbitrary: fc.constant(0n) }, { weight: 6, arbitrary: fc.bigInt(1n, 1_000_000n) }),
  }),
  fc.record({ kind: fc.constant("venue.trade" as const), sell: side, tokenWei: wei }),
  fc.record({
    kind: fc.constant("market.open" as const),
    slot,
    provider: fc.oneof({ weight: 9, arbitrary: fc.constantFrom<string>(...providers) }, { weight: 1, arbitrary: account }),
    amountMicros: micros,
    deadlineSeconds,
  }),
  fc.record({ kind: fc.constant("market.complete" as const), slot }),
  fc.record({ kind: fc.constant("market.release" as const), slot, amountMicros: micros }),
  fc.record({ kind: fc.constant("market.refund" as const), buyer: fc.constantFrom<string>(...holders), slot }),
  fc.record({ kind: fc.constant("oracle.report" as const), epoch, workMillis: work }),
  fc.record({ kind: fc.constant("oracle.finalise" as const), epoch }),
]

/** Actions of providers. */
const ofProviders: ReadonlyArray<fc.Arbitrary<Action>> = [
  fc.record({
    kind: fc.constant("registry.register" as const),
    gpuCount: fc.nat({ max: 4 }),
    stakeWei: fc.bigInt(WEI_PER_TOKEN * 90n, WEI_PER_TOKEN * 500n),
  }),
  fc.record({ kind: fc.constant("registry.addStake" as const), amountWei: wei }),
  fc.constant({ kind: "registry.requestExit" as const }),
  fc.constant({ kind: "registry.withdraw" as const }),
  fc.record({ kind: fc.constant("oracle.claimWork" as const), epoch, workMillis: millis }),
  fc.constant({ kind: "rewards.claim" as const }),
]

const order = (by: string, action: Action): Order => ({ agent: by, action, tipWei: 0n })

const provider = fc.oneof({ weight: 6, arbitrary: fc.constantFrom<string>(...providers) }, { weight: 1, arbitrary: agent })

const lone = fc
  .oneof(
    { weight: 3, arbitrary: fc.tuple(agent, fc.oneof(...anyones)) },
    { weight: 2, arbitrary: fc.tuple(provider, fc.oneof(...ofProviders)) },
  )
  .map(([by, action]) => [order(by, action)])

/** A job from payment to its end, which lone orders would rarely complete. */
const job = fc
  .record({
    buyer: fc.constantFrom<string>(...holders),
    provider: fc.constantFrom<string>(...providers),
    slot,
    amountMicros: micros,
    deadlineSeconds,
    releases: fc.array(fc.bigInt(0n, 110n), { maxLength: 3 }),
    end: fc.constantFrom("complete", "complete", "provider", "buyer"),
  })
  .map(({ buyer, provider, slot, amountMicros, deadlineSeconds, releases, end }) => [
    order(buyer, { kind: "market.open", slot, provider, amountMicros, deadlineSeconds }),
    ...releases.map((percent) => order(buyer, { kind: "market.release", slot, amountMicros: (amountMicros * percent) / 100n })),
    end === "complete"
      ? order(buyer, { kind: "market.complete", slot })
      : order(end === "provider" ? provider : buyer, { kind: "market.refund", buyer, slot }),
  ])

/** A whole epoch as honest nodes and mostly honest providers close it. */
const closing = fc
  .record({
    epoch,
    truth: fc.tuple(millis, millis, millis),
    boastPercent: fc.tuple(fc.nat({ max: 140 }), fc.nat({ max: 140 }), fc.nat({ max: 140 })),
    noise: fc.tuple(fc.bigInt(0n, 50n), fc.bigInt(0n, 50n), fc.bigInt(0n, 50n)),
    absentReporters: fc.constantFrom(0, 0, 1, 2),
  })
  .map(({ epoch, truth, boastPercent, noise, absentReporters }) => [
    ...providers.map((id, i) =>
      order(id, { kind: "oracle.claimWork", epoch, workMillis: ((truth[i] ?? 0n) * BigInt(boastPercent[i] ?? 0)) / 100n }),
    ),
    ...reporters.slice(absentReporters).map((id, i) => {
      const workMillis = new Map(providers.map((provider, j) => [provider, (truth[j] ?? 0n) + (noise[i] ?? 0n)]))
      return order(id, { kind: "oracle.report", epoch, workMillis })
    }),
    order("ann", { kind: "oracle.finalise", epoch }),
  ])

const bundle = fc.oneof({ weight: 12, arbitrary: lone }, { weight: 2, arbitrary: job }, { weight: 1, arbitrary: closing })

/** The orders of one tick, with epochs relative to the open one. */
export const tickArbitrary: fc.Arbitrary<ReadonlyArray<Order>> = fc
  .array(bundle, { minLength: 5, maxLength: 40, size: "max" })
  .map((bundles) => bundles.flat())

/** The same orders with their epochs counted from the open one. */
export const inEpoch = (orders: ReadonlyArray<Order>, nextEpoch: number): ReadonlyArray<Order> =>
  orders.map((one) =>
    "epoch" in one.action ? { ...one, action: { ...one.action, epoch: Math.max(0, nextEpoch + one.action.epoch) } } : one,
  )
