import { Effect } from "effect"
import { expect, it } from "vitest"
import { provenanceOf } from "./reportOf.ts"
import { catalogueParts, currentMaker } from "./runManifest.ts"
import { readScenario } from "./scenarioFile.ts"

const profilesOf = async (scenario: string) => {
  const maker = await Effect.runPromise(currentMaker)
  return provenanceOf([{ maker, catalogue: catalogueParts(readScenario(scenario).catalogue) }]).profiles
}

it("a report tells every figure of a class with its value: rates, energies and watts", async () => {
  const h100 = (await profilesOf("scenarios/baseline.yaml")).filter(({ id }) => id === "h100")
  const kinds = ["training", "inference", "rendering", "science"]
  expect(h100.map(({ figure }) => figure)).toEqual([...kinds, ...kinds.map((kind) => `${kind}, energy`), "load power", "idle power"])
  const value = (name: string) => h100.find(({ figure }) => figure === name)!.value
  expect([value("training"), value("training, energy"), value("load power")]).toEqual(["2.29 work h / GPU h", "1.33 MJ / work h", "843 W"])
})

it("of devices that are no GPUs it tells what they have, in their own unit", async () => {
  const node = (await profilesOf("scenarios/storage-network.yaml")).filter(({ id }) => id === "storage-node")
  expect(node.map(({ figure, value }) => [figure, value])).toEqual([
    ["storage", "1 work h / node h"],
    ["load power", "12 W"],
    ["idle power", "9 W"],
  ])
})
