// Makes a fresh clone ready: installs the locked packages when they are missing or out of date, builds dist/ when a source is newer.
// CommonJS without dependencies, because it runs on whatever Node the machine has, before anything is installed.
"use strict"
const { execFileSync } = require("node:child_process")
const { existsSync, readFileSync, readdirSync, statSync } = require("node:fs")
const { join } = require("node:path")

const root = join(__dirname, "..")
const node = join(root, "node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node")
const sources = [
  "agents",
  "chain",
  "gpu-bench",
  "lab",
  "reports",
  "scenarios",
  "sim",
  "package-lock.json",
  "package.json",
  "vite.config.ts",
]
const built = ["lab.js", "worker.js", "wgslProcess.js", "report.html", "earn.html"].map((name) => join(root, "dist", name))

const lockedPackages = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).packages : {})

/** npm keeps what it installed in node_modules/.package-lock.json, in the form of the lock itself. */
const isInstalled = () => {
  const wanted = lockedPackages(join(root, "package-lock.json"))
  const present = lockedPackages(join(root, "node_modules", ".package-lock.json"))
  const isSame = (path) => present[path]?.version === wanted[path].version && present[path]?.integrity === wanted[path].integrity
  return Object.keys(wanted).every((path) => path === "" || wanted[path].optional || isSame(path)) && existsSync(node)
}

/** Directories count too: their time changes when a file is removed. */
const newestMs = (path) => {
  if (!existsSync(path)) return 0
  const status = statSync(path)
  const inside = status.isDirectory() ? readdirSync(path).map((name) => newestMs(join(path, name))) : []
  return Math.max(status.mtimeMs, ...inside)
}

const isBuilt = () => {
  if (!built.every((path) => existsSync(path))) return false
  const oldestBuilt = Math.min(...built.map((path) => statSync(path).mtimeMs))
  return sources.every((name) => newestMs(join(root, name)) <= oldestBuilt)
}

/** Runs one step; its output is shown only when it fails. */
const step = (title, command, args) => {
  process.stderr.write(`setup: ${title}\n`)
  try {
    execFileSync(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" })
  } catch (error) {
    process.stderr.write(
      `${error.stdout ?? ""}${error.stderr ?? ""}setup: failed (${[command, ...args].join(" ")}): ${error.message.split("\n")[0]}\n`,
    )
    process.exit(1)
  }
}

const npm = (...args) => (process.env.npm_execpath ? [process.execPath, [process.env.npm_execpath, ...args]] : ["npm", args])

if (!isInstalled()) step("installing the locked packages (npm ci, a minute or two the first time)", ...npm("ci", "--loglevel=error"))
if (!existsSync(node)) step("fetching Node 24 (its install script was blocked)", ...npm("rebuild", "node", "--ignore-scripts=false"))
if (!isBuilt()) step("building dist/", node, [join(root, "node_modules", "vite", "bin", "vite.js"), "build", "--logLevel=error"])
