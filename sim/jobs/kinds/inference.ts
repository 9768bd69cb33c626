import { jobKind } from "./jobKind.ts"

export const inference = jobKind({ label: "AI inference", isRated: true, isLive: false })
