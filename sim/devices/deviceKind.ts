import { Schema } from "effect"

/** Hardware that is no GPU and has a proof of its own. */
export const deviceKinds = ["storageNode", "hotspot", "energyMeter"] as const
export const DeviceKind = Schema.Literals(deviceKinds)
export type DeviceKind = typeof DeviceKind.Type
