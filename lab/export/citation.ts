import { stringify } from "yaml"

interface Citation {
  readonly title: string
  readonly authors: ReadonlyArray<string>
  readonly date: string
  readonly version: string
}

/** CITATION.cff 1.2.0 for the data set, with the program that made it. */
export const citation = ({ title, authors, date, version }: Citation): string =>
  stringify({
    "cff-version": "1.2.0",
    message: "If you use these data, please cite them and the program that made them.",
    type: "dataset",
    title,
    authors: authors.map((name) => ({ name })),
    "date-released": date,
    references: [{ type: "software", title: "depinlab", version, authors: [{ name: "depinlab contributors" }] }],
  })
