import { type Kernel, kernels } from "../../gpu-bench/kernel.ts"
import type { Device, KernelResult } from "../../gpu-bench/result.ts"
import { nearCards, probeRatesOf } from "../../gpu-bench/webClass.ts"
import { browserRun } from "../../gpu-bench/wgsl/browserRun.ts"
import { integer, number } from "../../reports/amount.ts"
import { el } from "../../reports/el.ts"
import type { EarnData } from "./earnData.ts"
import { openEstimate } from "./openEstimate.ts"
import { row } from "./row.ts"

const measured = kernels.filter(({ runners }) => runners.wgsl === "yes")

/** The provider's page: measures the visitor's card and, where it is one, says what it would earn. Nothing leaves the page. */
export const openEarnPage = (root: HTMLElement, data: EarnData): void => {
  const button = el("button", { class: "start", type: "button", onclick: () => void start() }, "Measure my card")
  const status = el("p", { role: "status" })
  const progress = el("progress", { max: measured.length, value: 0, "aria-label": "Kernels done", hidden: true })
  const results = el("div")
  const answer = el("div")
  root.replaceChildren(
    el(
      "header",
      { class: "masthead" },
      el("h1", {}, "What would my card earn?"),
      el(
        "p",
        { class: "question" },
        `${measured.length} small programs run on the graphics card of this device and every answer is checked. Their speed tells which class the card ` +
          "belongs to, and what providers with that class earned in simulated networks. Nothing leaves this page: it cannot reach the network.",
      ),
    ),
    button,
    progress,
    status,
    results,
    answer,
  )

  const start = async (): Promise<void> => {
    button.disabled = true
    progress.hidden = false
    progress.value = 0
    answer.replaceChildren()
    try {
      const { device } = await browserRun({ size: "ci", kernels: [] })
      const table = kernelTable(device)
      results.replaceChildren(table.section)
      const found: Array<KernelResult> = []
      for (const [index, kernel] of measured.entries()) {
        status.textContent = `${kernel.title}: ${index + 1} of ${measured.length}`
        const result = await measure(kernel, device)
        table.add(kernel, result)
        if (typeof result !== "string") found.push(result)
        progress.value = index + 1
      }
      status.textContent = `Done: ${found.filter(({ isRight }) => isRight).length} of ${measured.length} kernels answered right.`
      answer.replaceChildren(verdict(device, found, data))
    } catch (error) {
      status.textContent = `Nothing was measured: ${error instanceof Error ? error.message : String(error)}.`
    } finally {
      button.disabled = false
    }
  }
}

/** Each kernel has a device of its own, so that one which hangs a weak card does not take the others with it. */
const measure = async (kernel: Kernel, { isSoftware }: Device): Promise<KernelResult | string> => {
  try {
    const { kernels: found, absent } = await browserRun({ size: isSoftware ? "ci" : "quick", kernels: [kernel] })
    return found[0] ?? absent[0]!.reason
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const kernelTable = (device: Device) => {
  const body = el("tbody")
  const section = el(
    "section",
    { id: "kernels" },
    el("h2", {}, "This device"),
    el(
      "p",
      { id: "device" },
      device.isSoftware
        ? `${device.name} is a software device: a processor that plays a graphics card. Answers are checked at the small size, and speed is not measured.`
        : `${device.name}, through WebGPU. These figures are a class of their own: no tensor cores, and clocks of a browser.`,
    ),
    el(
      "div",
      { class: "table" },
      el("table", {}, el("thead", {}, row("th", "Kernel", "Figure", "Class", "Check against the reference")), body),
    ),
  )
  const add = ({ title, work }: Kernel, result: KernelResult | string) => {
    if (typeof result === "string") return body.append(row("td", title, "–", "webgpu", `not run: ${result}`))
    const figure = result.regimes[0]?.figure ?? 0
    const written = device.isSoftware || figure === 0 ? "–" : `${number(figure)} ${work.label}`
    const { smallCheck, check, isRight } = result
    const compared = `${integer(smallCheck.compared)} words${device.isSoftware ? "" : ` and ${integer(check.compared)} of ${integer(check.length)}`}`
    const line = row("td", title, written, "webgpu", `${isRight ? "right" : "wrong"}: ${compared}`)
    line.dataset["kernel"] = result.kernel
    line.dataset["right"] = String(isRight)
    if (!isRight) line.classList.add("wrong")
    body.append(line)
  }
  return { section, add }
}

/** Revenue is told only of a card that exists, answers right, and is near a known one. */
const verdict = (device: Device, found: ReadonlyArray<KernelResult>, data: EarnData): HTMLElement => {
  const none = (...sentences: ReadonlyArray<string>) =>
    el("section", { id: "none" }, el("h2", {}, "No estimate"), ...sentences.map((sentence) => el("p", {}, sentence)))
  if (device.isSoftware)
    return none(
      `${device.name} is no graphics card, so there is nothing that it would earn. Open this page where the browser sees the card.`,
    )
  const wrong = found.filter(({ isRight }) => !isRight)
  if (wrong.length > 0)
    return none(`Wrong answers of ${wrong.map(({ kernel }) => kernel).join(", ")}: a network would slash a provider with this card.`)
  const rates = probeRatesOf(found)
  if (rates === undefined) return none("The kernels for memory, arithmetic and integers, which tell the class, did not all run.")
  const cards = nearCards(rates)
  if (cards.length === 0) return none("No known card is near these figures: neither in memory, nor in f32 and integer arithmetic.")
  return openEstimate(cards, data)
}
