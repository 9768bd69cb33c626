import { Schema } from "effect"

/** A file that a file names: below its own folder or beside it, never an absolute path. */
export const RelativePath = Schema.String.check(Schema.isPattern(/^(\.\.\/)*\w[\w-]*(\/\w[\w-]*)*\.\w+$/)).annotate({
  title: "a path relative to this file, such as ../data/prices.csv",
})
