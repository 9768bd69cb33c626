/** Seeds 1 to `count`, as runs name them. */
export const seedNames = (count: number): ReadonlyArray<string> => Array.from({ length: count }, (_, index) => String(index + 1))
