import { pow } from "../maths.ts"
import type { Params as SpotChecks } from "../protocols/spotChecks.ts"

/** What a provider weighs when it thinks of cheating for an epoch. */
export interface Temptation {
  /** Costs that are not paid, C. */
  readonly savedUsd: number
  /** Chance to be found out, p. */
  readonly caughtShare: number
  /** Reward that is then not paid, R, and stake that is slashed, S. */
  readonly rewardUsd: number
  readonly slashUsd: number
}

/**
 * Becker (1968): crime pays if and only if the gain is above the chance of a conviction times what it costs. Here a cheat keeps C for certain,
 * and loses R + S with chance p.
 */
export const isTempting = ({ savedUsd, caughtShare, rewardUsd, slashUsd }: Temptation): boolean =>
  savedUsd > caughtShare * (rewardUsd + slashUsd)

/** p (R + S) / C: above 1 cheating does not pay. */
export const deterrence = ({ savedUsd, caughtShare, rewardUsd, slashUsd }: Temptation): number =>
  (caughtShare * (rewardUsd + slashUsd)) / savedUsd

/**
 * Chance that an epoch with so many wrong chunks is found out: a visit by a checker who is not bribed, and at least one of the wrong chunks drawn and
 * seen to be wrong, v (1 - r) (1 - (1 - q (1 - a))^m).
 */
export const caughtShare = (
  { visitShare, chunkShare, falseAcceptShare }: Pick<SpotChecks, "visitShare" | "chunkShare" | "falseAcceptShare">,
  wrongChunks: number,
  bribedShare: number,
): number => visitShare * (1 - bribedShare) * (1 - pow(1 - chunkShare * (1 - falseAcceptShare), wrongChunks))
