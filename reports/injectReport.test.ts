import { expect, test } from "vitest"
import { REPORT_BYTES_MAX, ReportTooLarge, injectReport } from "./injectReport.ts"
import { HOSTILE, reportFixture } from "./report.fixture.ts"

const template = `<html><script id="report-data" type="application/json"></script><script>run()</script></html>`
const data = reportFixture({ seeds: 2, days: 5 })
const dataOf = (html: string) => html.slice(html.indexOf(`json">`) + 6, html.indexOf("</script>"))

test("the data come back as they went in, to eight digits", () => {
  const back = JSON.parse(dataOf(injectReport(template, data)))
  expect(back.runs).toEqual(data.runs)
  const sent = data.series["priceUsd"]?.[1]?.[4]
  expect(back.series.priceUsd[1][4]).toBeCloseTo(sent ?? NaN, 7)
})

test("hostile text cannot leave its element, and is still the same text", () => {
  const html = injectReport(template, reportFixture({ seeds: 1, days: 2, hostile: true }))
  expect(html.match(/<\/script>/g)).toHaveLength(2)
  expect(dataOf(html)).not.toMatch(/[<>&\u2028\u2029]/)
  expect(JSON.parse(dataOf(html)).title).toBe(HOSTILE)
})

test("text that looks like a replacement pattern stays as it is", () => {
  expect(JSON.parse(dataOf(injectReport(template, { ...data, title: "$& $1 $` $'" }))).title).toBe("$& $1 $` $'")
})

test("the rest of the template is untouched, so that its hashes hold", () => {
  const html = injectReport(template, data)
  expect(html.replace(dataOf(html), "")).toBe(template)
})

test("refuses what one page cannot hold, and says how much it is", () => {
  const yaml = "x".repeat(REPORT_BYTES_MAX)
  const large = { ...data, scenarios: data.scenarios.map((scenario) => ({ ...scenario, yaml })) }
  expect(() => injectReport(template, large)).toThrow(ReportTooLarge)
  expect(() => injectReport(template, large)).toThrow(/15\.0 MB.+fewer runs/)
})

test("refuses data of another shape and a template without a place", () => {
  const wrong = { ...data, objectives: [{ ...data.objectives[0]!, verdict: "safe" }] } as unknown as typeof data
  expect(() => injectReport(template, wrong)).toThrow(/verdict/)
  expect(() => injectReport("<html></html>", data)).toThrow(/no place for the data/)
})
