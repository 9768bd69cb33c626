/** Jobs counted since the run began, and the two sides of Little's law. */
export interface Tally {
  readonly arrived: number
  readonly done: number
  readonly cloud: number
  readonly lost: number
  readonly died: number
  /** Refused by the ledger, because their buyer could not pay. */
  readonly unpaid: number
  /** Jobs in the system, waiting or running, summed over time. */
  readonly areaHours: number
  /** Time in the system of the jobs that have left it, summed over jobs. */
  readonly sojournHours: number
}

export const noTally: Tally = { arrived: 0, done: 0, cloud: 0, lost: 0, died: 0, unpaid: 0, areaHours: 0, sojournHours: 0 }

/** How a job leaves the system. */
export type Exit = "done" | "cloud" | "lost" | "died" | "unpaid"

export const inSystem = ({ arrived, done, cloud, lost, died, unpaid }: Tally): number => arrived - done - cloud - lost - died - unpaid

/** The tally in one tick, moved by events in the order of time. */
export interface OpenTally {
  readonly arrive: (hours: number) => void
  readonly leave: (exit: Exit, hours: number, arrivedHours: number) => void
  readonly close: (hours: number) => Tally
}

export const openTally = (before: Tally, startHours: number): OpenTally => {
  const count = { ...before }
  let present = inSystem(before)
  let since = startHours
  const advance = (hours: number): void => {
    count.areaHours += present * (hours - since)
    since = hours
  }
  return {
    arrive: (hours) => {
      advance(hours)
      count.arrived++
      present++
    },
    leave: (exit, hours, arrivedHours) => {
      advance(hours)
      count[exit]++
      count.sojournHours += hours - arrivedHours
      present--
    },
    close: (hours) => {
      advance(hours)
      return count
    },
  }
}
