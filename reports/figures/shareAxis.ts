import * as Plot from "@observablehq/plot"
import { bare } from "../amount.ts"

const quarters = [0, 0.25, 0.5, 0.75, 1]

/** A vertical axis from 0 to 100 %. */
export const shareAxis = (): ReadonlyArray<Plot.Markish> => [
  Plot.gridY(quarters, { stroke: "var(--hairline)", strokeOpacity: 1 }),
  Plot.axisY(quarters, { tickFormat: (share: number) => bare(share, "share"), tickSize: 0, fill: "var(--quiet)" }),
]
