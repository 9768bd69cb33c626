import { Schema } from "effect"

/** Ids become file names, addresses and column names, so their alphabet is small. */
export const Id = Schema.String.check(Schema.isPattern(/^[a-z0-9][a-z0-9-]{0,31}$/)).annotate({
  title: "lower-case letters, digits and hyphens, at most 32",
})
