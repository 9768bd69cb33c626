#!/usr/bin/env node
// The command `lab` of an installed package: runs the bundle with the Node 24 that comes with it, whatever Node the machine has.
// CommonJS without dependencies, so that an old Node can read it.
"use strict"
const { spawn } = require("node:child_process")
const { join } = require("node:path")

const bundle = join(__dirname, "..", "dist", "lab.js")

// Why these: lab/foregroundFlags.ts.
const flags = ["--no-concurrent-sparkplug", "--no-maglev-build-code-on-background"]

const child = spawn(require.resolve("node/bin/node"), [...flags, bundle, ...process.argv.slice(2)], { stdio: "inherit" })
// A terminal's Ctrl-C reaches both by itself; a signal sent to this process alone is passed on.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal))
child.on("error", (error) => {
  process.stderr.write(`lab: the Node 24 of this package does not start (${error.message}); reinstall it with install scripts allowed\n`)
  process.exitCode = 1
})
child.on("exit", (code, signal) => {
  process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1)
})
