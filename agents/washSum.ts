/** One epoch's contest for the emission, in units of what counts. */
export interface WashContest {
  /** What the emission of an epoch is worth. */
  readonly emissionUsd: number
  /** What counts of everybody else, and of the washer's providers without washing. */
  readonly othersUnits: number
  readonly ownUnits: number
}

/** What the washer's providers get by so many washed units on top. */
export const washGainUsd = ({ emissionUsd, othersUnits, ownUnits }: WashContest, units: number): number => {
  const without = othersUnits + ownUnits
  return without <= 0 ? 0 : (emissionUsd * othersUnits * units) / (without * (without + units))
}

/**
 * The units that a washer buys at a constant cost: it adds until the next unit brings what it costs, E O / (O + h + x)^2 = c. None where the first one
 * brings less. A contest for a fixed prize (Tullock 1980) of which the honest are bystanders.
 */
export const bestWashUnits = ({ emissionUsd, othersUnits, ownUnits }: WashContest, usdPerUnit: number): number =>
  usdPerUnit <= 0 ? Infinity : Math.max(0, Math.sqrt((emissionUsd * othersUnits) / usdPerUnit) - othersUnits - ownUnits)
