import { Cause } from "effect"
import { printable } from "./printable.ts"

/** What went wrong, for a person: expected failures by their message, defects with the place where they happened. */
export const errorText = (cause: Cause.Cause<unknown>): string => {
  const error = Cause.squash(cause)
  if (isTagged(error))
    return error._tag === "InvariantBroken" ? `the rule ${error.invariant} broke in tick ${error.tick}: ${error.message}` : error.message
  return `a bug in depinlab, please report it: ${error instanceof Error ? (error.stack ?? error.message) : printable(String(error))}`
}

interface Tagged {
  readonly _tag: string
  readonly message: string
  readonly invariant?: string
  readonly tick?: number
}

const isTagged = (error: unknown): error is Tagged =>
  typeof error === "object" && error !== null && typeof (error as Tagged)._tag === "string" && typeof (error as Tagged).message === "string"
