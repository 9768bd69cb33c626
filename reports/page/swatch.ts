import { svgEl } from "../el.ts"
import type { Style } from "../figure.ts"
import { colour, dash } from "../figures/palette.ts"

/** A piece of the line that a label belongs to. */
export const swatch = (style: Style): SVGSVGElement =>
  svgEl(
    "svg",
    { class: "swatch", width: 26, height: 10, viewBox: "0 0 26 10", "aria-hidden": "true" },
    svgEl("line", {
      x1: 0,
      x2: 26,
      y1: 5,
      y2: 5,
      stroke: colour(style),
      "stroke-width": 2.4,
      "stroke-dasharray": dash(style) || undefined,
    }),
  )
