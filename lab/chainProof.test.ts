import { Effect } from "effect"
import { expect, it } from "vitest"
import { playTicks } from "../chain/yield.fixture.ts"
import { chainSeed, nLeast } from "../gpu-bench/proof/chain.ts"
import { prove } from "../gpu-bench/proof/prover.ts"
import { verifyChunk } from "../gpu-bench/proof/verifyChunk.ts"
import type { Genesis, LedgerView } from "../sim/ledger.ts"
import { courtTerms } from "../sim/protocols/slashing.ts"
import { spotCheckTerms } from "../sim/protocols/spotChecks.ts"
import { worldGenesis } from "../sim/testing/worldGenesis.ts"
import { WEI_PER_TOKEN } from "../sim/units.ts"

const terms = { n: nLeast, chunks: 16, stepsPerChunk: 2 }
const genesis: Genesis = {
  ...worldGenesis,
  isMetered: true,
  slashing: courtTerms({}, []),
  spotChecks: spotCheckTerms({
    chunks: terms.chunks,
    visitShare: 1,
    chunkShare: 0.5,
    deadlineSlackShare: 0,
    slashBps: 1_000,
    falseAcceptShare: 0,
    falseRejectShare: 0,
  }),
}
const beacons = { work: 11n, checks: 12_345_678_901_234_567_890n }
const providers = ["gpu-1", "gpu-2"] as const
const seedOf = (provider: string) => chainSeed(beacons.work, provider)
const honest = prove(seedOf("gpu-1"), terms)
/** Works the first half of its chain and copies the rest of it from the end of another's. */
const lazy = prove(seedOf("gpu-2"), terms)
const other = prove(seedOf("gpu-3"), terms)
const half = terms.chunks / 2
const published = {
  "gpu-1": { digests: honest.digests, open: honest.open },
  "gpu-2": {
    digests: [...lazy.digests.slice(0, half), ...other.digests.slice(half)],
    open: (chunk: number) => (chunk < half ? lazy : other).open(chunk),
  },
}

it("digests of a chain of products are committed to on the chain, and a chunk that a checker finds wrong convicts by its opening there", async () => {
  const wrongOf = (view: LedgerView, provider: (typeof providers)[number]) => {
    const { digests, open } = published[provider]
    const { chunks } = view.spotChecks.visits.get(provider)!
    return chunks.filter((chunk) => verifyChunk(seedOf(provider), terms, digests, chunk, open(chunk), 99) !== "right")
  }
  const played = await Effect.runPromise(
    playTicks(genesis, [
      () => providers.map((agent) => [agent, { kind: "registry.register", gpuCount: 1, stakeWei: 150n * WEI_PER_TOKEN }]),
      () => providers.map((agent) => [agent, { kind: "spotChecks.commit", epoch: 0, results: published[agent].digests }]),
      () => [["operator", { kind: "spotChecks.postBeacon", epoch: 0, beacon: beacons.checks }]],
      (view) => {
        const chunk = wrongOf(view, "gpu-2")[0]!
        const results = published["gpu-2"].digests
        const { checker } = view.spotChecks.visits.get("gpu-2")!
        return [[checker, { kind: "spotChecks.accuse", provider: "gpu-2", chunk, results, resultAgain: lazy.digests[chunk]! }]]
      },
    ]),
  )
  const wrong = providers.map((provider) => wrongOf(played[3]!.before, provider))
  expect(wrong[0]).toEqual([])
  // Only chunks of the second half, which began from a state that was never reached.
  expect(wrong[1]!.length).toBeGreaterThan(0)
  expect(Math.min(...wrong[1]!)).toBeGreaterThanOrEqual(half)
  const [accusation] = played[3]!.receipts
  expect(accusation!.facts[0]).toMatchObject({ kind: "spotChecks.convicted", provider: "gpu-2", chunk: wrong[1]![0] })
  // Of one commitment, and of one opening of sixteen chunks that convicts, with the slash and its case: docs/proofs.md.
  expect(played[1]!.receipts[0]!.meter!.gasUsed).toBe(76_275n)
  expect(accusation!.meter!.gasUsed).toBe(257_148n)
})
