import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { expect, onTestFinished, test, vi } from "vitest"
import { workerExecutor } from "./executor.ts"
import { currentMaker, runInputs } from "./runManifest.ts"
import { inspectRun } from "./runStore.ts"
import { readScenario } from "./scenarioFile.ts"

test("a worker out of memory is the machine's failure, and the next run gets a new worker", async () => {
  const out = mkdtempSync(join(tmpdir(), "depinlab-memory-"))
  onTestFinished(() => rmSync(out, { recursive: true }))
  const { scenario, catalogue } = readScenario("scenarios/baseline.yaml")
  const order = { scenario: { ...scenario, calendar: { ...scenario.calendar, days: 2 } }, catalogue, seed: "1" }
  const { failure, result } = await Effect.runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        const maker = yield* currentMaker
        const { id } = runInputs(order, maker)
        const execute = yield* workerExecutor(out, maker)
        vi.stubEnv("NODE_OPTIONS", "--max-old-space-size=16")
        const failure = yield* Effect.flip(execute({ id, order }, () => {}))
        vi.unstubAllEnvs()
        return { failure, result: yield* execute({ id, order }, () => {}) }
      }),
    ),
  )
  expect(failure).toMatchObject({ _tag: "RunFailed", cause: "machine", message: expect.stringContaining("SIGABRT") })
  expect(inspectRun(result.path).kind).toBe("complete")
})
