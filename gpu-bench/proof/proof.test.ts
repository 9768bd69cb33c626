import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { caughtShare } from "../../sim/proofs/deterrence.ts"
import { doneShare } from "../../sim/proofs/doneShare.ts"
import { stream as draws } from "../../sim/rng.ts"
import { type ChainTerms, chainInput, chainSeed, next, nLeast, product } from "./chain.ts"
import { freivalds, p } from "./freivalds.ts"
import { play, prove, type Prover } from "./prover.ts"
import { stateDigest } from "./stateDigest.ts"
import { verifyChunk } from "./verifyChunk.ts"

const terms: ChainTerms = { n: nLeast, chunks: 20, stepsPerChunk: 1 }
const random = (rng: ReturnType<typeof draws>, n: number) => Int8Array.from({ length: n * n }, () => Math.floor(rng.between(-128, 128)))

it("an honest chain passes everywhere", () => {
  const seed = chainSeed(7n, "gpu-1")
  const { digests, open } = prove(seed, terms)
  for (let chunk = 0; chunk < terms.chunks; chunk++) expect(verifyChunk(seed, terms, digests, chunk, open(chunk), chunk)).toBe("right")
})

it("seeds differ by beacon and by provider, and so does every state", () => {
  const seeds = [chainSeed(1n, "a"), chainSeed(1n, "b"), chainSeed(2n, "a")]
  expect(new Set(seeds).size).toBe(3)
  expect(new Set(seeds.flatMap((seed) => prove(seed, terms).digests)).size).toBe(3 * terms.chunks)
})

it("a state stays as random as a byte can be; of a smaller matrix it would shrink to zeros, and the work to nothing", () => {
  const { a, b } = chainInput(chainSeed(1n, "gpu-1"), nLeast)
  const { end } = play(a, b, nLeast, 200)
  const square = end.reduce((sum, byte) => sum + byte * byte, 0) / end.length
  // Of bytes that are all equally likely it is (2^16 - 1) / 12 + 1 / 4.
  expect(Math.abs(Math.sqrt(square) - 73.9)).toBeLessThan(5)
  expect(() => chainInput(1, nLeast - 1)).toThrow("32 rows")
})

describe("Freivalds' check", () => {
  const n = nLeast
  const matrices = fc.record({ seed: fc.nat(), at: fc.nat(n * n - 1), error: fc.integer({ min: 1, max: 2 ** 31 - 1 }) })

  it("takes the right product, and no product with one wrong entry", () => {
    fc.assert(
      fc.property(matrices, ({ seed, at, error }) => {
        const { a, b } = chainInput(seed, n)
        const c = product(a, b, n)
        const r = Uint32Array.from({ length: n }, (_, index) => 1 + ((seed + 7919 * index) % (p - 1)))
        if (!freivalds(a, b, c, r)) return false
        c[at] = (c[at]! + error) | 0
        // An error that p divides is the one in p that passes.
        return error % p === 0 || c[at] === 0 || !freivalds(a, b, c, r)
      }),
    )
  })

  it("is exact at the largest sums", () => {
    const size = 512
    const [a, b] = [new Int8Array(size * size).fill(-128), new Int8Array(size * size).fill(-128)]
    const c = product(a, b, size)
    const r = new Uint32Array(size).fill(p - 1)
    expect(c[0]).toBe(size * 16_384)
    expect(freivalds(a, b, c, r)).toBe(true)
    c[size * size - 1]! -= 1
    expect(freivalds(a, b, c, r)).toBe(false)
  })
})

/** Somebody who commits to and opens what it has, and answers for the rest as well as it can. */
type Cheat = (seed: number, rng: ReturnType<typeof draws>) => { readonly prover: Prover; readonly isWrong: (chunk: number) => boolean }

/** Chunks from `first` on are left out: the states there are invented, and every other step is done for real. */
const skipping =
  (share: number): Cheat =>
  (seed, rng) => {
    const { n, chunks, stepsPerChunk } = terms
    const skipped = new Set(
      Array.from({ length: chunks }, (_, chunk) => ({ chunk, at: rng.uniform() }))
        .toSorted((x, y) => x.at - y.at)
        .slice(0, Math.ceil(share * chunks))
        .map(({ chunk }) => chunk),
    )
    const { a, b } = chainInput(seed, n)
    const states = [b]
    for (let chunk = 0; chunk < chunks; chunk++)
      states.push(skipped.has(chunk) ? random(rng, n) : play(a, states[chunk]!, n, stepsPerChunk).end)
    return {
      prover: {
        digests: states.slice(1).map((state) => stateDigest(state, n)),
        open: (chunk) => ({ start: states[chunk]!, products: play(a, states[chunk]!, n, stepsPerChunk).products }),
      },
      isWrong: (chunk) => skipped.has(chunk),
    }
  }

/** The chain of another provider, whose seed is another: nothing of it begins or multiplies as it should. */
const copying: Cheat = (seed) => ({ prover: prove(seed ^ 0x5eed, terms), isWrong: () => true })

/** Arithmetic of few bits: the lowest bit of each sum is lost, as where sums are kept in a short float. */
const rounding: Cheat = (seed) => {
  const { n, chunks, stepsPerChunk } = terms
  const { a, b } = chainInput(seed, n)
  const rough = (state: Int8Array) => product(a, state, n).map((sum) => sum & ~1)
  const starts = [b]
  const steps = (state: Int8Array) => {
    const products: Int32Array[] = []
    let end = state
    for (let step = 0; step < stepsPerChunk; step++) {
      products.push(rough(end))
      end = next(products.at(-1)!)
    }
    return { products, end }
  }
  for (let chunk = 0; chunk < chunks; chunk++) starts.push(steps(starts[chunk]!).end)
  return {
    prover: {
      digests: starts.slice(1).map((state) => stateDigest(state, n)),
      open: (chunk) => ({ start: starts[chunk]!, products: steps(starts[chunk]!).products }),
    },
    isWrong: () => true,
  }
}

describe("cheating provers of five kinds are found as often as the formula says", () => {
  const chunkShare = 0.15
  const cases: ReadonlyArray<readonly [name: string, cheat: Cheat, wrongShare: number]> = [
    ["no work at all", skipping(1), 1],
    ["a tenth left out", skipping(0.1), 0.1],
    ["a card of 0.7 of the speed, with a tenth more time", skipping(1 - doneShare(0.7, 1, 0.1)), 1 - doneShare(0.7, 1, 0.1)],
    ["two names on one card", skipping(1 - doneShare(1, 2, 0.1)), 1 - doneShare(1, 2, 0.1)],
    ["another provider's answer", copying, 1],
    ["short arithmetic", rounding, 1],
  ]
  it.each(cases)("%s", (name, cheat, wrongShare) => {
    const rng = draws("proof", name)
    const trials = 1_500
    const wrongChunks = Math.ceil(wrongShare * terms.chunks)
    const provers = Array.from({ length: 10 }, (_, index) => ({
      seed: chainSeed(BigInt(index), name),
      ...cheat(chainSeed(BigInt(index), name), rng),
    }))
    const verdicts = provers.map(({ seed, prover }) =>
      Array.from({ length: terms.chunks }, (_, chunk) => verifyChunk(seed, terms, prover.digests, chunk, prover.open(chunk), chunk)),
    )
    for (const [index, { isWrong }] of provers.entries())
      for (let chunk = 0; chunk < terms.chunks; chunk++) if (isWrong(chunk)) expect(verdicts[index]![chunk]).not.toBe("right")
    let caught = 0
    for (let trial = 0; trial < trials; trial++) {
      const drawn = Array.from({ length: terms.chunks }, () => rng.chance(chunkShare))
      if (drawn.some((isDrawn, chunk) => isDrawn && verdicts[trial % provers.length]![chunk] !== "right")) caught++
    }
    const expected = caughtShare({ visitShare: 1, chunkShare, falseAcceptShare: 0 }, wrongChunks, 0)
    const standardError = Math.sqrt((expected * (1 - expected)) / trials)
    expect(Math.abs(caught / trials - expected)).toBeLessThanOrEqual(3.29 * standardError)
  })

  it("an honest state before and an invented one after: only the chunk between is wrong", () => {
    const rng = draws("proof", "one")
    const seed = chainSeed(1n, "one")
    const { prover, isWrong } = skipping(0.05)(seed, rng)
    const wrong = Array.from({ length: terms.chunks }, (_, chunk) => chunk).filter(
      (chunk) => verifyChunk(seed, terms, prover.digests, chunk, prover.open(chunk), 1) !== "right",
    )
    expect(wrong).toHaveLength(1)
    expect(isWrong(wrong[0]!)).toBe(true)
  })
})

it("an opening that is not what was committed to is seen: start, number of steps, shape", () => {
  const seed = chainSeed(3n, "gpu-1")
  const { digests, open } = prove(seed, terms)
  const opening = open(4)
  expect(verifyChunk(seed, terms, digests, 4, open(5), 1)).toBe("wrongStart")
  expect(verifyChunk(seed, terms, digests, 4, { ...opening, products: opening.products.slice(1) }, 1)).toBe("wrongProduct")
  expect(verifyChunk(seed, terms, digests, 4, { ...opening, start: opening.start.slice(1) }, 1)).toBe("wrongStart")
  expect(verifyChunk(seed, terms, digests.with(4, digests[5]!), 4, opening, 1)).toBe("wrongEnd")
})
