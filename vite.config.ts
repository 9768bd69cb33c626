import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"
import { singleFile } from "./reports/singleFile.ts"
import { codeVersion } from "./lab/codeVersion.ts"
import { rulesInSources } from "./lab/export/agentRules.ts"
import { foregroundFlags } from "./lab/foregroundFlags.ts"

const page = (input: string) => ({
  outDir: "dist",
  emptyOutDir: false,
  target: "es2022",
  // CommonJS packages do not say that an import of one of them does nothing; these do nothing, so only what is called gets in.
  rolldownOptions: { input, treeshake: { moduleSideEffects: (id: string) => !id.includes("/@stdlib/") } },
})

/** `vite build` makes dist/lab.js, the command line in one file, and the pages' templates: dist/report.html and dist/earn.html. */
export default defineConfig(({ command }) => ({
  builder: {
    buildApp: async (builder) => {
      for (const name of ["ssr", "client", "earn"]) await builder.build(builder.environments[name]!)
    },
  },
  environments: {
    ssr: {
      // Everything that is JavaScript goes into the bundle, for a fast start; what is read as a file stays a package.
      resolve: {
        noExternal: true,
        external: ["@uniswap/v2-core", "@uniswap/v2-periphery", "@uniswap/v3-core", "@uniswap/v3-periphery", "webgpu"],
      },
      define:
        command === "build"
          ? { DEPINLAB_CODE_VERSION: JSON.stringify(codeVersion()), DEPINLAB_AGENT_RULES: JSON.stringify(rulesInSources()) }
          : {},
      build: {
        ssr: true,
        outDir: "dist",
        minify: true,
        target: "node24",
        rolldownOptions: { input: { lab: "lab/main.ts", worker: "lab/worker.ts", wgslProcess: "gpu-bench/wgsl/wgslProcess.ts" } },
      },
    },
    client: { build: page("reports/index.html") },
    earn: { consumer: "client", build: page("lab/earn/index.html") },
  },
  plugins: [
    { ...singleFile("report.html"), applyToEnvironment: ({ name }) => name === "client" },
    { ...singleFile("earn.html"), applyToEnvironment: ({ name }) => name === "earn" },
    {
      name: "no-maps",
      enforce: "pre",
      resolveId: (id) => (id === "d3-geo" ? fileURLToPath(new URL("./reports/noMaps.ts", import.meta.url)) : undefined),
      applyToEnvironment: ({ name }) => name === "client",
    },
  ],
  test: {
    execArgv: [...foregroundFlags],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Vitest leaves one core to others, which of two is half of them.
    maxWorkers: "100%",
    projects: [
      { extends: true, test: { name: "rooms", include: ["*.test.ts", "{sim,agents,chain,gpu-bench,reports,scenarios}/**/*.test.ts"] } },
      { extends: true, test: { name: "lab", include: ["lab/**/*.test.ts"], globalSetup: "lab/testing/build.ts" } },
    ],
  },
}))
