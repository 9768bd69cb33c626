import type { Chart } from "../chart.ts"
import { svgEl } from "../el.ts"
import { colour, dash } from "../figures/palette.ts"
import { textWidth } from "../figures/plot.ts"

const MARGIN = 16

/** A chart as a file of its own: title, sentence, legend and figures, with the colours of the theme that is on. */
export const svgFile = (chart: Chart, figures: ReadonlyArray<SVGSVGElement>): string => {
  const width = Math.max(...figures.map((figure) => figure.width.baseVal.value))
  let y = MARGIN
  const text = (content: string, x: number, size: number, properties: Record<string, string> = {}) =>
    svgEl("text", { x, y, "font-size": size, fill: "var(--ink)", ...properties }, content)
  const parts: Array<SVGElement> = []
  for (const line of wrapped(chart.title, width / 9.5)) {
    y += 20
    parts.push(text(line, MARGIN, 17, { "font-weight": "650" }))
  }
  for (const line of wrapped(chart.reading, width / 7.2)) {
    y += 19
    parts.push(text(line, MARGIN, 13, { fill: "var(--quiet)" }))
  }
  let x = MARGIN
  if (chart.legend.length > 0) y += 26
  for (const { label, style } of chart.legend) {
    if (x > MARGIN && x + 34 + textWidth(label) > width) {
      x = MARGIN
      y += 20
    }
    parts.push(
      svgEl("line", {
        x1: x,
        x2: x + 26,
        y1: y - 4,
        y2: y - 4,
        stroke: colour(style),
        "stroke-width": 2.4,
        "stroke-dasharray": dash(style) || undefined,
      }),
      text(label, x + 34, 12.5),
    )
    x += 34 + textWidth(label) + 22
  }
  y += 16
  for (const figure of figures) {
    const copy = figure.cloneNode(true) as SVGSVGElement
    copy.setAttribute("x", `${MARGIN}`)
    copy.setAttribute("y", `${y}`)
    copy.removeAttribute("aria-hidden")
    parts.push(copy)
    y += figure.height.baseVal.value + 12
  }
  const outerWidth = width + 2 * MARGIN
  const root = svgEl(
    "svg",
    { width: outerWidth, height: y + MARGIN, viewBox: `0 0 ${outerWidth} ${y + MARGIN}`, "font-family": "system-ui, sans-serif" },
    svgEl("rect", { width: "100%", height: "100%", fill: "var(--page)" }),
    ...parts,
  )
  const styles = getComputedStyle(document.documentElement)
  return new XMLSerializer()
    .serializeToString(root)
    .replace(/var\((--[\w-]+)\)/g, (_, name: string) => styles.getPropertyValue(name).trim())
}

const wrapped = (text: string, characters: number): ReadonlyArray<string> => {
  const lines: Array<string> = []
  for (const word of text.split(" ")) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < characters) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.filter(Boolean)
}
