import { expect, test } from "vitest"
import { openTable, tableRows } from "./table.ts"

const columns = [
  { name: "tick", type: "INT32" },
  { name: "agent", type: "STRING" },
] as const

const tableOf = (rowCount: number): Uint8Array => {
  const table = openTable(columns)
  for (let row = 0; row < rowCount; row++) table.add(row, `agent-${row % 7}`)
  expect(table.rowCount()).toBe(rowCount)
  return table.close()
}

test("a table that grew holds all its rows, in order, however many groups they fill", async () => {
  for (const rowCount of [0, 1, 8_191, 8_192, 8_193, 20_000]) {
    const rows = await tableRows(tableOf(rowCount))
    expect(rows).toEqual(Array.from({ length: rowCount }, (_, row) => ({ tick: row, agent: `agent-${row % 7}` })))
  }
})

test("equal rows give equal bytes", () => {
  expect(tableOf(10_000)).toEqual(tableOf(10_000))
})
