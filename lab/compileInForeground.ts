import { setFlagsFromString } from "node:v8"

/**
 * At its end Node waits for V8's background threads, and a compiler there may wait for a garbage collection that no longer comes: the process
 * hangs for ever (nodejs/node#54918; seen with Node 24.21 in V8's ConcurrentBaselineCompiler). These two compilers are quick in the foreground.
 */
export const foregroundFlags = ["--no-concurrent-sparkplug", "--no-maglev-build-code-on-background"]

export const compileInForeground = (): void => {
  for (const flag of foregroundFlags) setFlagsFromString(flag)
}
