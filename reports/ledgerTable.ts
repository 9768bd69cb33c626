import { mean } from "../sim/stats/mean.ts"
import type { Report } from "./report.ts"
import type { ReportData } from "./reportData.ts"
import type { Table } from "./table.ts"

export type LedgerEntry = ReportData["liquidity"][number]

/** What every column is, and the amount behind it; the first five add up to the sixth. */
const columns = [
  ["Paid in less taken out", (entry: LedgerEntry) => entry.flowsUsd],
  ["Holding", (entry: LedgerEntry) => entry.holdingUsd],
  ["Fees", (entry: LedgerEntry) => entry.feesUsd],
  ["Impermanent loss", (entry: LedgerEntry) => entry.impermanentLossUsd],
  ["Rounding", (entry: LedgerEntry) => entry.roundingUsd],
  ["Value at the end", (entry: LedgerEntry) => entry.valueUsd],
  ["Of the loss: LVR", (entry: LedgerEntry) => entry.lossVersusRebalancingUsd],
  ["Incentives", (entry: LedgerEntry) => entry.incentivesUsd],
] as const satisfies ReadonlyArray<readonly [string, (entry: LedgerEntry) => number]>

export const entriesOf = (report: Report, scenario: number): ReadonlyArray<LedgerEntry> =>
  report.data.liquidity.filter(({ run }) => report.data.runs[run]?.scenario === scenario)

/** One row for each line, which is named by some texts, with the mean over the runs of a scenario, and the sum of the rows. */
export const ledgerTable = (
  report: Report,
  heads: ReadonlyArray<string>,
  lineOf: (entry: LedgerEntry) => ReadonlyArray<string>,
): { readonly table: Table; readonly download: Table } => {
  const header = [
    ...(report.isCompare ? ["Scenario"] : []),
    ...heads,
    ...columns.map(([name]) => `${name}, USD`),
    "Residual, wei and micro-USD",
  ]
  const rows = report.scenarioNames.flatMap((name, scenario) => {
    const entries = entriesOf(report, scenario)
    const runs = report.data.runs.flatMap((run, index) => (run.scenario === scenario ? [index] : []))
    const row = (line: ReadonlyArray<string>, own: ReadonlyArray<LedgerEntry>) => {
      const sums = (of: (entry: LedgerEntry) => number) =>
        runs.map((index) => own.reduce((sum, entry) => (entry.run === index ? sum + of(entry) : sum), 0))
      const residual = sums((entry) => entry.residualUnits).reduce((sum, units) => sum + units, 0)
      return [
        ...(report.isCompare ? [name] : []),
        ...line,
        ...columns.map(([, of]) => mean(sums(of))),
        residual === 0 ? "0" : `${residual}`,
      ]
    }
    const lines = new Map(entries.map((entry) => [lineOf(entry).join("\n"), lineOf(entry)]))
    const own = [...lines].map(([key, line]) =>
      row(
        line,
        entries.filter((entry) => lineOf(entry).join("\n") === key),
      ),
    )
    return entries.length === 0 ? [] : [...own, row(["All", ...heads.slice(1).map(() => "")], entries)]
  })
  return {
    table: { header, rows, isMoney: true },
    download: {
      header: ["Scenario", "Seed", "Pool", "Owner", ...columns.map(([name]) => `${name}, USD`), "Residual, wei and micro-USD"],
      rows: report.data.liquidity.map((entry) => {
        const run = report.data.runs[entry.run]
        return [
          report.scenarioNames[run?.scenario ?? 0] ?? "",
          run?.seed ?? "",
          entry.pool,
          entry.owner,
          ...columns.map(([, of]) => of(entry)),
          entry.residualUnits,
        ]
      }),
    },
  }
}

/** Whether the ledger explains every unit, in words. */
export const residualReading = (report: Report): string => {
  const units = report.data.liquidity.reduce((sum, entry) => sum + entry.residualUnits, 0)
  return units === 0 ? "The residual is 0 wei." : `The residual is ${units} units, which is a defect.`
}
