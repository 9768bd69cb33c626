import { existsSync, readdirSync } from "node:fs"
import { dirname, join } from "node:path"
import type { SweepData } from "../../reports/sweepData.ts"
import { ResultInvalid } from "../runStore.ts"
import { isSweepResult, readSweepResult } from "../sweepResult.ts"

/** One run to export, and what the sweep knows of it. */
export interface ExportRun {
  readonly path: string
  readonly variant?: number
  readonly seed?: number
}

/** Runs by their folders, so that thousands of them are never read at once. */
export interface ExportSource {
  readonly title: string
  readonly question?: string
  readonly sweep?: SweepData
  readonly runs: ReadonlyArray<ExportRun>
}

/** What there is to export at a path: a run, a directory of runs, or the result of a sweep with its runs beside it. Throws `ResultInvalid`. */
export const exportSource = (path: string): ExportSource => {
  if (isSweepResult(path)) {
    const sweep = readSweepResult(path)
    const folder = dirname(path)
    const runs = sweep.variants.flatMap(({ index, runs: ids }) =>
      ids.flatMap((id, seed) => (id === null ? [] : [{ path: join(folder, id), variant: index, seed }])),
    )
    const missing = runs.find((run) => !isRun(run.path))
    if (missing !== undefined)
      throw new ResultInvalid({ message: `${missing.path}: a run of ${path} is not there; keep the result beside its runs` })
    return { title: sweep.title, question: sweep.question, sweep, runs }
  }
  if (!existsSync(path))
    throw new ResultInvalid({ message: `${path}: no such file or directory; name a run, a directory of runs, or a NAME.sweep.json` })
  const runs = isRun(path)
    ? [{ path }]
    : readdirSync(path)
        .toSorted()
        .map((name) => ({ path: join(path, name) }))
        .filter((run) => isRun(run.path))
  if (runs.length === 0)
    throw new ResultInvalid({ message: `${path}: holds no finished run; name a run, a directory of runs, or a NAME.sweep.json` })
  return { title: "depinlab runs", runs }
}

const isRun = (folder: string): boolean => existsSync(join(folder, "complete.json"))
