import type { SweepChartMaker } from "../sweepChart.ts"
import { againstBase } from "./againstBase.ts"
import { front } from "./front.ts"
import { knobEffects } from "./knobEffects.ts"
import { region } from "./region.ts"
import { searchHistory } from "./searchHistory.ts"
import { sensitivity } from "./sensitivity.ts"
import { tornado } from "./tornado.ts"

/** The charts of a sweep by section, in the order of the page. To add one: its file, and its name here. */
export const sections: ReadonlyArray<{ readonly id: string; readonly title: string; readonly charts: ReadonlyArray<SweepChartMaker> }> = [
  { id: "settings", title: "Settings", charts: [region, front] },
  { id: "effects", title: "Effects", charts: [knobEffects, tornado, againstBase] },
  { id: "influence", title: "Influence", charts: [sensitivity] },
  { id: "history", title: "Search", charts: [searchHistory] },
]
