import { expect, test } from "vitest"
import { csv } from "./table.ts"

test("quotes what would break a cell", () => {
  expect(csv({ header: ["a", 'b "c"'], rows: [["x,y", "line\nbreak"]] })).toBe('a,"b ""c"""\r\n"x,y","line\nbreak"\r\n')
})

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])("text that a spreadsheet would run is made text: %j", (formula) => {
  const [, row] = csv({ header: ["h"], rows: [[formula]] }).split("\r\n", 2)
  expect(row?.replace(/^"/, "")[0]).toBe("'")
})

test("numbers stay numbers, negative ones too, and what is not a number is an empty cell", () => {
  expect(csv({ header: ["h", "i"], rows: [[-0.5, NaN]] })).toBe("h,i\r\n-0.5,\r\n")
})
