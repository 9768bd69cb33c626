/** At most so many items, evenly chosen, first and last among them. */
export const sampled = <T>(items: ReadonlyArray<T>, most: number): ReadonlyArray<T> =>
  items.length <= most ? items : Array.from({ length: most }, (_, i) => items[Math.round((i * (items.length - 1)) / (most - 1))]!)
