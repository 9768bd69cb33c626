import type { AgentGroup, Scenario } from "../../sim/scenario.ts"

/** Contracts through which nothing is paid, taken or minted, for cases about something else. */
export const stillProtocols = {
  pools3: [],
  priceSource: { kind: "spot" },
  farms: [],
  feeds: [],
  vesting: [],
  registry: { stakeTokensPerGpu: 0, unbondingDays: 0 },
  market: { feeBps: 0, burnBps: 0 },
  oracle: { quorum: 1, toleranceBps: 0, slashBps: 0 },
  emissions: { kind: "fixed", tokensPerEpoch: 0 },
  burn: { kind: "treasury" },
} satisfies Partial<Scenario["protocols"]>

/** The oracle needs a node; this one never reports. */
export const silentNode: AgentGroup & Readonly<Record<string, unknown>> = {
  kind: "oracleNode",
  id: "node",
  count: 1,
  coverageShare: 0,
  uptimeShare: 0,
  noiseShare: 0,
}
