import { createHash } from "node:crypto"
import type { Plugin, Rollup } from "vite"

/**
 * Turns a built page into one file that needs no other: script and style are moved into it, and a content security policy names the
 * hash of the script, so that nothing else in the file can run and nothing can be fetched.
 */
export const singleFile = (fileName: string): Plugin => ({
  name: "single-file",
  apply: "build",
  enforce: "post",
  config: () => ({ build: { cssCodeSplit: false, modulePreload: false } }),
  generateBundle: {
    order: "post",
    handler(_, bundle) {
      const outputs = Object.values(bundle)
      const page = outputs.find((output) => output.type === "asset" && output.fileName.endsWith(".html"))
      const scripts = outputs.filter((output) => output.type === "chunk")
      const [script] = scripts
      if (page?.type !== "asset" || script === undefined || scripts.length > 1) {
        throw new Error(`a single file is made of one page and one script, not of ${outputs.map((output) => output.fileName).join(", ")}`)
      }
      const styles = outputs.filter((output) => output.type === "asset" && output.fileName.endsWith(".css"))
      page.source = inline(String(page.source), script.code, styles.map(source).join("\n"))
      page.fileName = fileName
      for (const output of [script, ...styles]) delete bundle[output.fileName]
    },
  },
})

const inline = (html: string, code: string, css: string): string => {
  const script = code.trim().replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--")
  const hash = createHash("sha256").update(script).digest("base64")
  const policy =
    `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; ` +
    "img-src data: blob:; base-uri 'none'; form-action 'none'"
  return html
    .replace(/\s*<script type="module"[^>]*><\/script>/, "")
    .replace(/\s*<link rel="stylesheet"[^>]*>/, "")
    .replace(
      /<meta charset="[^"]*"\s*\/?>/i,
      (charset) => `${charset}\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
    )
    .replace("</head>", () => `  <style>${css.trim()}</style>\n  </head>`)
    .replace("</body>", () => `  <script type="module">${script}</script>\n  </body>`)
}

const source = (output: Rollup.OutputAsset | Rollup.OutputChunk): string => (output.type === "asset" ? String(output.source) : "")
