import { Effect } from "effect"
import { expect, test } from "vitest"
import { factsOf } from "../../sim/facts.ts"
import type { Action, Genesis, LedgerView } from "../../sim/ledger.ts"
import { chunkResult, guessedResult } from "../../sim/proofs/chunks.ts"
import { courtTerms } from "../../sim/protocols/slashing.ts"
import { spotCheckTerms } from "../../sim/protocols/spotChecks.ts"
import { worldGenesis } from "../../sim/testing/worldGenesis.ts"
import { WEI_PER_TOKEN } from "../../sim/units.ts"
import { addressOf } from "../accounts.ts"
import { spotChecks } from "../artifacts.ts"
import { account, DAY, genesisSeconds, testOn } from "../contract.fixture.ts"
import { addressWord, word } from "../word.ts"
import { type Orders, type PlayedTick, playTicks } from "../yield.fixture.ts"
import { chunkTree } from "./chunkTree.ts"
import { drawOf } from "./draws.ts"

const chunks = 5
const terms = { chunks, visitShare: 1, chunkShare: 1, deadlineSlackShare: 0, slashBps: 1_000, falseAcceptShare: 0, falseRejectShare: 0 }
const genesisWith = (changes: Partial<typeof terms>, court: Parameters<typeof courtTerms>[0] = {}): Genesis => ({
  ...worldGenesis,
  slashing: courtTerms(court, []),
  spotChecks: spotCheckTerms({ ...terms, ...changes }),
})
const play = (genesis: Genesis, ticks: ReadonlyArray<(view: LedgerView) => Orders>): Promise<ReadonlyArray<PlayedTick>> =>
  Effect.runPromise(playTicks(genesis, ticks))

const all = (result: typeof chunkResult, provider: string) => Array.from({ length: chunks }, (_, chunk) => result(provider, 0, chunk))
const right = (provider: string) => all(chunkResult, provider)
const guessed = (provider: string) => all(guessedResult, provider)
const stakeWei = 300n * WEI_PER_TOKEN
const register = (agent: string): Orders[number] => [agent, { kind: "registry.register", gpuCount: 2, stakeWei }]
const commit = (agent: string, results: ReadonlyArray<bigint>, epoch = 0): Orders[number] => [
  agent,
  { kind: "spotChecks.commit", epoch, results },
]
const beacon: Orders[number] = ["operator", { kind: "spotChecks.postBeacon", epoch: 0, beacon: 12_345_678_901_234_567_890n }]
const accuse = (
  { spotChecks: { visits } }: LedgerView,
  provider: string,
  results: ReadonlyArray<bigint>,
  changes: Partial<Extract<Action, { kind: "spotChecks.accuse" }>> = {},
): Orders[number] => [
  visits.get(provider)!.checker,
  { kind: "spotChecks.accuse", provider, chunk: 3, results, resultAgain: chunkResult(provider, 0, 3), ...changes },
]
const close: Orders = [
  ...["gpu-1", "gpu-2", "gpu-3"].map((agent): Orders[number] => [agent, { kind: "oracle.claimWork", epoch: 0, workMillis: 1_000n }]),
  ...["node-1", "node-2"].map((agent): Orders[number] => [
    agent,
    { kind: "oracle.report", epoch: 0, workMillis: new Map(["gpu-1", "gpu-2", "gpu-3"].map((id) => [id, 1_000n])) },
  ]),
  ["ann", { kind: "oracle.finalise", epoch: 0 }],
]
const reasons = ({ receipts }: PlayedTick) => receipts.map(({ reason }) => reason)

test("who guesses is convicted by the opening of a chunk, loses stake and the epoch's reward, and who worked or did not commit is left alone", async () => {
  const played = await play(genesisWith({}), [
    () => [...["gpu-1", "gpu-2", "gpu-3"].map(register), commit("gpu-1", right("gpu-1"))],
    () => [commit("gpu-1", right("gpu-1")), commit("gpu-2", guessed("gpu-2"))],
    () => [beacon, commit("gpu-3", right("gpu-3"))],
    (view) => [accuse(view, "gpu-2", guessed("gpu-2")), accuse(view, "gpu-2", guessed("gpu-2"), { chunk: 4 }), ...close],
  ])
  expect(reasons(played[0]!)).toEqual(["", "", "", "TooEarly"])
  expect(reasons(played[2]!)).toEqual(["", "EpochClosed"])
  const { receipts, after } = played[3]!
  expect(receipts[0]!.facts).toMatchObject([
    { kind: "spotChecks.convicted", provider: "gpu-2", epoch: 0, chunk: 3, isCopy: false },
    { kind: "registry.seized", provider: "gpu-2", amountWei: stakeWei / 10n },
    { kind: "slashing.caseOpened", id: 0, provider: "gpu-2" },
    { kind: "slashing.upheld", burnedWei: stakeWei / 10n, rewardWei: 0n, insuredWei: 0n },
  ])
  expect(receipts[1]!.reason).toBe("AlreadyConvicted")
  // The oracle believes all three, and only the work that was committed to and not found wrong is paid.
  expect(factsOf(receipts, "rewards.credited").map(({ provider }) => provider)).toEqual(["gpu-1"])
  expect(after.registry.providers.get("gpu-2")!.stakeWei).toBe((stakeWei * 9n) / 10n)
})

test("an accusation needs the drawn checker, a drawn chunk, the committed result and another one", async () => {
  const played = await play(genesisWith({}), [
    () => [register("gpu-1"), register("gpu-2")],
    () => [commit("gpu-1", right("gpu-1")), commit("gpu-2", guessed("gpu-2"))],
    () => [["ann", beacon[1]], beacon],
    (view) => {
      const [checker, act] = accuse(view, "gpu-2", guessed("gpu-2"))
      const other = ["node-1", "node-2", "node-3"].find((id) => id !== checker)!
      return [
        [other, act],
        accuse(view, "gpu-2", guessed("gpu-2"), { chunk: chunks, results: [...guessed("gpu-2"), 7n] }),
        // Not what was committed to: the checker would convict whom it likes.
        accuse(view, "gpu-1", guessed("gpu-1")),
        accuse(view, "gpu-1", right("gpu-1")),
      ]
    },
  ])
  expect(reasons(played[2]!)).toEqual(["NotOperator", ""])
  expect(reasons(played[3]!)).toEqual(["NotDrawn", "NotDrawn", "WrongOpening", "SameResult"])
})

test("two providers with one answer are both convicted, and nobody else's answers are alike", async () => {
  const copy: Action = {
    kind: "spotChecks.accuseOfCopy",
    first: "gpu-1",
    second: "gpu-2",
    chunk: 0,
    firstResults: right("gpu-1"),
    secondResults: right("gpu-1"),
  }
  const played = await play(genesisWith({ visitShare: 0 }), [
    () => ["gpu-1", "gpu-2", "gpu-3"].map(register),
    () => [commit("gpu-1", right("gpu-1")), commit("gpu-2", right("gpu-1")), commit("gpu-3", right("gpu-3"))],
    () => [beacon],
    () => [
      ["node-1", { ...copy, second: "gpu-1" }],
      ["node-1", { ...copy, second: "gpu-3" }],
      ["ann", copy],
      ["node-1", copy],
    ],
  ])
  expect(played[2]!.after.spotChecks.visits.size).toBe(0)
  expect(reasons(played[3]!)).toEqual(["SameProvider", "WrongOpening", "NotChecker", ""])
  expect(factsOf(played[3]!.receipts, "spotChecks.convicted").map(({ provider, isCopy }) => [provider, isCopy])).toEqual([
    ["gpu-1", true],
    ["gpu-2", true],
  ])
})

const checkers = ["c1", "c2", "c3"]
const lottery = { visitChance: 2n ** 31n, chunkChance: 2n ** 30n, chunkCount: 20, checkers }
const on = testOn(async ({ deploy, act }) => {
  const checks = await deploy(spotChecks, [
    account("registry"),
    {
      operator: account("operator"),
      checkers: checkers.map(account),
      startSeconds: BigInt(genesisSeconds - DAY),
      epochSeconds: BigInt(DAY),
      chunkCount: 20n,
      visitChance: lottery.visitChance,
      chunkChance: lottery.chunkChance,
      slashBps: 0n,
    },
  ])
  await act("operator", checks, "postBeacon", [0, `0x${word(77)}`])
  return checks
})

on("the contract draws as the ledger says, about as often as it should", async ({ chain, world: checks }) => {
  let visited = 0
  for (let index = 0; index < 40; index++) {
    const provider = addressOf(`p-${index}`)
    const draw = drawOf(word(77), addressWord(provider), lottery)
    const [isVisited, checker] = await chain.read(checks, "visitOf", [provider])
    expect(draw !== undefined).toBe(isVisited)
    if (draw === undefined) continue
    visited++
    expect(account(draw.checker).toLowerCase()).toBe(checker.toLowerCase())
    for (let chunk = 0; chunk < (index < 3 ? 20 : 2); chunk++)
      expect(await chain.read(checks, "isDrawn", [provider, BigInt(chunk)])).toBe(draw.chunks.includes(chunk))
  }
  expect(visited).toBeGreaterThan(8)
  expect(visited).toBeLessThan(32)
})

test("a tree of any size has one root for one list, and another for any other", () => {
  for (const size of [1, 2, 3, 7, 8, 9]) {
    const results = Array.from({ length: size }, (_, chunk) => chunkResult("p", 0, chunk))
    const roots = results.map((_, wrong) => chunkTree(results.map((result, chunk) => (chunk === wrong ? result + 1n : result))).root)
    expect(new Set([chunkTree(results).root, ...roots]).size).toBe(size + 1)
  }
})
