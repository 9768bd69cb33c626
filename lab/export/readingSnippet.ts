import type { ExportFormat } from "./exportTables.ts"

/** How to open the tables in pandas, polars, DuckDB and R: four ways to the same number. */
export const readingSnippet = (format: ExportFormat): string => {
  const isCsv = format === "csv"
  const file = (name: string) => `${name}.${format}`
  return [
    "# How to open these tables",
    "`runs` has a row a run, `series` a row a tick of a run, `agents` a row an agent of a run; `run_id` joins them.",
    "## pandas",
    "```python",
    "import pandas as pd",
    "",
    ...["runs", "series", "agents"].map((name) => `${name} = pd.${isCsv ? "read_csv" : "read_parquet"}("${file(name)}")`),
    'print(runs.groupby("scenario")["run_id"].count())',
    'daily = series.merge(runs[["run_id", "seed"]], on="run_id")',
    "```",
    "## polars",
    "```python",
    "import polars as pl",
    "",
    `series = pl.scan_${format}("${file("series")}")`,
    'print(series.group_by("run_id").len().collect())',
    "```",
    "## DuckDB",
    "```sql",
    `SELECT r.seed, count(*) AS ticks FROM '${file("series")}' s JOIN '${file("runs")}' r USING (run_id) GROUP BY r.seed ORDER BY r.seed;`,
    "```",
    "## R",
    "```r",
    ...(isCsv
      ? [`runs <- read.csv("${file("runs")}", check.names = FALSE)`, `series <- read.csv("${file("series")}", check.names = FALSE)`]
      : ["library(arrow)", `runs <- read_parquet("${file("runs")}")`, `series <- read_parquet("${file("series")}")`]),
    'nrow(merge(series, runs[, c("run_id", "seed")], by = "run_id"))',
    "```",
    "",
  ].join("\n")
}
