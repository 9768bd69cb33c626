import { agentKind, type Decision } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import { type GatedPool, gatedPoolAt, gatedSale } from "../sim/protocols/gatedPool.ts"
import { poolsAt } from "../sim/protocols/pendingPools.ts"
import { amountIn } from "../sim/protocols/pool.ts"
import { saleIn, type TradingPool } from "../sim/protocols/tradingPool.ts"
import { or, quantity } from "../sim/quantity.ts"
import { fromMicros, fromWei, minBigint, sqrtBigint, toWei } from "../sim/units.ts"
import type { World } from "../sim/world.ts"
import { canTrade, keepVerified, memberOf, openStanding, type Standing, verificationFields } from "./verification.ts"

const fields = {
  ...verificationFields,
  tokens: quantity("Own tokens at the start, for when less comes out of a trade than it saw", { unit: "tokens", min: 0, max: 1e10 }).pipe(
    or(0),
  ),
  usd: quantity("Own dollars at the start", { unit: "USD", min: 0, max: 1e10 }),
  profitUsdMin: quantity("Smallest profit worth a round, after the fees of the chain", { unit: "USD", min: 0, max: 1e9 }).pipe(or(1)),
  tipGwei: quantity("Bid for a place in the block; below 1 it comes after those who do not care", {
    unit: "gwei",
    min: 0,
    max: 1e6,
  }).pipe(or(0.5)),
}

/**
 * Buys the token in the venue where it is cheap, takes it through the gate, and sells it in the other; only the verified can. After its round the
 * two pools' prices differ by no more than both fees. A tick is hours, so it comes after the others' trades of the tick, as far as its bid is low.
 */
export const gateArbitrageur = agentKind({
  role: "trader",
  wave: 2,
  fields,
  endow: ({ tokens, usd }) => ({ tokens, usd, mayBeVerified: true }),
  begin: (params, rules, rng): Standing => openStanding(params, rules, rng),
  decide: ({ self, params, memory, world }): Decision<Standing> => {
    const tipWei = BigInt(Math.round(params.tipGwei * 1e9))
    const { standing, actions } = keepVerified(self, memory, true, params, world)
    const [main] = poolsAt(world, self, tipWei)
    if (!canTrade(self, world) || main?.kind !== "pool") return { memory: standing, actions, tipWei }
    const cash = world.ledger.dollar.balanceMicros.get(self) ?? 0n
    const feeUsd = (...kinds: ReadonlyArray<Action["kind"]>) => kinds.reduce((sum, kind) => sum + world.gas.feeUsd(kind, tipWei), 0)
    const rest = squared(self, params.tokens, world, main, gatedPoolAt(world, self, tipWei))
    const rounds = [roundIn(rest, cash - rest.costMicros), roundOut(rest, cash - rest.costMicros)]
    const [best] = rounds
      .map((round) => ({ ...round, profitUsd: round.profitUsd - feeUsd(...round.actions.map(({ kind }) => kind)) }))
      .toSorted((a, b) => b.profitUsd - a.profitUsd)
    const isWorthIt = best!.profitUsd > 0 && best!.profitUsd >= params.profitUsdMin
    return { memory: standing, actions: [...actions, ...rest.actions, ...(isWorthIt ? best!.actions : [])], tipWei }
  },
})

type MainPool = Extract<TradingPool, { readonly kind: "pool" }>

interface Pools {
  readonly main: MainPool
  readonly gated: GatedPool
}

interface Squared extends Pools {
  readonly actions: ReadonlyArray<Action>
  readonly costMicros: bigint
}

/** Below this what earlier rounds have left over is not worth a trade. */
const dustUsd = 20

/** Rounds of which a part was filled by others leave tokens over, or take them from what it keeps: those are sold, or bought back. */
const squared = (self: string, keptTokens: number, world: World, main: MainPool, gated: GatedPool): Squared => {
  const { balanceWei } = memberOf(self, world)
  const surplusWei = (world.ledger.token.balanceWei.get(self) ?? 0n) - toWei(keptTokens)
  const isWorthIt = (wei: bigint) => Math.abs(fromWei(wei)) * world.usdPerToken >= dustUsd
  const actions: Array<Action> = []
  let left: Pools = { main, gated }
  let costMicros = 0n
  if (isWorthIt(surplusWei)) {
    const sell = surplusWei > 0n ? "token" : "dollar"
    costMicros = sell === "dollar" ? (amountIn(-surplusWei, main.dollarMicros, main.tokenWei) ?? 0n) : 0n
    const sold = sell === "token" ? surplusWei : costMicros
    const { after, amountOut: received } = saleIn(main, sell, sold)
    actions.push({ kind: "pool.swap", sell, amountIn: sold, amountOutMin: (received * 95n) / 100n })
    if (after.kind === "pool") left = { ...left, main: after }
  }
  if (isWorthIt(balanceWei)) {
    const { after, amountOut: received } = gatedSale(gated, "token", balanceWei)
    actions.push({ kind: "kyc.swap", sell: "token", amountIn: balanceWei, amountOutMin: (received * 95n) / 100n })
    left = { ...left, gated: after }
  }
  return { ...left, actions, costMicros }
}

/** Buys in the open pool and sells behind the gate. No leg may come out so badly that the round loses. */
const roundIn = ({ main, gated }: Pools, cash: bigint): Round => {
  const paid = minBigint(bestRound(main, gated), cash)
  const through = saleIn(main, "dollar", paid).amountOut
  const received = gatedSale(gated, "token", through).amountOut
  return {
    profitUsd: fromMicros(received - paid),
    actions: [
      { kind: "pool.swap", sell: "dollar", amountIn: paid, amountOutMin: received === 0n ? 0n : (through * paid) / received },
      { kind: "kyc.wrap", amountWei: through },
      { kind: "kyc.swap", sell: "token", amountIn: through, amountOutMin: paid },
    ],
  }
}

/** Buys behind the gate and sells in the open pool. */
const roundOut = ({ main, gated }: Pools, cash: bigint): Round => {
  const paid = minBigint(bestRound(gated, main), cash)
  const through = gatedSale(gated, "dollar", paid).amountOut
  return {
    profitUsd: fromMicros(saleIn(main, "token", through).amountOut - paid),
    actions: [
      { kind: "kyc.swap", sell: "dollar", amountIn: paid, amountOutMin: through },
      { kind: "kyc.unwrap", amountWei: through },
      { kind: "pool.swap", sell: "token", amountIn: through, amountOutMin: paid },
    ],
  }
}

interface Round {
  readonly profitUsd: number
  readonly actions: ReadonlyArray<Action>
}

/**
 * Dollars to spend in one constant product so that what the tokens bring in another is most above them: with g = 0.997 after fees,
 * x of dollars a against tokens a' and on to tokens b' against dollars b give g^2 x a' b / (a b' + g x (b' + g a')), whose slope is 1 at the best x.
 */
const bestRound = (from: GatedPool, to: GatedPool): bigint => {
  const gain = 997n * 997n * from.tokenWei * to.dollarMicros
  const hold = 1_000_000n * from.dollarMicros * to.tokenWei
  if (gain <= hold) return 0n
  const slope = 997n * (1_000n * to.tokenWei + 997n * from.tokenWei)
  return (sqrtBigint(gain * hold) - hold) / slope
}
