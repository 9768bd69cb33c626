import type { Scenario } from "../../sim/scenario.ts"
import { isMapping } from "../mapping.ts"

/** One number or choice of a scenario, with what its schema says about it. */
export interface Parameter {
  readonly path: string
  readonly value: string
  readonly description: string
}

interface Node {
  readonly [key: string]: unknown
}

/** Every leaf of a scenario with the description of its place in the JSON Schema; items of lists go by their `id`. */
export const parametersOf = (scenario: Scenario, schema: object): ReadonlyArray<Parameter> => {
  const definitions = (schema as Node)["$defs"] as Node | undefined
  const resolve = (node: unknown): Node | undefined => {
    if (!isMapping(node)) return undefined
    const reference = node["$ref"]
    return typeof reference === "string" ? resolve(definitions?.[reference.split("/").at(-1)!]) : (node as Node)
  }
  /** The alternatives of a place: those whose constants agree with the data. */
  const formsOf = (node: unknown, data: unknown): ReadonlyArray<Node> => {
    const found = resolve(node)
    if (found === undefined) return []
    const inner = ["anyOf", "oneOf", "allOf"].flatMap((key) => (Array.isArray(found[key]) ? (found[key] as ReadonlyArray<unknown>) : []))
    return [found, ...inner.flatMap((one) => formsOf(one, data))].filter((form) => agrees(form, data))
  }
  const agrees = (form: Node, data: unknown): boolean => {
    const properties = form["properties"]
    if (!isMapping(properties) || !isMapping(data)) return true
    const kind = resolve(properties["kind"])
    const allowed = kind?.["const"] === undefined ? kind?.["enum"] : [kind["const"]]
    return !Array.isArray(allowed) || allowed.includes(data["kind"])
  }
  const walk = (data: unknown, forms: ReadonlyArray<Node>, path: string): ReadonlyArray<Parameter> => {
    if (Array.isArray(data))
      return data.flatMap((item, i) => {
        const inner = forms.flatMap(({ items }) => formsOf(items, item))
        const name = isMapping(item) && typeof item["id"] === "string" ? item["id"] : String(i)
        return walk(item, inner, `${path}.${name}`)
      })
    if (isMapping(data) && !(typeof data["kind"] === "string" && ["uniform", "lognormal"].includes(data["kind"])))
      return Object.entries(data)
        .filter(([key]) => !["id"].includes(key))
        .flatMap(([key, value]) => {
          const inner = forms.flatMap(({ properties }) => (isMapping(properties) ? formsOf(properties[key], value) : []))
          return walk(value, inner, path === "" ? key : `${path}.${key}`)
        })
    const description = forms.map((form) => form["description"]).find((text) => typeof text === "string")
    const written = isMapping(data)
      ? Object.entries(data)
          .map(([key, value]) => (key === "kind" ? String(value) : `${key} ${String(value)}`))
          .join(", ")
      : String(data)
    return [{ path, value: written, description: typeof description === "string" ? description : "" }]
  }
  return walk(scenario, formsOf(schema, scenario), "")
}
