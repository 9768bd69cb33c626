import { Schema } from "effect"
import type { Problem } from "../../schemaProblems.ts"
import { attack } from "./attack.ts"
import { cases } from "./cases.ts"
import type { Combination } from "./combination.ts"
import { concat } from "./concat.ts"
import { cross } from "./cross.ts"
import type { Adaptive, Point, Points } from "./design.ts"
import { grid } from "./grid.ts"
import { latin } from "./latin.ts"
import { morris } from "./morris.ts"
import { search } from "./search.ts"
import { sensitivity } from "./sensitivity.ts"
import { sobol } from "./sobol.ts"
import { zip } from "./zip.ts"

/** Every kind of design but those that are made of designs. To add one: its file, a line here, and a line in one of the two unions below. */
export const designs = { grid, zip, cases, sobol, latin, morris, sensitivity, search, attack }

const combinations: Readonly<Record<"concat" | "cross", Combination>> = { concat, cross }

const Listed = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("grid"), ...grid.fields }),
  Schema.Struct({ kind: Schema.Literal("zip"), ...zip.fields }),
  Schema.Struct({ kind: Schema.Literal("cases"), ...cases.fields }),
  Schema.Struct({ kind: Schema.Literal("sobol"), ...sobol.fields }),
  Schema.Struct({ kind: Schema.Literal("latin"), ...latin.fields }),
])
type Listed = typeof Listed.Type

interface Combined<Part> {
  readonly kind: keyof typeof combinations
  readonly designs: ReadonlyArray<Part>
}
/** A design that may be a part of another one. */
export type PartDesign = Listed | Combined<PartDesign>
type EncodedPart = typeof Listed.Encoded | Combined<EncodedPart>

const PartDesign: Schema.Codec<PartDesign, EncodedPart> = Schema.Union([
  ...Listed.members,
  ...(["concat", "cross"] as const).map((kind) =>
    Schema.Struct({
      kind: Schema.Literal(kind),
      designs: Schema.Array(Schema.suspend((): Schema.Codec<PartDesign, EncodedPart> => PartDesign)).check(Schema.isNonEmpty()),
    }),
  ),
]).annotate({ identifier: "design" })

/** Which settings of the knobs a sweep has. */
export const Design = Schema.Union([
  PartDesign,
  Schema.Struct({ kind: Schema.Literal("morris"), ...morris.fields }),
  Schema.Struct({ kind: Schema.Literal("sensitivity"), ...sensitivity.fields }),
  Schema.Struct({ kind: Schema.Literal("search"), ...search.fields }),
  Schema.Struct({ kind: Schema.Literal("attack"), ...attack.fields }),
])
export type Design = typeof Design.Type

type Leaf = Exclude<Design, Combined<PartDesign>>

const isCombined = (design: Design): design is Combined<PartDesign> => Object.hasOwn(combinations, design.kind)
const kindOf = ({ kind }: Leaf) => designs[kind] as unknown as Points<unknown> | Adaptive<unknown>

/** Its points are chosen by results, so that nothing can be planned. */
export const isAdaptive = (design: Design): boolean => !isCombined(design) && kindOf(design).how === "adaptive"

/** None of its points may be left out. */
export const isWhole = (design: Design): boolean => {
  const kind = isCombined(design) ? undefined : kindOf(design)
  return kind?.how === "points" && kind.isWhole
}

/** Where in a design each knob is turned. */
export const knobsOf = (design: Design): ReadonlyArray<{ readonly knob: string; readonly path: Problem["path"] }> =>
  isCombined(design)
    ? design.designs.flatMap((part, index) => knobsOf(part).map(({ knob, path }) => ({ knob, path: ["designs", index, ...path] })))
    : kindOf(design).knobs(design)

/** What the schema does not see. */
export const designProblems = (design: Design): ReadonlyArray<Problem> => {
  if (!isCombined(design)) return kindOf(design).problems(design)
  const inner = design.designs.flatMap((part, index) =>
    designProblems(part).map((problem) => ({ ...problem, path: ["designs", index, ...problem.path] })),
  )
  if (!combinations[design.kind].isDisjoint) return inner
  const all = knobsOf(design)
  const twice = all.filter(({ knob, path }, index) => {
    const first = all.findIndex((other) => other.knob === knob && other.path[1] !== path[1])
    return first >= 0 && first < index
  })
  return [
    ...inner,
    ...twice.map(({ knob, path }) => ({ path, message: `an earlier design of the cross turns ${knob} already`, isKey: true })),
  ]
}

/** How many points a design has, without making them; none where they are chosen by results. */
export const countOf = (design: Design): number => {
  if (isCombined(design)) return combinations[design.kind].count(design.designs.map(countOf))
  const kind = kindOf(design)
  return kind.how === "points" ? kind.count(design) : 0
}

/** All points of a design, in its order; none where they are chosen by results. */
export const pointsOf = (design: Design): ReadonlyArray<Point> => {
  if (isCombined(design))
    return combinations[design.kind].points(
      design.designs.map((part, index) =>
        pointsOf(part).map((point) => ({ ...point, place: (knob: string) => ["designs", index, ...point.place(knob)] })),
      ),
    )
  const kind = kindOf(design)
  return kind.how === "points" ? kind.points(design) : []
}
