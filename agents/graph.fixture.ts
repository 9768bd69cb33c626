import { namedStreams } from "../sim/actor.ts"
import type { AnyAgentKind, Decision } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import type { Indexer, Params, View } from "../sim/protocols/graph.ts"
import { noGraph } from "../sim/protocols/graph.ts"
import { toMicros, toWei } from "../sim/units.ts"
import type { World } from "../sim/world.ts"
import { calmWorld } from "./stage.fixture.ts"

export const graphRules: Params = {
  subgraphs: [
    { id: "busy", signalTokens: 300 },
    { id: "quiet", signalTokens: 100 },
  ],
  issuanceTokensPerDay: 1_000,
  stakeTokensMin: 10_000,
  delegationRatio: 4,
  delegationTaxShare: 0.005,
  epochDays: 1,
  thawingDays: 28,
  undelegationEpochs: 28,
  allocationEpochsMax: 28,
  slashShare: 0.025,
  fishermanShare: 0.5,
  disputeDepositTokens: 100,
  blocksPerTick: 4,
}

export const indexerWith = (stakeTokens: number, delegatedTokens = 0, changes: Partial<Indexer> = {}): Indexer => ({
  stakedWei: toWei(stakeTokens),
  allocatedWei: 0n,
  thawingWei: 0n,
  thawedAtBlock: 0,
  cutPpm: 400_000,
  delegatedWei: toWei(delegatedTokens),
  delegatedShares: toWei(delegatedTokens),
  slashes: 0,
  slashedWei: 0n,
  ...changes,
})

/** A calm world with The Graph's contracts, at noon of a day, when everybody with half a day's office is there. */
export const graphWorld = (
  graph: Partial<View>,
  {
    day = 10,
    purses = {},
    rules = {},
  }: { day?: number; purses?: Record<string, readonly [tokens: number, usd: number]>; rules?: Partial<Params> } = {},
): World => {
  const subgraphs = new Map([
    ["busy", { signalWei: toWei(300), allocatedWei: 0n }],
    ["quiet", { signalWei: toWei(100), allocatedWei: 0n }],
  ])
  const world = calmWorld({
    tick: day * 4 + 1,
    ledger: {
      blockNumber: 1_000,
      graph: { ...noGraph, epoch: 20, subgraphs, ...graph },
      token: { supplyWei: toWei(1e7), balanceWei: new Map(Object.entries(purses).map(([id, [tokens]]) => [id, toWei(tokens)])) },
      dollar: { supplyMicros: toMicros(1e7), balanceMicros: new Map(Object.entries(purses).map(([id, [, usd]]) => [id, toMicros(usd)])) },
    },
  })
  return { ...world, rules: { ...world.rules, graph: { ...graphRules, ...rules } } }
}

/** One decision of an agent whose office hours are at the day's first tick. */
export const decideAs = <Memory extends object>(
  kind: AnyAgentKind,
  self: string,
  params: Record<string, unknown>,
  world: World,
  memory: Partial<Memory> = {},
): Decision<Memory> => {
  const rng = namedStreams("1", self)
  const begun = { ...(kind.begin(params, world.rules, rng) as Memory), officeShare: 0, ...memory }
  return kind.decide({ self, params, memory: begun, world, rng }) as Decision<Memory>
}

export const kindsOf = ({ actions }: { readonly actions: ReadonlyArray<Action> }): ReadonlyArray<string> => actions.map(({ kind }) => kind)

export const actionOf = <Kind extends Action["kind"]>(
  { actions }: { readonly actions: ReadonlyArray<Action> },
  kind: Kind,
): Extract<Action, { readonly kind: Kind }> | undefined =>
  actions.find((action): action is Extract<Action, { readonly kind: Kind }> => action.kind === kind)
