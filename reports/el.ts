type Child = Node | string | undefined | false

type Properties = Readonly<Record<string, string | number | boolean | undefined | ((event: never) => void)>>

/**
 * An element with its attributes and children. Functions become listeners of the event they are named for (`onclick`), true an empty
 * attribute, false and undefined none; strings become text and never markup.
 */
export const el = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: ReadonlyArray<Child>
): HTMLElementTagNameMap[Tag] => {
  const element = document.createElement(tag)
  fill(element, properties, children)
  return element
}

/** The same for a drawing. */
export const svgEl = <Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: ReadonlyArray<Child>
): SVGElementTagNameMap[Tag] => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag)
  fill(element, properties, children)
  return element
}

const fill = (element: Element, properties: Properties, children: ReadonlyArray<Child>): void => {
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener)
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value))
  }
  element.append(...children.filter((child) => child !== undefined && child !== false))
}
