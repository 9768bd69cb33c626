import { Effect } from "effect"
import { encodeDeployData } from "viem"
import { expect, test } from "vitest"
import type { Action, Fact } from "../../sim/ledger.ts"
import { liquidityFor, positionAmounts } from "../../sim/protocols/pool3/positionAmounts.ts"
import { usdPerTokenAt } from "../../sim/protocols/pool3/price.ts"
import { quoteSwap } from "../../sim/protocols/pool3/quoteSwap.ts"
import { accounts, addressOf } from "../accounts.ts"
import { type Adapter, gasOf, type World } from "../adapter.ts"
import { anvil } from "../anvil.ts"
import { dollar as dollarArtifact, networkToken } from "../artifacts.ts"
import { attempt } from "../chainLedger.ts"
import { callOf } from "../encodeCall.ts"
import { deployer, genesisSeconds, giveGas, sender, setUpSeconds } from "../genesis.ts"
import { rpc, type Rpc } from "../rpc.ts"
import { batch, openChain, results } from "../settleBlock.ts"
import { minterRole } from "../token/minterRole.ts"
import { addressWord, textWord, word } from "../word.ts"
import { adapters } from "./adapter.ts"
import { installPool3 } from "./installPool3.ts"
import { around, mint, pools3Genesis, swap, tokens, usd } from "./stage.fixture.ts"

/** The product's own coins always come in one order, because their addresses follow from the order of their making. */
const withDollarFirst = async (client: Rpc) => {
  const timestampSeconds = setUpSeconds(pools3Genesis)
  const chain = await openChain(client)
  const send = sender(chain, timestampSeconds)
  const deploy = deployer(client, send)
  const agents = ["ann", "bob"]
  await giveGas(client, [...agents, "operator", "issuer", "treasury"].map(addressOf))
  const operator = addressOf("operator")
  const dollars = await deploy(Array.from({ length: 8 }, () => encodeDeployData({ ...dollarArtifact, args: [operator] })))
  const [token] = await deploy([encodeDeployData({ ...networkToken, args: [operator, addressOf("treasury"), pools3Genesis.supplyWei] })])
  const dollar = dollars.find((address) => address < token!)!
  const issuer = addressOf("issuer")
  await send([
    { from: operator, to: dollar, data: grantRole(minterRole, addressWord(issuer)), gas: 200_000 },
    ...agents.flatMap((id) => [
      { from: addressOf("treasury"), to: token!, data: transfer(addressWord(addressOf(id)), word(tokens(100_000))), gas: 200_000 },
      { from: issuer, to: dollar, data: mintDollars(addressWord(addressOf(id)), word(usd(100_000)), textWord("capital")), gas: 200_000 },
    ]),
  ])
  const contracts = { token, dollar } as World["contracts"]
  const site = { genesis: pools3Genesis, contracts, tokenFirst: false, agents, accounts: new Map(), timestampSeconds, deploy, send }
  const pool3 = (await installPool3(site))!
  const world: World = {
    accounts: accounts(new Map([...agents, "treasury"].map((id) => [id, addressOf(id)]))),
    contracts,
    tokenFirst: false,
    agents,
    isAgent: () => true,
    registered: new Set(),
    touched: new Set(),
    providers: [],
    liquidityProviders: [],
    extensions: { pool3 },
  }
  const act = async (agent: string, action: Extract<Action, { readonly kind: keyof typeof adapters }>): Promise<ReadonlyArray<Fact>> => {
    const adapter = adapters[action.kind] as Adapter<Action>
    const { to, encode, facts } = adapter
    const gas = gasOf(adapter, action, world)
    const data = encode(action, world, { agent, timestampSeconds })
    const logs = await send([{ from: addressOf(agent), to: typeof to === "string" ? contracts[to] : to(action, world), data, gas }])
    const said = logs.flatMap((log) => facts[log.topics[0] as never]?.(log, world, agent, action) ?? [])
    for (const fact of said) pool3.note!(fact)
    return said
  }
  const view = async () => {
    const calls = pool3.reads(world).map(({ to, data }) => ["eth_call", `[{"to":"${to}","data":"${data}"},"latest"]`] as const)
    return pool3.view(results(await client.post(batch(calls))) as ReadonlyArray<string>, world).pools3.pools.get("low")!
  }
  return { act, view }
}

const grantRole = callOf(dollarArtifact.abi, "grantRole")
const mintDollars = callOf(dollarArtifact.abi, "mint")
const transfer = callOf(networkToken.abi, "transfer")

test("a pool whose first coin is the dollar shows tokens as tokens and dollars as dollars", async () => {
  const playing = Effect.gen(function* () {
    const client = yield* rpc((yield* anvil(genesisSeconds(pools3Genesis))).port)
    return yield* attempt(async () => {
      const { act, view } = await withDollarFirst(client)
      const opening = await view()
      expect(usdPerTokenAt(opening)).toBeCloseTo(0.5, 9)
      expect(opening).toMatchObject({ tokenFirst: false, dollarMicros: usd(50_000) })
      expect(tokens(100_000) - opening.tokenWei).toBeLessThan(10n ** 14n)

      const [tickLower, tickUpper] = around(1_000, false)
      const liquidity = liquidityFor(opening, { tickLower, tickUpper }, { tokenWei: tokens(100), dollarMicros: usd(50) })
      const cost = positionAmounts(opening, { tickLower, tickUpper }, liquidity, true)
      const of = { agent: "bob", pool: "low", positionId: 3n }
      expect(await act("bob", mint("low", [tickLower, tickUpper]) as never)).toEqual([
        { kind: "pool3.increased", ...of, liquidity, ...cost },
      ])
      for (const [sell, amountIn] of [
        ["token", tokens(1_000)],
        ["dollar", usd(3_000)],
      ] as const) {
        const quote = quoteSwap(await view(), sell, amountIn)
        expect(await act("ann", swap("low", sell, amountIn) as never)).toEqual([
          { kind: "pool3.swapped", agent: "ann", pool: "low", sell, amountIn, amountOut: quote.amountOut },
        ])
      }
      const before = await view()
      const { owedTokenWei, owedDollarMicros } = before.positions.get(3n)!
      expect(owedTokenWei > 0n && owedDollarMicros > 0n).toBe(true)
      const out = positionAmounts(before, { tickLower, tickUpper }, liquidity)
      expect(await act("bob", { kind: "pool3.decrease", pool: "low", positionId: 3n, liquidity })).toEqual([
        { kind: "pool3.decreased", ...of, liquidity, ...out },
        { kind: "pool3.collected", ...of, tokenWei: out.tokenWei + owedTokenWei, dollarMicros: out.dollarMicros + owedDollarMicros },
      ])
      expect((await view()).positions.has(3n)).toBe(false)
    })
  })
  await Effect.runPromise(Effect.scoped(playing))
})
