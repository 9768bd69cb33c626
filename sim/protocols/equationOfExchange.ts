/**
 * The token price at which a supply, turned over `velocity` times an epoch, carries the demand for a network that is paid in burned
 * tokens: supply * velocity * price = demand (Fisher).
 */
export interface Exchange {
  readonly demandUsdPerEpoch: number
  /** Share of the supply that is spent in an epoch. */
  readonly velocity: number
  readonly mintPerEpoch: number
}

export const exchangePrice = ({ demandUsdPerEpoch, velocity }: Exchange, supply: number): number => demandUsdPerEpoch / (velocity * supply)
