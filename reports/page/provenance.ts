import { el } from "../el.ts"
import type { ReportData } from "../reportData.ts"
import { fileText } from "./fileText.ts"
import { hash } from "./hash.ts"
import { columnHead, tableFrame } from "./tableFrame.ts"

type Scenario = ReportData["scenarios"][number]

/** Where every number that went in comes from; `profilesTitle` says what the profiles are of. */
export const provenance = (
  { version, sourceHash, node, anvil, anvilSha256, solc, contracts, profiles, presets }: ReportData["provenance"],
  scenarios: ReadonlyArray<Scenario>,
  profilesTitle: string,
): HTMLElement => {
  return el(
    "section",
    { id: "provenance" },
    el("h2", {}, "Provenance"),
    el("h3", {}, "Made with"),
    facts([
      ["depinlab", version],
      ["Source", hash(sourceHash)],
      ["Node", node],
      ["Anvil", anvil],
      ["Anvil binary, SHA-256", hash(anvilSha256)],
      ["Solidity compiler", solc],
    ]),
    el("h3", {}, "Contracts, by hash of their code"),
    facts(
      Object.entries(contracts).map(([name, code]) => [name, hash(code)]),
      "columns",
    ),
    profiles.length > 0 &&
      el(
        "div",
        {},
        el("h3", {}, profilesTitle),
        sources(
          profilesTitle,
          ["Class", "Figure", "Value", "How it is known", "Source", "Date"],
          profiles.map(({ label, figure, value = "", provenance: known, source, date }) => [label, figure, value, known, source, date]),
        ),
      ),
    presets.length > 0 &&
      el(
        "div",
        {},
        el("h3", {}, "Presets"),
        sources(
          "Presets",
          ["Preset", "Source", "Date"],
          presets.map(({ id, source, date }) => [id, source, date]),
        ),
      ),
    el("h3", {}, scenarios.length > 1 ? "Scenarios" : "Scenario"),
    ...scenarios.map(scenarioFile),
  )
}

const facts = (rows: ReadonlyArray<readonly [string, string | Node]>, kind = ""): HTMLElement =>
  el("dl", { class: kind }, ...rows.map(([term, value]) => el("div", {}, el("dt", {}, term), el("dd", {}, value))))

const sources = (name: string, header: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): HTMLElement =>
  tableFrame(
    name,
    "sources",
    header.map((title) => columnHead(title, true)),
    el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map((value) => el("td", { class: "text" }, link(value)))))),
  )

/** A web address becomes a link; anything else stays text. */
const link = (value: string): string | HTMLElement =>
  /^https:\/\/\S+$/.test(value)
    ? el("a", { href: value, rel: "noreferrer noopener", target: "_blank" }, value.slice("https://".length))
    : value

const scenarioFile = ({ name, hash: identity, yaml, agentsByKind }: Scenario): HTMLElement => {
  const agents = Object.entries(agentsByKind)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(", ")
  return el(
    "details",
    {},
    el("summary", {}, el("b", {}, name), " ", hash(identity)),
    el("p", { class: "caption" }, `Agents: ${agents}.`),
    fileText(`scenario ${name}`, yaml),
  )
}
