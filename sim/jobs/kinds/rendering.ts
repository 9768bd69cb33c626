import { jobKind } from "./jobKind.ts"

export const rendering = jobKind({ label: "Rendering", isRated: true, isLive: false })
