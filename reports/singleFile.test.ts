import { createHash } from "node:crypto"
import { expect, test } from "vitest"
import { builtTemplate } from "./template.fixture.ts"

const TEMPLATE_BYTES_MAX = 420_000

test("the template is one small file whose policy names exactly its script", async () => {
  const html = await builtTemplate()
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(TEMPLATE_BYTES_MAX)
  const [script] = [...html.matchAll(/<script type="module">([\s\S]*?)<\/script>/g)].map(([, code]) => code ?? "")
  const policy = html.match(/http-equiv="Content-Security-Policy" content="([^"]*)"/)?.[1]
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain(
    `script-src 'sha256-${createHash("sha256")
      .update(script ?? "")
      .digest("base64")}'`,
  )
  expect(html).not.toMatch(/<(script|link|img)[^>]+(src|href)="(?!data:)/)
})
