import * as Plot from "@observablehq/plot"

/**
 * A plot whose groups carry no label: Plot names them for screen readers, but a bare group may have no name, and the page gives every
 * figure a name and a table of its own.
 */
export const plot = (options: Plot.PlotOptions): (SVGSVGElement | HTMLElement) & Plot.Plot => {
  const figure = Plot.plot({ ...options, style: { background: "none", overflow: "visible", fontSize: "12px", fontFamily: "inherit" } })
  figure.setAttribute("aria-hidden", "true")
  for (const group of figure.querySelectorAll("[aria-label]")) group.removeAttribute("aria-label")
  return figure
}

/** Pixels that a character of the figures' font takes at most, near enough to keep labels apart. */
const characterWidth = (isBold: boolean): number => (isBold ? 7.3 : 6.7)

export const textWidth = (text: string, isBold = false): number => text.length * characterWidth(isBold)

/** The text cut to a width. */
export const fitted = (text: string, width: number, isBold = false): string => {
  const characters = Math.floor(width / characterWidth(isBold))
  return text.length <= characters ? text : characters < 2 ? "" : `${text.slice(0, characters - 1)}…`
}
