import type { Figure } from "../figure.ts"
import { drawBars } from "./bars.ts"
import { drawCurve } from "./curve.ts"
import { drawDistribution } from "./distribution.ts"
import type { Drawing, Frame } from "./drawing.ts"
import { drawFan } from "./fan.ts"
import { drawHeat } from "./heat.ts"
import { drawScatter } from "./scatter.ts"
import { drawSpans } from "./spans.ts"

export const draw = (figure: Figure, frame: Frame): Drawing => {
  switch (figure.kind) {
    case "fan":
      return drawFan(figure, frame)
    case "distribution":
      return drawDistribution(figure, frame)
    case "curve":
      return drawCurve(figure, frame)
    case "spans":
      return drawSpans(figure, frame)
    case "heat":
      return drawHeat(figure, frame)
    case "scatter":
      return drawScatter(figure, frame)
    case "bars":
      return drawBars(figure, frame)
  }
}
