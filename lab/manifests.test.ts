import { execFileSync } from "node:child_process"
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { afterAll, expect, it } from "vitest"
import { parse } from "yaml"
import { parseShard } from "./sweep/shard.ts"

// No cluster is here: what a scheduler would set is set by hand, and what would be executed is written down by a stand-in for npm.

const folder = "docs/manifests"
const here = mkdtempSync(join(tmpdir(), "depinlab-manifests-"))
afterAll(() => rmSync(here, { recursive: true }))

/** The arguments that a script gives to a command. */
const argumentsOf = (command: string, script: ReadonlyArray<string>, variables: NodeJS.ProcessEnv): ReadonlyArray<string> => {
  const stub = join(here, command)
  writeFileSync(stub, '#!/bin/sh\nprintf "%s\\n" "$@"\n')
  chmodSync(stub, 0o755)
  const env = { ...process.env, ...variables, PATH: `${here}${delimiter}${process.env["PATH"]}` }
  return execFileSync(script[0]!, script.slice(1), { env, encoding: "utf8" }).trim().split("\n")
}
const after = (args: ReadonlyArray<string>, flag: string): string => args[args.indexOf(flag) + 1]!

it("the Slurm script gives each task of the array its shard and its directory", () => {
  const args = argumentsOf("npm", ["bash", join(folder, "slurm.sh")], {
    SLURM_ARRAY_TASK_ID: "7",
    SLURM_ARRAY_TASK_COUNT: "64",
    SLURM_CPUS_PER_TASK: "4",
    SWEEP: "a sweep.yaml",
    RESULTS: "/shared/results",
  })
  expect(args).toEqual([
    "run",
    "-s",
    "lab",
    "--",
    "sweep",
    "a sweep.yaml",
    "--shard",
    "7/64",
    "--out",
    "/shared/results/shard-7",
    "--workers",
    "4",
  ])
})

it("the Indexed Job and the array of AWS Batch have a shard for each of their indices", () => {
  const job = parse(readFileSync(join(folder, "kubernetes-shards.yaml"), "utf8"))
  expect(job).toMatchObject({ apiVersion: "batch/v1", kind: "Job", spec: { completionMode: "Indexed" } })
  const batch = JSON.parse(readFileSync(join(folder, "aws-batch-job-definition.json"), "utf8"))
  for (const { command, variable } of [
    { command: job.spec.template.spec.containers[0].command, variable: "JOB_COMPLETION_INDEX" },
    { command: batch.containerProperties.command, variable: "AWS_BATCH_JOB_ARRAY_INDEX" },
  ]) {
    const args = argumentsOf("lab", command, { [variable]: "63" })
    expect(parseShard(after(args, "--shard"))).toEqual({ index: 63, count: job.spec.completions })
    expect(after(args, "--out")).toBe("/results/shard-63")
  }
})

it("what manifests name is there", () => {
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"))
  for (const path of texts.flatMap((text) => text.match(/scenarios\/[\w/-]+\.yaml/g) ?? []))
    expect(readFileSync(path, "utf8")).toContain("design:")
})
