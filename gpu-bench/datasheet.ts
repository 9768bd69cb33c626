import { Schema } from "effect"
import data from "./datasheets.json" with { type: "json" }

const { Int, String: Text, Struct, optionalKey } = Schema

const Positive = Schema.Finite.check(Schema.isGreaterThan(0))

/** What a maker says that a card can do at most: dense rates in 10^12 operations a second, sums of bf16 products in fp32. */
const Datasheet = Struct({
  id: Text,
  label: Text,
  /** The name that its driver gives contains this; the first that fits counts. */
  match: Text,
  /** The class of the same chip, for which a public figure counts until there is a better one. */
  standsFor: optionalKey(Text),
  sms: Int,
  boostGhz: Positive,
  fp32Tflops: Positive,
  bf16Tflops: Positive,
  int8Tops: Positive,
  /** 32-bit integer operations that a multiprocessor begins in a clock. */
  int32LanesPerSm: Int,
  memoryGbPerSecond: Positive,
  l2Mib: Positive,
  /** The most that the card draws as it is sold. */
  boardWatts: Positive,
  source: Text,
  /** When the figures were compared with their source. */
  date: Text,
})
export type Datasheet = typeof Datasheet.Type

/** The ids are those that profiles have too. */
export const datasheets: ReadonlyArray<Datasheet> = Schema.decodeUnknownSync(Schema.Array(Datasheet))(data, { onExcessProperty: "error" })

/** By the name that a driver gives; undefined where none is known. */
export const datasheetOf = (deviceName: string): Datasheet | undefined => datasheets.find(({ match }) => deviceName.includes(match))

/** Operations a second. A multiplication with an addition counts as two, of integers as of floats. */
export const peaksOf = ({ sms, boostGhz, fp32Tflops, bf16Tflops, int8Tops, int32LanesPerSm, memoryGbPerSecond }: Datasheet) => ({
  f32: fp32Tflops * 1e12,
  bf16: bf16Tflops * 1e12,
  int8: int8Tops * 1e12,
  int32: 2 * sms * int32LanesPerSm * boostGhz * 1e9,
  bytes: memoryGbPerSecond * 1e9,
})
