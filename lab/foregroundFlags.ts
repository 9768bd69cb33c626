/**
 * For every Node that runs this project's own code; `package.json` and `lab/bin.cjs` have them too. At its end Node waits for V8's background
 * threads, and a compiler there may wait for a garbage collection that no longer comes: the process hangs for ever (nodejs/node#54918; seen with
 * Node 24.21 in V8's ConcurrentBaselineCompiler). These two compilers are quick in the foreground.
 */
export const foregroundFlags: ReadonlyArray<string> = ["--no-concurrent-sparkplug", "--no-maglev-build-code-on-background"]
