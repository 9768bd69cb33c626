import { Schema } from "effect"

/** One of `count` parts of a sweep that machines execute without knowing of each other; `index` counts from 0, as arrays of jobs do. */
export interface Shard {
  readonly index: number
  readonly count: number
}

/** `i/n` as it is typed. */
export const ShardText = Schema.String.check(
  Schema.makeFilter((text: string) => parseShard(text) !== undefined, {
    expected: "i/n with i from 0 to n - 1, e.g. 0/8 to 7/8: $SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT",
  }),
)

/** Undefined where the text is no shard. */
export const parseShard = (text: string): Shard | undefined => {
  const [, index, count] = /^(\d{1,7})\/(\d{1,7})$/.exec(text)?.map(Number) ?? []
  return index !== undefined && count !== undefined && index < count ? { index, count } : undefined
}

/** Every n-th run, so that each shard has runs of all variants and none has the slow ones alone; all shards together have each run once. */
export const shardOf = function* <A>(runs: Iterable<A>, { index, count }: Shard): Generator<A> {
  let place = 0
  for (const run of runs) if (place++ % count === index) yield run
}
