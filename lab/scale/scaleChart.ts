export interface Series {
  readonly name: string
  readonly unit: string
  readonly exponent: number
  readonly points: ReadonlyArray<{ readonly size: number; readonly cost: number }>
}

const width = 420
const height = 320
const margin = { left: 62, right: 20, top: 46, bottom: 48 }

/** One panel a series, both axes logarithmic, with a line of slope one through the largest size. */
export const scaleChart = (series: ReadonlyArray<Series>, caption: string): string => {
  const panels = series.map((one, index) => `<g transform="translate(${index * width},0)">${panel(one)}</g>`).join("\n")
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${series.length * width} ${height + 28}" font-family="sans-serif" font-size="12" role="img">
<rect width="100%" height="100%" fill="white"/>
${panels}
<text x="12" y="${height + 16}" fill="#555">${escaped(caption)}</text>
</svg>
`
}

const panel = ({ name, unit, exponent, points }: Series): string => {
  const sizes = points.map(({ size }) => size)
  const costs = points.map(({ cost }) => cost)
  const [largest] = points.toSorted((a, b) => b.size - a.size)
  const linear = (size: number) => (largest!.cost * size) / largest!.size
  const low = Math.min(...costs, linear(Math.min(...sizes)))
  const x = axis(Math.min(...sizes), Math.max(...sizes), margin.left, width - margin.right)
  const y = axis(low, Math.max(...costs), height - margin.bottom, margin.top)
  const line = points.map(({ size, cost }) => `${x(size)},${y(cost)}`).join(" ")
  return [
    `<text x="${margin.left}" y="20" font-size="14">${escaped(name)}: exponent ${exponent.toFixed(2)}</text>`,
    `<line x1="${x(Math.min(...sizes))}" y1="${y(linear(Math.min(...sizes)))}" x2="${x(largest!.size)}" y2="${y(largest!.cost)}" stroke="#999" stroke-dasharray="4 3"/>`,
    `<polyline points="${line}" fill="none" stroke="#1f6f8b" stroke-width="2"/>`,
    ...points.map(({ size, cost }) =>
      [
        `<circle cx="${x(size)}" cy="${y(cost)}" r="4" fill="#1f6f8b"/>`,
        `<text x="${x(size)}" y="${y(cost) - 9}" text-anchor="middle">${cost.toFixed(1)}</text>`,
        `<text x="${x(size)}" y="${height - margin.bottom + 18}" text-anchor="middle" fill="#555">${size.toLocaleString("en-US")}</text>`,
      ].join(""),
    ),
    `<text x="${width / 2}" y="${height - 8}" text-anchor="middle" fill="#555">${escaped(unit)}</text>`,
    `<text x="16" y="${height / 2}" text-anchor="middle" transform="rotate(-90 16 ${height / 2})" fill="#555">processor seconds, host and Anvil</text>`,
  ].join("\n")
}

const axis = (low: number, high: number, from: number, to: number) => (value: number) =>
  Math.round((from + ((to - from) * Math.log(value / low)) / Math.log(high / low)) * 10) / 10

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
