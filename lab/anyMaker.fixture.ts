/** Who made runs that nobody executed, and where, for tests of what is done with results. */
export const anyMaker = {
  depinlab: "0.1.0",
  code: "c".repeat(64),
  node: "v24.21.0",
  anvil: "1.7.1",
  anvilSha256: "a".repeat(64),
  solc: "0.8.37",
  contracts: {},
}

export const anyHost = { startedAt: "2026-11-02T10:00:00.000Z", seconds: 3, host: "somewhere", platform: "linux", arch: "x64" }
