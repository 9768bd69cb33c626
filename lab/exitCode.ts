import { Cause } from "effect"

/** Exit codes by what went wrong (DESIGN section 9); everything else that fails, a bug or a broken machine, is 1. */
const codes: Readonly<Record<string, number>> = {
  ShowHelp: 2,
  ValidationError: 2,
  DatabaseUrlInvalid: 2,
  ScenarioInvalid: 3,
  ResultInvalid: 3,
  CaseInvalid: 3,
  CalibrationInvalid: 3,
  ObjectiveNotMet: 4,
  VerificationFailed: 4,
  KernelWrong: 4,
}

export const exitCode = (cause: Cause.Cause<unknown>): number => {
  if (Cause.hasInterruptsOnly(cause)) return 130
  const error = Cause.squash(cause) as { readonly _tag?: string; readonly errors?: ReadonlyArray<unknown> } | null
  // Help that was not asked for, as after a bare `lab`, is a usage error too.
  return codes[error?._tag ?? ""] ?? 1
}
