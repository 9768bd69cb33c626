import { Schema } from "effect"
import { Id } from "../id.ts"
import { fields } from "./fluctuation.ts"

/** The price of electricity: a regional level from a preset, times a fluctuation common to all regions. */
export const Params = Schema.Struct({ preset: Id, ...fields })
