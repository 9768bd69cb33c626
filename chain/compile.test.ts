import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { manifest } from "./artifacts.ts"
import { artifactFolder, compile, differences } from "./compile.ts"

test("the committed artifacts are what the sources compile to", () => {
  const files = compile()
  expect(differences(files, artifactFolder)).toEqual([])
  expect(manifest.compiler).toMatch(/^0\.8\.37\+/)
  expect(Object.keys(manifest.sources)).toContain("chain/registry/ProviderRegistry.sol")
  expect(Object.keys(manifest.packaged).map((version) => version.slice(0, 6))).toEqual(["0.5.16", "0.6.12", "0.8.26"])
  for (const name of ["StakingRewards.ts", "MasterChef.ts", "KeystoneForwarder.ts", "DataFeedsCache.ts"])
    expect(files.get(name)).toMatch(/Permission is hereby granted/)
}, 120_000)

describe("differences", () => {
  const files = new Map([
    ["A.ts", "a"],
    ["B.ts", "b"],
  ])
  const folderOf = (contents: Readonly<Record<string, string>>) => {
    const folder = mkdtempSync(join(tmpdir(), "depinlab-artifacts-"))
    for (const [name, text] of Object.entries(contents)) writeFileSync(join(folder, name), text)
    return folder
  }

  test.for([
    { name: "none", contents: { "A.ts": "a", "B.ts": "b" }, found: [] },
    { name: "another content", contents: { "A.ts": "x", "B.ts": "b" }, found: ["A.ts"] },
    { name: "a missing file", contents: { "A.ts": "a" }, found: ["B.ts"] },
    { name: "a file too many", contents: { "A.ts": "a", "B.ts": "b", "C.ts": "c" }, found: ["C.ts"] },
  ])("names $name", ({ contents, found }) => {
    const folder = folderOf(contents as Readonly<Record<string, string>>)
    expect(differences(files, folder)).toEqual(found)
    rmSync(folder, { recursive: true })
  })
})
