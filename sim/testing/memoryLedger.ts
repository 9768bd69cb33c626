/** Test twin only: the protocols that every scenario has, in this process, exact to the wei (docs/contracts.md), for tests that need no chain. */
import { Effect, Layer } from "effect"
import {
  type Action,
  type Fact,
  type Genesis,
  Ledger,
  type LedgerView,
  noExtensions,
  type Order,
  protocolAccounts,
  type Receipt,
} from "../ledger.ts"
import { ANY_PREMIUM_BPS } from "../protocols/burn.ts"
import { BPS, minBigint, mulDiv, sqrtBigint, WEI_PER_TOKEN } from "../units.ts"
import { erc20 } from "./erc20.ts"
import { jobMarket } from "./jobMarket.ts"
import { journal } from "./journal.ts"
import { providerRegistry } from "./providerRegistry.ts"
import { demand, Revert } from "./revert.ts"
import { uniswapV2 } from "./uniswapV2.ts"
import { workOracle } from "./workOracle.ts"

/** A world of its own in every run that the layer is built for. */
export const memoryLedger = (genesis: Genesis): Layer.Layer<Ledger> =>
  Layer.sync(Ledger, () => {
    const world = found(genesis)
    return {
      observe: Effect.sync(world.observe),
      settle: (orders, timestampSeconds) =>
        Effect.sync(() => ({ receipts: world.settle(orders, timestampSeconds), blockCount: 1, gasUsed: 0n })),
      stateDigest: Effect.sync(() => fingerprint(world.observe())),
    }
  })

const found = (genesis: Genesis) => {
  const writes = journal()
  let facts: Array<Fact> = []
  let blockNumber = 0
  const emit = (fact: Fact) => facts.push(fact)

  const token = erc20(writes)
  const dollar = erc20(writes)
  const pool = uniswapV2(writes, token, dollar)
  const registry = providerRegistry(writes, genesis.registry, token, emit)
  const market = jobMarket(writes, genesis.market, dollar, registry, emit)
  const oracle = workOracle(writes, genesis, token, registry, emit)
  const burned = writes.cell(0n)
  const spent = writes.cell(0n)
  const price = writes.cell(genesis.venue.priceMicros)

  token.mint("treasury", genesis.supplyWei)
  token.transfer("treasury", "venue", genesis.venue.inventoryWei)
  for (const { id, tokenWei, dollarMicros } of genesis.accounts) {
    token.transfer("treasury", id, tokenWei)
    dollar.mint(id, dollarMicros)
  }
  for (const { agent, tokenWei, dollarMicros } of genesis.pool.deposits) {
    token.transfer("treasury", agent, tokenWei)
    dollar.mint(agent, dollarMicros)
    pool.addLiquidity(agent, { token: tokenWei, dollar: dollarMicros })
  }

  const spendableMicros = (): bigint => {
    const { token: tokenWei, dollar: dollarMicros } = pool.reserves()
    const { spendBpsMax, premiumBpsMax } = genesis.burn
    const capMicros = minBigint(dollar.balanceOf("burn"), mulDiv(dollarMicros, BigInt(spendBpsMax), BPS))
    if (premiumBpsMax === ANY_PREMIUM_BPS) return capMicros
    const highestMicros = mulDiv(price.get(), BPS + BigInt(premiumBpsMax), BPS)
    const targetMicros = sqrtBigint(mulDiv(tokenWei * dollarMicros, highestMicros, WEI_PER_TOKEN))
    return targetMicros > dollarMicros ? minBigint(capMicros, targetMicros - dollarMicros) : 0n
  }

  const executeBurn = () => {
    const spentMicros = spendableMicros()
    demand(spentMicros > 0n, "NothingToSpend")
    const { amountOut: boughtWei } = pool.swap("burn", "dollar", spentMicros, 1n)
    const keptWei = mulDiv(boughtWei, BigInt(genesis.burn.keepBps), BPS)
    const burnedWei = boughtWei - keptWei
    token.burn("burn", burnedWei)
    token.transfer("burn", "treasury", keptWei)
    spent.set(spent.get() + spentMicros)
    burned.set(burned.get() + burnedWei)
    emit({ kind: "burn.executed", spentMicros, burnedWei, keptWei })
  }

  const tradeOutside = (agent: string, sell: "token" | "dollar", tokenWei: bigint) => {
    demand(tokenWei > 0n, "ZeroAmount")
    const feeBps = BigInt(genesis.venue.feeBps)
    const scale = BPS * WEI_PER_TOKEN
    let dollarMicros: bigint
    if (sell === "token") {
      dollarMicros = (tokenWei * price.get() * (BPS - feeBps)) / scale
      token.transfer(agent, "venue", tokenWei)
      dollar.mint(agent, dollarMicros)
    } else {
      demand(tokenWei <= token.balanceOf("venue"), "InsufficientInventory")
      dollarMicros = (tokenWei * price.get() * (BPS + feeBps) + scale - 1n) / scale
      dollar.burn(agent, dollarMicros)
      token.transfer("venue", agent, tokenWei)
    }
    emit({ kind: "venue.traded", agent, sell, tokenWei, dollarMicros })
  }

  const execute = (agent: string, action: Action, nowSeconds: number): void => {
    switch (action.kind) {
      case "token.transfer":
        token.transfer(agent, action.to, action.amountWei)
        return void emit({ kind: "token.transferred", agent, to: action.to, amountWei: action.amountWei })
      case "dollar.transfer":
        dollar.transfer(agent, action.to, action.amountMicros)
        return void emit({ kind: "dollar.transferred", agent, to: action.to, amountMicros: action.amountMicros })
      case "dollar.onRamp":
        dollar.mint(agent, action.amountMicros)
        return void emit({ kind: "dollar.onRamped", agent, amountMicros: action.amountMicros, purpose: action.purpose })
      case "dollar.redeem":
        dollar.burn(agent, action.amountMicros)
        return void emit({ kind: "dollar.redeemed", agent, amountMicros: action.amountMicros, purpose: action.purpose })
      case "pool.swap":
        return void emit({
          kind: "pool.swapped",
          agent,
          sell: action.sell,
          ...pool.swap(agent, action.sell, action.amountIn, action.amountOutMin),
        })
      case "pool.addLiquidity": {
        const paid = pool.addLiquidity(agent, { token: action.tokenWei, dollar: action.dollarMicros })
        return void emit({ kind: "pool.liquidityAdded", agent, tokenWei: paid.token, dollarMicros: paid.dollar })
      }
      case "pool.removeLiquidity": {
        const paid = pool.removeLiquidity(agent, action.shares)
        return void emit({ kind: "pool.liquidityRemoved", agent, tokenWei: paid.token, dollarMicros: paid.dollar })
      }
      case "registry.register":
        return registry.register(agent, action.gpuCount, action.stakeWei)
      case "registry.addStake":
        return registry.addStake(agent, action.amountWei)
      case "registry.requestExit":
        return registry.requestExit(agent, nowSeconds)
      case "registry.withdraw":
        return registry.withdraw(agent, nowSeconds)
      case "market.open":
        return market.open(agent, action.slot, action, nowSeconds)
      case "market.complete":
        market.complete(agent, action.slot)
        if (genesis.market.creditBps > 0 && spendableMicros() > 0n) executeBurn()
        return
      case "market.release":
        market.release(agent, action.slot, action.amountMicros)
        if (genesis.market.creditBps > 0 && spendableMicros() > 0n) executeBurn()
        return
      case "market.refund":
        return market.refund(agent, action.buyer, action.slot, nowSeconds)
      case "oracle.claimWork":
        return oracle.claimWork(agent, action.epoch, action.workMillis)
      case "oracle.report":
        return oracle.report(agent, action.epoch, action.workMillis)
      case "oracle.finalise":
        return oracle.finalise(action.epoch, nowSeconds)
      case "rewards.claim":
        return oracle.claimRewards(agent)
      case "burn.execute":
        return executeBurn()
      case "venue.post":
        demand(action.priceMicros > 0n, "ZeroPrice")
        price.set(action.priceMicros)
        return void emit({ kind: "venue.posted", priceMicros: action.priceMicros })
      case "venue.trade":
        return tradeOutside(agent, action.sell, action.tokenWei)
      default:
        throw new Error(`the twin knows only the protocols that every scenario has, and not ${action.kind}`)
    }
  }

  const receiptOf = (order: Order, nowSeconds: number): Receipt => {
    facts = []
    try {
      writes.attempt(() => execute(order.agent, order.action, nowSeconds))
      return { order, status: "ok", reason: "", facts }
    } catch (error) {
      if (error instanceof Revert) return { order, status: "reverted", reason: error.reason, facts: [] }
      throw error
    }
  }

  const agents = [...new Set([...genesis.accounts.map(({ id }) => id), ...genesis.pool.deposits.map(({ agent }) => agent)])]
  const known = [...agents, ...protocolAccounts]
  const readAll = (ids: ReadonlyArray<string>, read: (id: string) => bigint) => new Map(ids.map((id) => [id, read(id)]))

  return {
    settle: (orders: ReadonlyArray<Order>, timestampSeconds: number): ReadonlyArray<Receipt> => {
      blockNumber++
      return orders.map((order) => receiptOf(order, timestampSeconds))
    },
    observe: (): LedgerView => ({
      blockNumber,
      token: { supplyWei: token.supply(), balanceWei: readAll(known, token.balanceOf) },
      dollar: { supplyMicros: dollar.supply(), balanceMicros: readAll(known, dollar.balanceOf) },
      pool: {
        tokenReserveWei: pool.reserves().token,
        dollarReserveMicros: pool.reserves().dollar,
        totalShares: pool.totalShares(),
        shares: readAll(agents, pool.sharesOf),
      },
      registry: registry.view(),
      market: { escrowMicros: market.escrow() },
      oracle: { nextEpoch: oracle.nextEpoch(), reportCount: oracle.reportCount() },
      emissions: { emittedWei: oracle.emitted() },
      rewards: { accruedWei: readAll(agents, oracle.accruedOf), carriedWei: oracle.carried() },
      burn: { burnedWei: burned.get(), spentMicros: spent.get() },
      venue: { priceMicros: price.get() },
      ...noExtensions,
    }),
  }
}

/** FNV-1a, 64 bits, over the view in a canonical order. */
const fingerprint = (view: LedgerView): string => {
  const text = JSON.stringify(view, (_, value) =>
    typeof value === "bigint" ? `${value}` : value instanceof Map ? [...value].sort(([a], [b]) => (a < b ? -1 : 1)) : value,
  )
  let hash = 0xcbf29ce484222325n
  for (let i = 0; i < text.length; i++) hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n)
  return hash.toString(16).padStart(16, "0")
}
