import { jobKind } from "./jobKind.ts"

export const gaming = jobKind({ label: "Cloud gaming", isRated: false, isLive: true })
