import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, it } from "vitest"
import { readInherited } from "./inheritance.ts"

const here = mkdtempSync(join(tmpdir(), "depinlab-inheritance-"))
afterAll(() => rmSync(here, { recursive: true, force: true }))
const file = (name: string, text: string): string => {
  writeFileSync(join(here, name), text)
  return join(here, name)
}
file("base.yaml", "a: { b: 1, c: 2 }\nlist: [1, 2]\nagents:\n  - { id: x, n: 1, m: 1 }\n  - { id: y, n: 2 }\n")

it("merges mappings by key and named lists by id, and replaces the rest", () => {
  const { data } = readInherited(
    file("own.yaml", "extends: base.yaml\na: { c: 3 }\nlist: [9]\nagents:\n  - { id: y, n: 5 }\n  - { id: z, n: 6 }\n"),
  )
  expect(data).toEqual({
    a: { b: 1, c: 3 },
    list: [9],
    agents: [
      { id: "x", n: 1, m: 1 },
      { id: "y", n: 5 },
      { id: "z", n: 6 },
    ],
  })
})

it("shows a problem in the file that wrote the value", () => {
  const merged = readInherited(file("own2.yaml", "extends: base.yaml\nagents:\n  - { id: y, n: bad }\n"))
  expect(merged.invalid([{ path: ["agents", 1, "n"], message: "wrong" }]).message).toMatch(/own2\.yaml:3:17 agents\[0\]\.n: wrong/)
  expect(merged.invalid([{ path: ["a", "b"], message: "wrong" }]).message).toMatch(/base\.yaml:1:9 a\.b: wrong/)
})

it("refuses files that extend each other for ever", () => {
  file("one.yaml", "extends: two.yaml\n")
  file("two.yaml", "extends: one.yaml\n")
  expect(() => readInherited(join(here, "one.yaml"))).toThrow(/more than 4 files/)
  expect(() => readInherited(file("odd.yaml", "extends: 3\n"))).toThrow(/path of another/)
})
