import { Schema } from "effect"
import anchors from "./anchors.json" with { type: "json" }

const { Finite, String: Text, Struct, optionalKey } = Schema

/** A public figure of a workload on a card, in the workload's units, that nobody here measured. */
const Anchor = Struct({
  id: Text,
  workload: Text,
  device: Text,
  value: Finite,
  conditions: optionalKey(Text),
  source: Text,
  date: Text,
})
export type Anchor = typeof Anchor.Type

export const readAnchors = (): ReadonlyArray<Anchor> =>
  Schema.decodeUnknownSync(Schema.Array(Anchor))(anchors, { onExcessProperty: "error" })
