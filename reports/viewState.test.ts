import { expect, test } from "vitest"
import { type ViewState, formatViewState, parseViewState } from "./viewState.ts"

const choices = { seeds: ["3", "a seed & more"], outcomes: ["priceUsd.end"], knobs: ["burn", "emission"], variantCount: 5 }

test.each<ViewState>([
  {},
  { seed: "3" },
  { seed: "a seed & more", theme: "dark", tables: ["price", "reverts"], at: "token" },
  { tables: [] },
  { outcome: "priceUsd.end", across: "burn", up: "emission", variant: 0, sort: "-burn" },
])("an address restores %j", (state) => {
  expect(parseViewState(formatViewState(state), choices)).toEqual(state)
})

test("what the report does not know is ignored", () => {
  expect(parseViewState("#seed=99&theme=pink&other=1&variant=5&outcome=x&across=y&sort=z", { seeds: ["1"] })).toEqual({})
  expect(parseViewState("#variant=5&across=y&up=burn", choices)).toEqual({ up: "burn" })
})
