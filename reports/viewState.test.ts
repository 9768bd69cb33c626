import { expect, test } from "vitest"
import { type ViewState, formatViewState, parseViewState } from "./viewState.ts"

test.each<ViewState>([
  {},
  { seed: "3" },
  { seed: "a seed & more", theme: "dark", tables: ["price", "reverts"], at: "token" },
  { tables: [] },
])("an address restores %j", (state) => {
  expect(parseViewState(formatViewState(state), ["3", "a seed & more"])).toEqual(state)
})

test("what the report does not know is ignored", () => {
  expect(parseViewState("#seed=99&theme=pink&other=1", ["1"])).toEqual({})
})
