import type { DecodeFact } from "../adapter.ts"
import { courtRegistry, slashingCourt } from "../artifacts.ts"
import { topicOf } from "../encodeCall.ts"
import { bigintAt, numberAt } from "../word.ts"

const court = slashingCourt.abi
const registry = courtRegistry.abi

/** What the court decides, whoever has it decide. */
export const decidedFacts: Readonly<Record<string, DecodeFact>> = {
  [topicOf(court, "Upheld")]: ({ topics, data }, { accounts }) => ({
    kind: "slashing.upheld",
    id: Number(topics[1]),
    provider: accounts.idOf(topics[2]!),
    burnedWei: bigintAt(data, 0),
    rewardWei: bigintAt(data, 1),
    insuredWei: bigintAt(data, 2),
  }),
  [topicOf(court, "Rewarded")]: ({ topics, data }, { accounts }) => ({
    kind: "slashing.rewarded",
    id: Number(topics[1]),
    reporter: accounts.idOf(topics[2]!),
    amountWei: bigintAt(data, 0),
  }),
  [topicOf(court, "Compensated")]: ({ topics, data }, { accounts }) => ({
    kind: "slashing.compensated",
    id: Number(topics[1]),
    buyer: accounts.idOf(topics[2]!),
    amountWei: bigintAt(data, 0),
  }),
  [topicOf(court, "Overturned")]: ({ topics, data }, { accounts }) => ({
    kind: "slashing.overturned",
    id: Number(topics[1]),
    provider: accounts.idOf(topics[2]!),
    amountWei: bigintAt(data, 0),
    isStake: bigintAt(data, 1) === 1n,
  }),
  [topicOf(registry, "Restored")]: ({ topics, data }, { accounts }) => ({
    kind: "registry.restored",
    provider: accounts.idOf(topics[1]!),
    amountWei: bigintAt(data, 0),
  }),
}

/** What comes with a slash where there is a court. */
export const courtFacts: Readonly<Record<string, DecodeFact>> = {
  [topicOf(registry, "Seized")]: ({ topics, data }, { accounts }) => ({
    kind: "registry.seized",
    provider: accounts.idOf(topics[1]!),
    amountWei: bigintAt(data, 0),
  }),
  [topicOf(registry, "ExitRequested")]: ({ topics, data }, { accounts }) => ({
    kind: "registry.exitRequested",
    agent: accounts.idOf(topics[1]!),
    unbondsAtSeconds: numberAt(data, 0),
  }),
  [topicOf(court, "CaseOpened")]: ({ topics, data }, { accounts }) => ({
    kind: "slashing.caseOpened",
    id: Number(topics[1]),
    provider: accounts.idOf(topics[2]!),
    amountWei: bigintAt(data, 0),
    decidesAtSeconds: numberAt(data, 1),
  }),
  ...decidedFacts,
}
