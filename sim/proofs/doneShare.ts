/**
 * Share of a chain of work that is done by the deadline: hardware of `speedRatio` times the claimed speed, shared by `identities` who each owe a chain
 * of their own, with `slackShare` more time than the claimed class needs. Steps of a chain wait for each other, so nothing else makes up for time.
 */
export const doneShare = (speedRatio: number, identities: number, slackShare: number): number =>
  Math.min(1, (speedRatio * (1 + slackShare)) / identities)
