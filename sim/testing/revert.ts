/** Test twin only: a contract's refusal, by the name of its custom error or by its reason string. */
export class Revert extends Error {
  readonly reason: string
  constructor(reason: string) {
    super(reason)
    this.reason = reason
  }
}

/** Solidity's `require`: reverts with the reason unless the condition holds. */
export const demand = (condition: boolean, reason: string): void => {
  if (!condition) throw new Revert(reason)
}
