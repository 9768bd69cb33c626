import { Schema } from "effect"
import { expect, test } from "vitest"
import { type SweepFixtureOptions, sweepFixture } from "./sweep.fixture.ts"
import { SweepData } from "./sweepData.ts"

test.each<SweepFixtureOptions>([
  {},
  { design: "morris" },
  { design: "sobol", seeds: 1 },
  { design: "search", failures: 3 },
  { design: "attack", hasObjectives: false },
  { design: "cases", hasValues: false, hostile: true },
])("the result %j is what the schema says, through JSON and back", (options) => {
  const data = sweepFixture(options)
  expect(Schema.decodeUnknownSync(SweepData)(JSON.parse(JSON.stringify(data)), { onExcessProperty: "error" })).toEqual(data)
  for (const rows of [...Object.values(data.estimates), ...Object.values(data.differences)]) expect(rows).toHaveLength(data.variants.length)
})

test("a number that is none is refused: JSON would write it as null in silence", () => {
  const data = sweepFixture({ design: "cases" })
  const objectives = [{ ...data.objectives[0]!, value: NaN }]
  expect(() => Schema.encodeSync(SweepData)({ ...data, objectives })).toThrow(/objectives/)
})
