import { jobKind } from "./jobKind.ts"

export const science = jobKind({ label: "Scientific batch", isRated: false, isLive: false })
