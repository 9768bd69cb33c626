import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, relative, resolve } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { stringify } from "yaml"
import { readCalibration } from "./calibrationFile.ts"

const here = mkdtempSync(join(tmpdir(), "depinlab-calibration-file-"))
afterAll(() => rmSync(here, { recursive: true, force: true }))

const series = { id: "price", metric: "priceUsd", column: "price", of: "mean" }
const parameter = { path: "markets.reference.volatilityPerYear", low: 0.1, high: 2 }
const moment = { series: "price", statistic: "sdLogChange" }
const good = {
  name: "good",
  question: "Is this file read?",
  scenario: relative(here, resolve("scenarios/calibrations/small-network.yaml")),
  data: { file: "data.csv", dateColumn: "month", every: "month" },
  training: { from: "2026-01", to: "2026-03" },
  holdOut: {},
  series: [series],
  parameters: [parameter],
  moments: [moment],
}
const goodData = "# from nowhere\nmonth,price,weeks\n2026-01,1,4\n2026-02,,4\n2026-03-01,3,5\n2026-05,5,4\n"

let written = 0
const read = (changes: object = {}, data = goodData) => {
  writeFileSync(join(here, "data.csv"), data)
  const path = join(here, `${++written}.yaml`)
  writeFileSync(path, stringify({ ...good, ...changes }))
  return readCalibration(path)
}

it("reads missing lines and empty fields as missing values, and holds out what comes after the training", () => {
  const { periods, trainingCount, table } = read()
  expect(periods.map(({ label, days }) => [label, days])).toEqual([
    ["2026-01", 31],
    ["2026-02", 28],
    ["2026-03", 31],
    ["2026-04", 30],
    ["2026-05", 31],
  ])
  expect(trainingCount).toBe(3)
  expect(table?.values.get("price")).toEqual([1, NaN, 3, NaN, 5])
})

it("compares amounts by the day, over the weeks that the data have", () => {
  const weekly = {
    data: { ...good.data, weeksColumn: "weeks" },
    holdOut: undefined,
    series: [{ ...series, metric: "volumeUsd", of: "flow" }],
  }
  const { periods, table } = read(weekly)
  // The first Mondays of January to March 2026 are the 5th, the 2nd and the 2nd.
  expect(periods.map(({ fromSeconds, days }) => [new Date(fromSeconds * 1000).toISOString().slice(0, 10), days])).toEqual([
    ["2026-01-05", 28],
    ["2026-02-02", 28],
    ["2026-03-02", 35],
  ])
  expect(table?.values.get("price")).toEqual([1 / 28, NaN, 3 / 35])
})

describe("a bad file is told with its place", () => {
  it.each<readonly [string, object, string | undefined, RegExp]>([
    ["an unknown key", { momentum: [] }, undefined, /momentum.*did you mean moments/],
    [
      "an unknown path",
      { parameters: [{ ...parameter, path: "markets.reference.volatilityPerYer" }] },
      undefined,
      /:\d+:\d+ parameters\[0\]\.path: .*did you mean volatilityPerYear/,
    ],
    ["an unknown group", { parameters: [{ ...parameter, path: "agents.hom.sellShare" }] }, undefined, /no agents\.hom; did you mean home/],
    ["no number", { parameters: [{ ...parameter, path: "agents.home.gpu" }] }, undefined, /agents\.home\.gpu is not a number/],
    [
      "a bound that the scenario cannot have",
      { parameters: [{ ...parameter, high: 9 }] },
      undefined,
      /parameters\[0\]\.high: the scenario cannot have it.*0 to 5/,
    ],
    ["bounds the wrong way round", { parameters: [{ ...parameter, low: 3 }] }, undefined, /is not above/],
    ["the logarithm of nothing", { parameters: [{ ...parameter, low: 0, scale: "log" }] }, undefined, /lower bound above 0/],
    [
      "a parameter twice",
      { parameters: [parameter, { ...parameter }], moments: [moment, { ...moment, statistic: "mean" }] },
      undefined,
      /stands here twice/,
    ],
    [
      "too few moments",
      { parameters: [parameter, { ...parameter, path: "agents.app.jobsPerDay" }] },
      undefined,
      /2 parameters need at least as many moments/,
    ],
    ["an unknown series", { moments: [{ ...moment, series: "prize" }] }, undefined, /no series prize; did you mean price/],
    ["an unknown metric", { series: [{ ...series, metric: "priceUds" }] }, undefined, /unknown metric; did you mean priceUsd/],
    ["the flow of a share", { series: [{ ...series, metric: "utilisation", of: "flow" }] }, undefined, /no flow/],
    ["a day where months are meant", { training: { from: "2026-01-01", to: "2026-03" } }, undefined, /expected a month such as 2024-10/],
    [
      "a training before the scenario",
      { training: { from: "2025-11", to: "2026-03" } },
      "month,price\n2025-11,1\n2026-05,2\n",
      /the scenario begins on 2026-01-01/,
    ],
    ["a path out of this place", { data: { ...good.data, file: "/etc/passwd" } }, undefined, /data\.file/],
    ["an unknown column", { series: [{ ...series, column: "prize" }] }, undefined, /data\.csv:2: no column prize; did you mean price/],
    ["words for numbers", {}, "month,price\n2026-01,dear\n", /data\.csv:2: price: got dear, expected a number/],
    ["no date", {}, "month,price\nJanuary,1\n", /data\.csv:2: month: got January, expected a month/],
    ["a month twice", {}, "month,price\n2026-01,1\n2026-01,1\n", /data\.csv:3: a second line for 2026-01/],
    ["data that end too soon", {}, "month,price\n2026-01,1\n2026-02,1\n", /end with 2026-02, and 2026-03 is asked for/],
    ["data that begin too late", {}, "month,price\n2026-02,1\n2026-03,1\n", /no 2026-01/],
  ])("%s", (_what, changes, data, message) => {
    expect(() => read(changes, data)).toThrow(message)
  })
})
