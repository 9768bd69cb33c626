import { jobKind } from "./jobKind.ts"

export const training = jobKind({ label: "AI training", isRated: true, isLive: false })
