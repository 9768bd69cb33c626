import * as Plot from "@observablehq/plot"
import { ticks } from "d3-array"
import { shareAtOrBelow } from "../../sim/stats/ecdf.ts"
import { amount, axisUnit, bare, percent, titled } from "../amount.ts"
import type { Distribution } from "../figure.ts"
import type { Drawing, Frame } from "./drawing.ts"
import { colour, dash } from "./palette.ts"
import { plot } from "./plot.ts"
import { shareAxis } from "./shareAxis.ts"

/** Values along the axis that the keyboard visits. */
const PLACES = 40
const MARGIN_LEFT = 44
const MARGIN_RIGHT = 12

/** Rising step curves: the share of a group at or below each value. */
export const drawDistribution = (figure: Distribution, { width, height, seed }: Frame): Drawing => {
  const [low, high] = domain(figure)
  const heading = titled(figure.heading, "share of providers, %")
  const picture = plot({
    width,
    height,
    marginLeft: MARGIN_LEFT,
    marginRight: MARGIN_RIGHT,
    marginTop: 28,
    marginBottom: 36,
    x: { domain: [low, high], label: null, clamp: true },
    y: { domain: [0, 1], label: null },
    marks: [
      Plot.rect([0], { x1: low, x2: Math.max(low, Math.min(high, 0)), fill: "var(--shock)" }),
      ...shareAxis(),
      Plot.axisX(ticks(low, high, Math.max(3, Math.floor(width / 80))), {
        tickFormat: (value: number) => bare(value, figure.unit),
        tickSize: 5,
        fill: "var(--quiet)",
        stroke: "var(--rule)",
      }),
      Plot.text([axisUnit(figure.unit)], { frameAnchor: "bottom-right", dy: 34, fill: "var(--quiet)" }),
      Plot.ruleX(
        [0].filter((zero) => low <= zero && zero <= high),
        { stroke: "var(--rule)", strokeWidth: 1.5 },
      ),
      ...figure.lines.flatMap((line) => {
        const selected = seed === undefined ? undefined : line.bySeed.get(seed)
        const stroke = colour(line.style)
        const strokeDasharray = dash(line.style)
        return [
          steps(line.steps, low, high, { stroke, strokeDasharray, strokeWidth: selected ? 1.3 : 2.2, strokeOpacity: selected ? 0.5 : 1 }),
          ...(selected ? [steps(selected, low, high, { stroke, strokeDasharray, strokeWidth: 2.4 })] : []),
        ]
      }),
      Plot.text([heading], { frameAnchor: "top-left", dx: -MARGIN_LEFT, dy: -28, fill: "var(--quiet)", fontWeight: 600 }),
    ],
  })
  const valueOf = (place: number) => low + ((high - low) * place) / PLACES
  const xOf = (value: number) => MARGIN_LEFT + ((value - low) / (high - low)) * (width - MARGIN_LEFT - MARGIN_RIGHT)
  return {
    svg: picture as SVGSVGElement,
    places: PLACES + 1,
    placeAt: (x) => Math.min(PLACES, Math.max(0, Math.round(((x - xOf(low)) / (xOf(high) - xOf(low))) * PLACES))),
    probe: (place) => ({
      x: xOf(valueOf(place)),
      heading: `At or below ${amount(valueOf(place), figure.unit)}`,
      lines: figure.lines.map((line) => ({
        label: line.label,
        style: line.style,
        text: percent(shareAtOrBelow(line.steps, valueOf(place))),
        detail: `${line.count} providers`,
      })),
    }),
    seedAt: () => undefined,
  }
}

const steps = (points: Distribution["lines"][number]["steps"], low: number, high: number, options: Plot.LineOptions) =>
  Plot.line([{ value: low, share: 0 }, ...points, { value: high, share: 1 }], { x: "value", y: "share", curve: "step-after", ...options })

/** From the lowest to the highest value and always with zero, where earning begins. */
const domain = ({ lines }: Distribution): readonly [number, number] => {
  const values = lines.flatMap((line) => [line.steps[0]?.value ?? 0, line.steps.at(-1)?.value ?? 0])
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)]
  const room = (high - low) * 0.03 || 1
  return [low - room, high + room]
}
