import { Schema } from "effect"
import { Params as BestPrice } from "./bestPrice.ts"

/** How jobs and providers find each other. */
export const Params = Schema.Union([BestPrice])
export type Params = typeof Params.Type
