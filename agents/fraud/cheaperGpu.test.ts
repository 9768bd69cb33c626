import { expect, it } from "vitest"
import { conductOf } from "./index.ts"

const rated = (gpu: string) => (gpu === "slow" ? 0.5 : 1)
const wrong = (fraud: Parameters<typeof conductOf>[0], slackShare: number) =>
  conductOf(fraud, { self: "gpu-1", gpu: "fast", rated, slackShare }).wrongChunks(20)

it("a slower class leaves out what it has no time for, and slack gives it time; so with several names on one machine", () => {
  const cheaper = { kind: "cheaperGpu", realGpu: "slow", choice: "always", noticedShare: 1 } as const
  expect([0, 0.5, 1].map((slack) => wrong(cheaper, slack))).toEqual([10, 5, 0])
  const names = { kind: "sybil", identities: 4, choice: "always", noticedShare: 1 } as const
  expect([0, 1, 3].map((slack) => wrong(names, slack))).toEqual([15, 10, 0])
})
