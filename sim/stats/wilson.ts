import { normalQuantile } from "./normal.ts"

/** Wilson's score interval (1927) for the probability behind `passes` of `runs`; nothing seen leaves all of 0 to 1 open. */
export const wilson = (passes: number, runs: number, level = 0.95): { readonly low: number; readonly high: number } => {
  if (runs === 0) return { low: 0, high: 1 }
  const z = normalQuantile((1 + level) / 2)
  const z2 = z * z
  const share = passes / runs
  const scale = 1 + z2 / runs
  const centre = (share + z2 / (2 * runs)) / scale
  const half = (z * Math.sqrt((share * (1 - share)) / runs + z2 / (4 * runs * runs))) / scale
  // Exact at the ends, where rounding would leave a trace.
  return { low: passes === 0 ? 0 : centre - half, high: passes === runs ? 1 : centre + half }
}
