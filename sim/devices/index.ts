import { Schema } from "effect"
import type { Profile } from "../profile.ts"
import { type DeviceKind, deviceKinds } from "./deviceKind.ts"
import type { AnyDeviceClass } from "./deviceClass.ts"
import { energyMeter } from "./energyMeter.ts"
import { hotspot } from "./hotspot.ts"
import { storageNode } from "./storageNode.ts"

/** Every class of hardware that is no GPU, by the name that profiles and scenarios use. */
export const devices = { storageNode, hotspot, energyMeter } satisfies Readonly<Record<DeviceKind, AnyDeviceClass>>

type RulesOf<Kind extends DeviceKind> = Schema.Struct<(typeof devices)[Kind]["fields"]>

/** What the network asks of devices; a class that is left out is believed like a GPU. */
export const Params = Schema.Struct(
  Object.fromEntries(deviceKinds.map((kind) => [kind, Schema.optionalKey(Schema.Struct(devices[kind].fields))])) as {
    readonly [Kind in DeviceKind]: Schema.optionalKey<RulesOf<Kind>>
  },
)
export type Params = typeof Params.Type

/** Where a unit of a class of hardware may stand under these rules. */
export const placesOf = ({ device }: Pick<Profile, "device">, rules: Params | undefined): ReadonlyArray<string> => {
  const own = device === undefined ? undefined : rules?.[device]
  if (device === undefined || own === undefined) return []
  const known = names.get(own)
  if (known !== undefined) return known
  const terms: AnyDeviceClass = devices[device]
  const places = terms.places?.(own) ?? []
  names.set(own, places)
  return places
}

/** The rules of a run do not change, and its places are asked for by every provider in every tick. */
const names = new WeakMap<object, ReadonlyArray<string>>()
