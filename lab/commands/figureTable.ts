import type { Figure } from "../../chain/bench.ts"
import { number, textTable } from "../print.ts"

/** What was measured, with the ratios that hold on other machines too. */
export const figureTable = (figures: ReadonlyArray<Figure>): string =>
  textTable(
    ["figure", "value", "unit", "ratio", "against"],
    figures.map(({ name, value, unit, ratio, against }) => [name, number(value), unit, ratio.toFixed(3), against]),
  )
