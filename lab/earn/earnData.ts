/** What `lab earn` writes into the page: what providers earned in finished runs. */
export interface EarnData {
  readonly scenarios: ReadonlyArray<EarnScenario>
}

export interface EarnScenario {
  readonly name: string
  readonly question: string
  readonly days: number
  readonly seeds: number
  /** Busy share of the hours in which GPUs were on, mean over the ticks of all seeds and classes. */
  readonly utilisation: number
  readonly classes: ReadonlyArray<EarnClass>
}

/** Honest providers with one class of GPU, all seeds together. */
export interface EarnClass {
  readonly gpu: string
  readonly label: string
  /** Providers over all seeds. */
  readonly providers: number
  /** Job income and rewards, at the token's price of their tick, for a GPU and day in the network: 10th, 50th and 90th percentile. */
  readonly usdPerGpuDay: Interval
  readonly loadWatts: number
  readonly idleWatts: number
}

export interface Interval {
  readonly low: number
  readonly median: number
  readonly high: number
}
