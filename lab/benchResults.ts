import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { datasheetOf } from "../gpu-bench/datasheet.ts"
import type { Reached } from "../gpu-bench/model/card.ts"
import { reachedOf } from "../gpu-bench/model/reached.ts"
import { BenchResult, refusal } from "../gpu-bench/result.ts"
import { readDataFileAs } from "./dataFile.ts"

export interface BenchResults {
  /** By class, what the newest of its results says. */
  readonly reached: ReadonlyMap<string, Reached>
  readonly refused: ReadonlyArray<{ readonly file: string; readonly why: string }>
}

/** What the result files of a folder, whose names begin with their dates, have to say to a calibration. Throws `ScenarioInvalid`. */
export const readBenchResults = (folder: string): BenchResults => {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : []
  const refused: Array<BenchResults["refused"][number]> = []
  const reached = new Map<string, Reached>()
  for (const file of files.toSorted()) {
    const result = readDataFileAs(BenchResult, join(folder, file)).value
    const device = datasheetOf(result.device.name)?.id
    const why =
      refusal(result) ??
      (device === undefined ? `no datasheet of ${result.device.name}` : result.runner === "cuda" ? undefined : "WGSL has no tensor cores")
    if (why === undefined) reached.set(device!, reachedOf(result))
    else refused.push({ file, why })
  }
  return { reached, refused }
}
