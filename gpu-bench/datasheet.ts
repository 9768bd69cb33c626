import { Schema } from "effect"
import datasheets from "./datasheets.json" with { type: "json" }

const { Finite, Int, String: Text, Struct } = Schema

/** What a maker says that a card can do at most: dense rates, float sums of bf16 products. */
const Datasheet = Struct({
  id: Text,
  label: Text,
  /** The class of the same chip, for which a public figure counts until there is a better one. */
  standsFor: Schema.optionalKey(Text),
  sms: Int,
  boostGhz: Finite,
  bf16Tflops: Finite,
  fp32Tflops: Finite,
  /** 32-bit integer operations that a multiprocessor begins in a clock. */
  int32LanesPerSm: Int,
  memoryGbPerSecond: Finite,
  source: Text,
})
export type Datasheet = typeof Datasheet.Type

/** By the id that profiles have too. */
export const readDatasheets = (): ReadonlyMap<string, Datasheet> =>
  new Map(Schema.decodeUnknownSync(Schema.Array(Datasheet))(datasheets, { onExcessProperty: "error" }).map((one) => [one.id, one]))
