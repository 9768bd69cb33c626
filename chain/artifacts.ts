/** What `chain/compile.ts` made of our contracts: typed ABI and creation bytecode of each. */
export * as burnEngine from "./artifacts/BurnEngine.ts"
export * as dollar from "./artifacts/Dollar.ts"
export * as emissionController from "./artifacts/EmissionController.ts"
export * as jobMarket from "./artifacts/JobMarket.ts"
export * as networkToken from "./artifacts/NetworkToken.ts"
export * as outsideVenue from "./artifacts/OutsideVenue.ts"
export * as providerRegistry from "./artifacts/ProviderRegistry.ts"
export * as rewardDistributor from "./artifacts/RewardDistributor.ts"
export * as swapCaller from "./artifacts/SwapCaller.ts"
export * as workOracle from "./artifacts/WorkOracle.ts"
export * as worldLens from "./artifacts/WorldLens.ts"
/** Compiler, settings, and SHA-256 of every source and bytecode. */
export { default as manifest } from "./artifacts/manifest.json" with { type: "json" }
