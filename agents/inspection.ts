import type { Machines } from "../sim/proofs/board.ts"
import { distanceKm, fibreKmPerMs, type Place } from "../sim/proofs/place.ts"
import type { Rng } from "../sim/rng.ts"

/** How well a node sees what class of GPU a provider has, and where the landmarks are that measure round trips for it. */
export interface Instruments {
  readonly attestationFalseAcceptShare?: number
  readonly attestationFalseRejectShare?: number
  readonly landmarks?: ReadonlyArray<Place>
  /** Mean of what a real route takes beyond a straight fibre, as a share. */
  readonly detourShare?: number
}

/** Whether a provider's machines may be what they are said to be. */
export const passesInspection = (instruments: Instruments, machines: Machines | undefined, rng: (purpose: string) => Rng): boolean => {
  if (machines === undefined) return true
  return isAttested(instruments, machines, rng("attestation")) && isPossiblePlace(instruments, machines, rng("latency"))
}

/** Hardware attestation as what it is for a protocol: a test that is wrong so often, either way. */
const isAttested = (
  { attestationFalseAcceptShare, attestationFalseRejectShare }: Instruments,
  { claimed, real }: Machines,
  rng: Rng,
): boolean => {
  if (attestationFalseAcceptShare === undefined) return true
  const draw = rng.uniform()
  return claimed.gpu === real.gpu ? draw >= (attestationFalseRejectShare ?? 0) : draw < attestationFalseAcceptShare
}

/**
 * Nothing answers faster than light in a fibre: a round trip that is too short for the claimed place proves another one (constraint-based
 * geolocation, Gueye et al. 2006). One that is too long proves nothing, because who answers can wait.
 */
const isPossiblePlace = ({ landmarks = [], detourShare = 0.5 }: Instruments, { claimed, real }: Machines, rng: Rng): boolean => {
  if (claimed.place === undefined || real.place === undefined) return true
  const [said, is] = [claimed.place, real.place]
  return landmarks.every((landmark) => {
    const roundTripMs = ((2 * distanceKm(landmark, is)) / fibreKmPerMs) * (1 + rng.exponential(detourShare))
    return (roundTripMs * fibreKmPerMs) / 2 >= distanceKm(landmark, said)
  })
}
