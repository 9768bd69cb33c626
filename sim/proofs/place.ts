import { Schema } from "effect"
import { cos, sin } from "../maths.ts"
import { quantity } from "../quantity.ts"

/** A point on the Earth. */
export const Place = Schema.Struct({
  latitude: quantity("North of the equator", { unit: "degrees", min: -90, max: 90 }),
  longitude: quantity("East of Greenwich", { unit: "degrees", min: -180, max: 180 }),
})
export type Place = typeof Place.Type

const earthRadiusKm = 6_371

/** Light in glass fibre: two thirds of its speed in vacuum. */
export const fibreKmPerMs = 200

/** Straight through the Earth, so never more than any cable is long. */
export const distanceKm = (a: Place, b: Place): number => {
  const [x, y] = [unitVector(a), unitVector(b)]
  const squares = x.reduce((sum, part, axis) => sum + (part - y[axis]!) * (part - y[axis]!), 0)
  return earthRadiusKm * Math.sqrt(squares)
}

const unitVector = ({ latitude, longitude }: Place): ReadonlyArray<number> => {
  const [north, east] = [latitude * radiansPerDegree, longitude * radiansPerDegree]
  return [cos(north) * cos(east), cos(north) * sin(east), sin(north)]
}

const radiansPerDegree = Math.PI / 180
