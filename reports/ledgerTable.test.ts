import { expect, test } from "vitest"
import { ledgerTable, residualReading } from "./ledgerTable.ts"
import { reportFixture } from "./report.fixture.ts"
import { openReport } from "./report.ts"

const data = reportFixture({ seeds: 3, days: 2 })

test("the first five amounts of a line add up to its value, and the lines to their sum", () => {
  const { table } = ledgerTable(openReport(data), ["Owner", "Pool"], ({ owner, pool }) => [owner, pool])
  expect(table.rows).toHaveLength(7)
  for (const row of table.rows) {
    const amounts = row.slice(2, 8).map(Number)
    expect(amounts.slice(0, 5).reduce((sum, usd) => sum + usd, 0)).toBeCloseTo(amounts[5]!, 6)
  }
  const [lines, all] = [table.rows.slice(0, -1), table.rows.at(-1)!]
  expect(all.slice(0, 2)).toEqual(["All", ""])
  for (let column = 2; column < 10; column++)
    expect(lines.reduce((sum, row) => sum + Number(row[column]), 0)).toBeCloseTo(Number(all[column]), 6)
})

test("a line is the mean over all runs, those without the owner too", () => {
  const once = { ...data, liquidity: data.liquidity.filter(({ run, owner, pool }) => run === 0 && owner === "treasury" && pool === "low") }
  const { table } = ledgerTable(openReport(once), ["Pool"], ({ pool }) => [pool])
  expect(table.rows.map(([pool, flows]) => [pool, flows])).toEqual([
    ["low", once.liquidity[0]!.flowsUsd / 3],
    ["All", once.liquidity[0]!.flowsUsd / 3],
  ])
})

test("units that the ledger cannot explain are said, and not averaged away", () => {
  const [first, ...rest] = data.liquidity
  const missed = openReport({ ...data, liquidity: [{ ...first!, residualUnits: 1 }, ...rest] })
  expect(residualReading(openReport(data))).toBe("The residual is 0 wei.")
  expect(residualReading(missed)).toBe("The residual is 1 units, which is a defect.")
  expect(ledgerTable(missed, ["Pool"], ({ pool }) => [pool]).table.rows.map((row) => row.at(-1))).toEqual(["1", "0", "1"])
})
