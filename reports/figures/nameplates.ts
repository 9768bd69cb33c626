import { textWidth } from "./plot.ts"

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** The name of a point; where its text starts and the middle of its height, in pixels. */
export interface Nameplate {
  readonly text: string
  readonly x: number
  readonly y: number
}

const LINE_HEIGHT = 14
const DOT_RADIUS = 5
/** From the middle of a dot to its name. */
const AWAY = 10
/** So many lines away a name is still taken for its point's. */
const LINES_AWAY = 6

/** Names beside their points, inside the frame and clear of each other and of the named points; nearest first, and at the right where both sides are free. */
export const nameplates = (
  points: ReadonlyArray<{ readonly name: string; readonly x: number; readonly y: number }>,
  frame: Box,
): ReadonlyArray<Nameplate> => {
  const taken: Array<Box> = points.map(({ x, y }) => ({
    left: x - DOT_RADIUS,
    right: x + DOT_RADIUS,
    top: y - DOT_RADIUS,
    bottom: y + DOT_RADIUS,
  }))
  return points.map(({ name, x, y }) => {
    const width = textWidth(name, true)
    const lefts = [x + AWAY, x - AWAY - width].filter((left) => left >= frame.left && left + width <= frame.right)
    const places = lines.flatMap((line) => lefts.map((left) => ({ text: name, x: left, y: y + line * LINE_HEIGHT })))
    const boxOf = (place: Nameplate): Box => ({
      left: place.x,
      right: place.x + width,
      top: place.y - LINE_HEIGHT / 2,
      bottom: place.y + LINE_HEIGHT / 2,
    })
    const isFree = (box: Box) => box.top >= frame.top && box.bottom <= frame.bottom && !taken.some((other) => meet(box, other))
    const plate = places.find((place) => isFree(boxOf(place))) ?? {
      text: name,
      x: Math.max(frame.left, Math.min(x, frame.right - width)),
      y,
    }
    taken.push(boxOf(plate))
    return plate
  })
}

/** Just above the point and just below it, then further up and down. */
const lines: ReadonlyArray<number> = Array.from({ length: LINES_AWAY }, (_, i) => i + 0.65).flatMap((away) => [-away, away])

const meet = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
