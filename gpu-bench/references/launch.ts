import { each, parameter, type Reference } from "./reference.ts"

/** Each launch adds one to a counter. */
export const launch: Reference = {
  length: () => 1,
  at: (_, size, indices) => each(() => parameter(size, "launches"), indices),
}
