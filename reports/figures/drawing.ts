import type { Style } from "../figure.ts"

/** What a place in a figure says. */
export interface Probe {
  /** Where the marker stands, in pixels of the figure. */
  readonly x: number
  readonly y?: number
  readonly heading: string
  readonly lines: ReadonlyArray<{ readonly label: string; readonly style?: Style; readonly text: string; readonly detail: string }>
  /** The variant of a sweep that stands there. */
  readonly variant?: number
}

/** A figure at one width: its picture, and the places that a pointer or the arrow keys can visit. */
export interface Drawing {
  readonly svg: SVGSVGElement
  readonly places: number
  readonly placeAt: (x: number, y: number) => number
  readonly probe: (place: number) => Probe
  /** The seed whose line passes nearest, where single lines are drawn. */
  readonly seedAt: (x: number, y: number) => string | undefined
  /** Whether a click there means the place and not only the nearest one; it always does where this is missing. */
  readonly isHit?: (place: number, x: number, y: number) => boolean
}

export interface Frame {
  readonly width: number
  readonly height: number
  /** The seed to bring out. */
  readonly seed: string | undefined
  /** The variant to bring out. */
  readonly variant?: number | undefined
}
