import { expect, it } from "vitest"
import { type Actor, namedStreams } from "../actor.ts"
import { hit, whomText } from "./fault.ts"

const actors = Array.from({ length: 20 }, (_, index) => ({
  id: `p-${index}`,
  group: index < 5 ? "few" : "many",
  params: { region: index % 2 === 0 ? "north" : "south", gpu: "h100" },
})) as unknown as ReadonlyArray<Actor>
const draw = (share: number, seed = "1", among = actors) => hit(among, { share }, namedStreams(seed, "fault"))

it("hits the share that it says, other ones in another run, and with a greater share the same ones too", () => {
  const [none, some, more, all] = [0, 0.3, 0.6, 1].map((share) => draw(share))
  expect([none!.size, some!.size, more!.size, all!.size]).toEqual([0, 6, 12, 20])
  expect([...some!].every((id) => more!.has(id))).toBe(true)
  expect(draw(0.3, "2")).not.toEqual(some)
})

it("draws for each actor alone, so that one more changes nothing for the others but their rank", () => {
  const without = actors.slice(1)
  const lost = [...draw(0.5)].filter((id) => id !== "p-0" && !draw(0.5, "1", without).has(id))
  expect(lost.length).toBeLessThanOrEqual(1)
})

it("hits only those who fit every key", () => {
  const south = hit(actors, { group: "few", region: "south", share: 1 }, namedStreams("1", "fault"))
  expect([...south]).toEqual(["p-1", "p-3"])
  expect(hit(actors, { gpu: "a100", share: 1 }, namedStreams("1", "fault")).size).toBe(0)
  expect(whomText({ group: "few", region: "south", share: 0.25 })).toBe("25 % of few south")
})
