import { count, quantity } from "../quantity.ts"
import { type Deployed, deviceClass } from "./deviceClass.ts"

export const cellName = (cell: number): string => `cell-${cell}`

/** The up to eight cells around one on a square map of cells that are numbered row by row. */
export const neighbours = (cell: number, cellsPerSide: number): ReadonlyArray<number> => {
  const [column, row] = [cell % cellsPerSide, Math.floor(cell / cellsPerSide)]
  const steps = [-1, 0, 1]
  return steps.flatMap((down) =>
    steps.flatMap((right) => {
      const [x, y] = [column + right, row + down]
      const isOther = (down !== 0 || right !== 0) && x >= 0 && y >= 0 && x < cellsPerSide && y < cellsPerSide
      return isOther ? [y * cellsPerSide + x] : []
    }),
  )
}

const cellOf = (place: string | undefined): number => Number(place?.slice("cell-".length) ?? NaN)

/**
 * Coverage by cell. Hotspots of one cell share what so many would count for (Helium's HIP 17 scales by the density of a hexagon in the same way),
 * and coverage is shown by others that hear it: a witness stands in a cell beside it, and both say where they are. A hotspot that says that it is
 * elsewhere is heard by those who stand beside it, and not by those who stand where it should be.
 */
export const hotspot = deviceClass({
  fields: {
    cellsPerSide: count("Cells along each side of the map", { unit: "cells", min: 1, max: 100 }),
    fullPerCell: quantity("Hotspots of a cell that count in full; more of them share that", { unit: "hotspots", min: 0.1, max: 1e6 }),
    witnesses: count("Others in neighbouring cells that must hear a hotspot; none: what is claimed is believed", {
      unit: "witnesses",
      min: 0,
      max: 100,
    }),
  },
  places: ({ cellsPerSide }) => Array.from({ length: cellsPerSide * cellsPerSide }, (_, cell) => cellName(cell)),
  prove: ({ cellsPerSide, fullPerCell, witnesses }, deployed, epochHours) => {
    const density = densityOf(deployed, epochHours)
    const heard = hearing(deployed, cellsPerSide)
    return new Map(
      deployed.map((one) => {
        const { provider, onHours, claimableHours, place, claimedPlace } = one
        const scale = scaleOf(density.get(claimedPlace) ?? 0, fullPerCell)
        const isHeard = onHours > 0 && heard(one) >= witnesses
        const isThere = place === claimedPlace
        return [
          provider,
          {
            scale,
            dueHours: isThere && isHeard ? onHours * scale : 0,
            seenHours: witnesses === 0 ? claimableHours * scale : isHeard ? onHours * scale : 0,
          },
        ]
      }),
    )
  },
  newcomerScales: ({ cellsPerSide, fullPerCell, witnesses }, deployed, epochHours) => {
    const density = densityOf(deployed, epochHours)
    const heard = hearing(deployed, cellsPerSide)
    return new Map(
      Array.from({ length: cellsPerSide * cellsPerSide }, (_, cell) => {
        const place = cellName(cell)
        const newcomer = { provider: "", onHours: epochHours, claimableHours: epochHours, place, claimedPlace: place }
        return [place, heard(newcomer) >= witnesses ? scaleOf((density.get(place) ?? 0) + 1, fullPerCell) : 0] as const
      }),
    )
  },
})

const scaleOf = (density: number, fullPerCell: number): number => (density <= fullPerCell ? 1 : fullPerCell / density)

/** Hotspots that are said to be on in each cell, in the epoch's mean. */
const densityOf = (deployed: ReadonlyArray<Deployed>, epochHours: number): ReadonlyMap<string | undefined, number> => {
  const density = new Map<string | undefined, number>()
  for (const { claimedPlace, claimableHours } of deployed)
    density.set(claimedPlace, (density.get(claimedPlace) ?? 0) + claimableHours / epochHours)
  return density
}

/** How many others beside a hotspot hear it whom the map has beside it too. */
const hearing = (deployed: ReadonlyArray<Deployed>, cellsPerSide: number): ((one: Deployed) => number) => {
  const byCell = new Map<string, Array<Deployed>>()
  for (const one of deployed) {
    if (one.onHours === 0 || one.place === undefined) continue
    const here = byCell.get(one.place)
    if (here === undefined) byCell.set(one.place, [one])
    else here.push(one)
  }
  return ({ provider, place, claimedPlace }) => {
    if (place === undefined || claimedPlace === undefined) return 0
    const beside = new Set(neighbours(cellOf(claimedPlace), cellsPerSide).map(cellName))
    return neighbours(cellOf(place), cellsPerSide)
      .flatMap((cell) => byCell.get(cellName(cell)) ?? [])
      .filter((other) => other.provider !== provider && beside.has(other.claimedPlace ?? "")).length
  }
}
