import { metric } from "../metric.ts"

export const gatedMembers = metric({
  label: "Users of the gated venue",
  unit: "agents",
  description: "Users who are verified, those of them whose wallets are frozen, and users who have asked and are not verified",
  daily: "last",
  of: ({ after, world }) => {
    if (world.rules.kyc === undefined) return undefined
    const users = [...after.kyc.members.values()].filter(({ requestedAtSeconds }) => requestedAtSeconds > 0)
    return new Map([
      ["verified", users.filter(({ isVerified }) => isVerified).length],
      ["frozen", users.filter(({ isFrozen }) => isFrozen).length],
      ["refused", users.filter(({ isVerified }) => !isVerified).length],
    ])
  },
})
