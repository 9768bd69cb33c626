import type { Chart } from "../chart.ts"
import { el } from "../el.ts"
import { csv } from "../table.ts"
import { dataTable } from "./dataTable.ts"
import { download, fileName } from "./download.ts"
import { figureView } from "./figureView.ts"
import type { Painting } from "./painter.ts"
import { svgFile } from "./svgFile.ts"
import { swatch } from "./swatch.ts"
import type { View } from "./view.ts"

interface Setting {
  readonly reportTitle: string
  readonly isWide: boolean
  /** Tables of the page that are open by themselves. */
  readonly openTables: ReadonlyArray<string>
  readonly view: View
}

/** A chart on the page: question, answer, figures, what they mean, and the numbers to take away. */
export const chartCard = (chart: Chart, { reportTitle, isWide, openTables, view }: Setting): Painting => {
  const figures = chart.figures.map((figure) =>
    figureView(figure, [chart.title, figure.heading, chart.reading].filter(Boolean).join(" "), view),
  )
  const tableId = `${chart.id}-table`
  const holder = el("div", { id: tableId, hidden: true })
  const isOpen = () => view.state().tables?.includes(chart.id) ?? chart.opensTable ?? false
  const toggle = el(
    "button",
    {
      type: "button",
      "aria-controls": tableId,
      "aria-expanded": "false",
      onclick: () => {
        const others = (view.state().tables ?? openTables).filter((id) => id !== chart.id)
        view.choose({ tables: isOpen() ? others : [...others, chart.id] })
      },
    },
    "Table",
  )
  view.follow(() => {
    toggle.setAttribute("aria-expanded", `${isOpen()}`)
    holder.hidden = !isOpen()
    if (isOpen() && holder.childElementCount === 0) holder.append(dataTable(chart.title, chart.table))
  })
  const saveCsv = () => download(fileName(reportTitle, chart.id, "csv"), "text/csv", csv(chart.download))
  const saveSvg = () => {
    const pictures = figures.map((figure) => figure.svg()).filter((svg) => svg !== undefined)
    download(fileName(reportTitle, chart.id, "svg"), "image/svg+xml", svgFile(chart, pictures))
  }
  const element = el(
    "article",
    { class: isWide ? "chart wide" : "chart", id: chart.id, "aria-labelledby": `${chart.id}-title` },
    el("h3", { id: `${chart.id}-title` }, chart.title),
    el("p", { class: "reading" }, chart.reading),
    el("ul", { class: "legend" }, ...chart.legend.map(({ label, style }) => el("li", {}, swatch(style), el("span", {}, label)))),
    el("div", { class: figures.length > 1 ? "figures many" : "figures" }, ...figures.map((figure) => figure.element)),
    el(
      "div",
      { class: "foot" },
      el("p", { class: "caption" }, chart.caption),
      el(
        "div",
        { class: "tools", role: "group", "aria-label": `Numbers of “${chart.title}”` },
        toggle,
        el("button", { type: "button", onclick: saveCsv, "aria-label": "Download CSV" }, "CSV"),
        el("button", { type: "button", onclick: saveSvg, "aria-label": "Download SVG" }, "SVG"),
      ),
    ),
    holder,
  )
  return { element, paint: () => figures.forEach((figure) => figure.paint()) }
}
