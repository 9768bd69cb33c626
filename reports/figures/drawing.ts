import type { Style } from "../figure.ts"

/** What a place in a figure says. */
export interface Probe {
  /** Where the marker stands, in pixels of the figure. */
  readonly x: number
  readonly y?: number
  readonly heading: string
  readonly lines: ReadonlyArray<{ readonly label: string; readonly style: Style; readonly text: string; readonly detail: string }>
}

/** A figure at one width: its picture, and the places that a pointer or the arrow keys can visit. */
export interface Drawing {
  readonly svg: SVGSVGElement
  readonly places: number
  readonly placeAt: (x: number, y: number) => number
  readonly probe: (place: number) => Probe
  /** The seed whose line passes nearest, where single lines are drawn. */
  readonly seedAt: (x: number, y: number) => string | undefined
}

export interface Frame {
  readonly width: number
  readonly height: number
  /** The seed to bring out. */
  readonly seed: string | undefined
}
