import cdf from "@stdlib/stats-base-dists-normal-cdf"
import quantile from "@stdlib/stats-base-dists-normal-quantile"

/** P(Z <= z) of the standard normal. */
export const normalCdf = (z: number): number => cdf(z, 0, 1)

/** The z with P(Z <= z) = p; infinite at 0 and 1. */
export const normalQuantile = (p: number): number => quantile(p, 0, 1)
