import { expect, test } from "vitest"
import { deterrenceClasses } from "../../sim/proofs/frontier.ts"
import { reportFixture } from "../report.fixture.ts"
import { openReport } from "../report.ts"
import { cheatingFrontier } from "./cheatingFrontier.ts"

/** Ten epochs in every class; everybody cheats below a class, and nobody from it on. */
const reportWith = (turnsAt: ReadonlyArray<number>) => {
  const data = reportFixture({ seeds: turnsAt.length, days: 2 })
  const series = (count: (percent: number, seed: number) => number) =>
    deterrenceClasses.map((percent) => turnsAt.map((_, seed) => [null, count(percent, seed)]))
  const weighed = series(() => 10)
  const cheated = series((percent, seed) => (percent < turnsAt[seed]! ? 10 : 0))
  return openReport({
    ...data,
    series: {
      ...data.series,
      ...Object.fromEntries(deterrenceClasses.map((percent, at) => [`weighedEpochs.${percent}`, weighed[at]!])),
      ...Object.fromEntries(deterrenceClasses.map((percent, at) => [`cheatedEpochs.${percent}`, cheated[at]!])),
    },
  })
}

test("the frontier is read where the share falls, with an interval over seeds and the closed form as a rule", () => {
  const chart = cheatingFrontier(reportWith([100, 110, 90]))!
  expect(chart.reading).toMatch(/deterrence is 0\.99\d \(95 % interval 0\.7\d+ to 1\.2\d* over 3 seeds\); the closed form says 1\.$/)
  const [figure] = chart.figures
  if (figure?.kind !== "curve") throw new Error("not a curve")
  expect(figure.rule.at).toBe(1)
  const shares = new Map(
    figure.lines[0]!.points.map(({ from, share, low, high, count }) => [
      from,
      [share, low < share || share === 0, high > share || share === 1, count],
    ]),
  )
  expect(shares.get(0.8)).toEqual([1, true, true, 30])
  expect(shares.get(0.9)).toEqual([20 / 30, true, true, 30])
  expect(shares.get(1)).toEqual([10 / 30, true, true, 30])
  expect(shares.get(1.1)).toEqual([0, true, true, 30])
})

test("it says so where nobody turns", () => {
  expect(cheatingFrontier(reportWith([1_000, 1_000]))!.reading).toContain("never divide")
  expect(cheatingFrontier(openReport(reportFixture({ days: 2 })))).toBeUndefined()
})
