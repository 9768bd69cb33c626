import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { Schema } from "effect"
import { duration } from "../progress.ts"
import { inspectRun } from "../runStore.ts"
import { type SweepPlan } from "./variants.ts"
import { planCounts, planText } from "./planText.ts"

/** What one run of a sweep's scenario took on the machine that executed it. */
interface RunCost {
  readonly seconds: number
  readonly bytes: number
  /** The run that was measured. */
  readonly run: string
}

/** What a sweep would execute and what that would take; no cost where no run of its scenario has been measured. */
export interface DryRun extends ReturnType<typeof planCounts> {
  /** Finished already below --out, of the base alone. */
  readonly measured?: RunCost
  /** All runs one after the other, divided by the workers. */
  readonly seconds?: number
  readonly bytes?: number
}

const Host = Schema.Struct({ seconds: Schema.Number })
const Manifest = Schema.Struct({ scenarioHash: Schema.String })

/** Plans without executing; time and disk are those of a finished run of the base or of a variant in `out`, times the runs. */
export const dryRun = (plan: SweepPlan, out: string, workers: number): DryRun => {
  const counts = planCounts(plan)
  const measured = measuredRun(plan, out)
  if (measured === undefined) return counts
  const { runs } = counts
  return { ...counts, measured, seconds: (measured.seconds * runs) / Math.min(workers, runs), bytes: measured.bytes * runs }
}

/** The first finished run of the sweep's own scenarios that is there, the base's before the variants'. */
const measuredRun = ({ base, variants, baseIndex }: SweepPlan, out: string): RunCost | undefined => {
  const wanted = [base.hash, variants[baseIndex]?.hash, ...variants.map(({ hash }) => hash)]
  const rank = new Map(wanted.map((hash, index) => [hash, index] as const).reverse())
  const found = runsIn(out)
    .flatMap((run) => {
      const place = rank.get(manifestOf(join(out, run)) ?? "")
      return place === undefined ? [] : [{ run, place }]
    })
    .toSorted((a, b) => a.place - b.place)
    .find(({ run }) => inspectRun(join(out, run)).kind === "complete")
  return found && costOf(out, found.run)
}

const runsIn = (out: string): ReadonlyArray<string> => {
  try {
    return readdirSync(out)
      .filter((name) => /^[0-9a-f]{16}$/.test(name))
      .toSorted()
  } catch {
    return []
  }
}

const manifestOf = (path: string): string | undefined => {
  try {
    return Schema.decodeUnknownSync(Manifest)(JSON.parse(readFileSync(join(path, "manifest.json"), "utf8"))).scenarioHash
  } catch {
    return undefined
  }
}

const costOf = (out: string, run: string): RunCost => ({
  run,
  seconds: Schema.decodeUnknownSync(Host)(JSON.parse(readFileSync(join(out, run, "host.json"), "utf8"))).seconds,
  bytes: readdirSync(join(out, run)).reduce((sum, name) => sum + statSync(join(out, run, name)).size, 0),
})

/** For people, in a few lines. */
export const dryRunText = (plan: SweepPlan, { measured, seconds, bytes }: DryRun, workers: number): string =>
  [
    planText(plan),
    measured === undefined || seconds === undefined || bytes === undefined
      ? "how long it takes and how large it gets is not known: no run of this scenario is finished here yet"
      : `about ${duration(seconds)} with ${workers} at a time, and ${(bytes / 1e6).toFixed(1)} MB: run ${measured.run} took ${measured.seconds.toFixed(1)} s and ${(measured.bytes / 1e3).toFixed(0)} kB`,
  ].join("\n")
