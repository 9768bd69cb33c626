/** The element of a template that holds the data. */
const slot = '<script id="report-data" type="application/json"></script>'

/**
 * A template with data in it, and how many bytes they take. The data are text inside an element that no browser executes, and the page's
 * content security policy names the hash of the one script that it does, so nothing in the data can run.
 */
export const injectJson = (templateHtml: string, json: string): { readonly html: string; readonly bytes: number } => {
  const place = templateHtml.indexOf(slot)
  if (place < 0) throw new Error("the page's template has no place for the data: build it again with `npx vite build`")
  const text = escaped(json)
  return {
    html: templateHtml.slice(0, place) + slot.replace("><", () => `>${text}<`) + templateHtml.slice(place + slot.length),
    bytes: new TextEncoder().encode(text).length,
  }
}

/** JSON that no HTML parser can leave early and that is still the same JSON. */
const escaped = (json: string): string =>
  json.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)
