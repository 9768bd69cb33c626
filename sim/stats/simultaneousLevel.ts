/**
 * The level that each of `count` intervals needs so that all hold at once with probability `level`: 1 - (1 - level) / count (Bonferroni), however
 * they depend on each other.
 */
export const simultaneousLevel = (count: number, level = 0.95): number => 1 - (1 - level) / Math.max(1, count)
