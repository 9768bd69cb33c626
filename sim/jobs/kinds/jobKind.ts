/** A kind of work that buyers ask for. */
export interface JobKindTerms {
  readonly label: string
  /** One of the kinds by whose geometric mean a class of hardware is rated for rewards, as benchmark suites are summed up. */
  readonly isRated: boolean
  /** Lasts as long as its user stays, whatever the hardware; another kind is done sooner on faster hardware. */
  readonly isLive: boolean
}

export const jobKind = (terms: JobKindTerms): JobKindTerms => terms
