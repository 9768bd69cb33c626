import { el } from "../el.ts"
import type { Figure } from "../figure.ts"
import { draw } from "../figures/draw.ts"
import { barsHeight } from "../figures/bars.ts"
import type { Drawing, Probe } from "../figures/drawing.ts"
import { heatHeight } from "../figures/heat.ts"
import { spansHeight } from "../figures/spans.ts"
import { swatch } from "./swatch.ts"
import type { View } from "./view.ts"

export interface FigureView {
  readonly element: HTMLElement
  readonly paint: () => void
  readonly svg: () => SVGSVGElement | undefined
}

/**
 * A figure on the page. The pointer or the arrow keys bring up the numbers of a place; a click near a single line brings out its seed, and
 * a click on a variant of a sweep, or Enter, its variant.
 */
export const figureView = (figure: Figure, name: string, view: View): FigureView => {
  let drawing: Drawing | undefined
  let place: number | undefined
  const canvas = el("div", { class: "canvas" })
  const marker = el("div", { class: "marker", hidden: true })
  const tip = el("div", { class: "tip", hidden: true })
  const spoken = el("output", { class: "spoken" })
  const hide = () => {
    place = undefined
    marker.hidden = true
    tip.hidden = true
  }
  const show = (next: number, speak: boolean) => {
    if (drawing === undefined) return
    place = Math.min(drawing.places - 1, Math.max(0, next))
    const probe = drawing.probe(place)
    marker.hidden = probe.y !== undefined
    marker.style.left = `${probe.x}px`
    tip.replaceChildren(...tipContent(probe))
    tip.hidden = false
    placeTip(tip, probe, element.clientWidth)
    if (speak) spoken.value = [probe.heading, ...probe.lines.map(({ label, text }) => `${label} ${text}`.trim())].join("; ")
  }
  const pick = (variant: number | undefined) => {
    if (variant !== undefined) view.choose({ variant: variant === view.state().variant ? undefined : variant })
  }
  const element = el(
    "div",
    {
      class: `figure ${figure.kind}`,
      tabindex: 0,
      role: "group",
      "aria-roledescription": "figure",
      "aria-label": `${name} Arrow keys read the values.`,
      onpointermove: (event: PointerEvent) => {
        if (drawing === undefined) return
        const { x, y } = inside(event, element)
        show(drawing.placeAt(x, y), false)
        element.classList.toggle("has-seed", drawing.seedAt(x, y) !== undefined || variantAt(drawing, x, y) !== undefined)
      },
      onpointerleave: hide,
      onblur: hide,
      onclick: (event: PointerEvent) => {
        const { x, y } = inside(event, element)
        const seed = drawing?.seedAt(x, y)
        if (seed !== undefined) view.choose({ seed: seed === view.state().seed ? undefined : seed })
        pick(drawing && variantAt(drawing, x, y))
      },
      onkeydown: (event: KeyboardEvent) => {
        const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key]
        if (event.key === "Escape") hide()
        if (event.key === "Enter" && place !== undefined) pick(drawing?.probe(place).variant)
        if (step === undefined || drawing === undefined) return
        event.preventDefault()
        show(place === undefined ? (step > 0 ? 0 : drawing.places - 1) : place + step, true)
      },
    },
    canvas,
    marker,
    tip,
    spoken,
  )
  return {
    element,
    svg: () => drawing?.svg,
    paint: () => {
      const width = element.clientWidth
      if (width === 0) return
      hide()
      drawing = draw(figure, { width, height: heightAt(figure, width), seed: view.state().seed, variant: view.state().variant })
      canvas.replaceChildren(drawing.svg)
    },
  }
}

/** Calm proportions: flatter where it is wide, never lower than a hand. */
const heightAt = (figure: Figure, width: number): number => {
  switch (figure.kind) {
    case "spans":
      return spansHeight(figure, width)
    case "bars":
      return barsHeight(figure, width)
    case "heat":
      return heatHeight(figure, width)
    default:
      return Math.round(Math.min(360, Math.max(240, width * 0.56)))
  }
}

const variantAt = (drawing: Drawing, x: number, y: number): number | undefined => {
  const place = drawing.placeAt(x, y)
  return drawing.isHit?.(place, x, y) === false ? undefined : drawing.probe(place).variant
}

const inside = (event: MouseEvent, element: HTMLElement) => {
  const { left, top } = element.getBoundingClientRect()
  return { x: event.clientX - left, y: event.clientY - top }
}

const tipContent = (probe: Probe): ReadonlyArray<HTMLElement> => [
  el("div", { class: "tip-heading" }, probe.heading),
  ...probe.lines.map(({ label, style, text, detail }) =>
    el(
      "div",
      { class: "tip-line" },
      style !== undefined && swatch(style),
      label !== "" && el("span", {}, label),
      el("b", {}, text),
      detail !== "" && el("small", {}, detail),
    ),
  ),
]

/** Beside the marker, on the side that has room, and never outside the figure. */
const placeTip = (tip: HTMLElement, { x, y }: Probe, width: number): void => {
  const gap = 14
  const tipWidth = tip.offsetWidth
  const left = x + gap + tipWidth <= width ? x + gap : Math.max(0, x - gap - tipWidth)
  tip.style.left = `${Math.min(left, Math.max(0, width - tipWidth))}px`
  tip.style.top = `${y === undefined ? 36 : y + 12}px`
}
