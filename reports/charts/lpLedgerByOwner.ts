import { signedAmount, signedRange } from "../amount.ts"
import type { ChartMaker } from "../chart.ts"
import type { SpanRow } from "../figure.ts"
import { entriesOf, type LedgerEntry, ledgerTable } from "../ledgerTable.ts"
import { hasInnerBand, spread, spreadPhrase } from "../spread.ts"

/** What liquidity brought beyond holding the same coins. */
const gainUsd = ({ feesUsd, impermanentLossUsd, roundingUsd, incentivesUsd }: LedgerEntry): number =>
  feesUsd + impermanentLossUsd + roundingUsd + incentivesUsd

/** Who gains from providing liquidity: agents, the treasury, the vault. */
export const lpLedgerByOwner: ChartMaker = (report) => {
  const rows = report.scenarioNames.flatMap((name, scenario) => {
    const bySeedOf = new Map<string, Map<string, number>>()
    for (const entry of entriesOf(report, scenario)) {
      const bySeed = bySeedOf.get(entry.owner) ?? new Map<string, number>()
      const seed = report.data.runs[entry.run]!.seed
      bySeedOf.set(entry.owner, bySeed.set(seed, (bySeed.get(seed) ?? 0) + gainUsd(entry)))
    }
    return [...bySeedOf].map(([owner, bySeed]): SpanRow => {
      const { middle, low, high, innerLow, innerHigh, count } = spread([...bySeed.values()])
      return {
        label: report.isCompare ? `${owner}, ${name}` : owner,
        style: report.isCompare ? scenario : 0,
        middle,
        low,
        high,
        ...(hasInnerBand(count) ? { inner: [innerLow, innerHigh] as const } : {}),
        text: `${signedAmount(middle, "USD")} (${signedRange(low, high, "USD")})`,
        bySeed,
      }
    })
  })
  if (rows.length === 0) return undefined
  rows.sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0))
  const winners = rows.filter(({ middle }) => middle > 0).length
  return {
    id: "lp-ledger-by-owner",
    title: "Who gains from providing liquidity?",
    reading: `${winners} of ${rows.length} owners of positions end above holding the same coins, by the median.`,
    caption:
      `Fees, incentives and impermanent loss together, at the outside price. Dot: median of seeds; line: ${spreadPhrase(report.seeds.length)}. ` +
      "A vault and the treasury are owners of their own. The table's first five amounts add up to the value; means over seeds.",
    legend: [],
    figures: [{ kind: "spans", heading: "", unit: "USD", isChange: true, rows }],
    ...ledgerTable(report, ["Owner", "Pool"], ({ owner, pool }) => [owner, pool]),
    opensTable: true,
  }
}
