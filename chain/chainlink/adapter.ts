import { keccak256 } from "viem"
import type { Action, Fact } from "../../sim/protocols/feeds.ts"
import type { Action as UptimeAction } from "../../sim/protocols/uptime.ts"
import type { Adapters, World } from "../adapter.ts"
import { dataFeedsCache, keystoneForwarder, medianFeed, submittedFeed, uptimeUpkeep } from "../artifacts.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { exitRequestedFact, slashedFact } from "../registry/adapter.ts"
import type { Log } from "../settleBlock.ts"
import { bigintAt, numberAt, word } from "../word.ts"
import { sign } from "./feedKeys.ts"
import type { FeedSite } from "./feedSites.ts"
import { forwarderReport } from "./forwarderReport.ts"
import { packUptimes } from "./packUptimes.ts"

const transmit = callOf(medianFeed.abi, "transmit")
const submit = callOf(submittedFeed.abi, "submit")
const perform = callOf(uptimeUpkeep.abi, "performUpkeep")

const siteOf = ({ extensions }: World, feed: string): FeedSite => {
  const site = extensions.feeds?.sites.get(feed)
  if (site === undefined) throw new RangeError(`the scenario has no feed ${feed}`)
  return site
}

const upkeepOf = ({ extensions }: World) => {
  if (extensions.uptime === undefined) throw new RangeError("the scenario has no uptime upkeep")
  return extensions.uptime
}

/** The forwarder asks the receiver within its own gas, so a report brings plenty: what is not used costs nothing. */
const reportGas = 1_000_000
const gasPerProvider = 60_000
const pageMax = 50

/** The forwarder says of each report whether its receiver took it; only a refusal is worth a fact. */
const undelivered = (feed: string, agent: string, { data }: Log): Fact | undefined =>
  bigintAt(data, 0) === 0n ? { kind: "feeds.undelivered", feed, agent } : undefined
const processed = topicOf(keystoneForwarder.abi, "ReportProcessed")

export const adapters: Adapters<Action | UptimeAction> = {
  "feeds.report": {
    to: ({ feed }, world) => siteOf(world, feed).target,
    gas: reportGas,
    encode: ({ feed, observedSeconds, answer, signers }, world, { timestampSeconds }) => {
      const { dataId, source } = siteOf(world, feed)
      const payload = word(32) + word(1) + dataId.slice(2).padEnd(64, "0") + word(observedSeconds) + word(answer)
      return forwarderReport(source, payload, { timestampSeconds, signers })
    },
    facts: {
      [topicOf(dataFeedsCache.abi, "DecimalReportUpdated")]: ({ topics, data }, _, agent, { feed }) => ({
        kind: "feeds.updated",
        feed,
        agent,
        roundId: Number(BigInt(topics[2]!)),
        answer: bigintAt(data, 0),
        observedSeconds: Number(BigInt(topics[3]!)),
      }),
      [topicOf(dataFeedsCache.abi, "StaleDecimalReport")]: ({ data }, _, agent, { feed }) => ({
        kind: "feeds.droppedStale",
        feed,
        agent,
        observedSeconds: numberAt(data, 0),
      }),
      [topicOf(dataFeedsCache.abi, "InvalidUpdatePermission")]: (_log, _world, agent, { feed }) => ({
        kind: "feeds.droppedForbidden",
        feed,
        agent,
      }),
      [processed]: (log, _, agent, { feed }) => undelivered(feed, agent, log),
    },
  },
  "feeds.transmit": {
    to: ({ feed }, world) => siteOf(world, feed).target,
    gas: reportGas,
    encode: ({ feed, round, observedSeconds, observations, signers }, world) => {
      const { nodes, configDigest } = siteOf(world, feed)
      const places = observations.map(({ node }) => nodes.indexOf(node).toString(16).padStart(2, "0")).join("")
      const values = observations.map(({ answer }) => word(answer))
      const report = [word(observedSeconds), places.padEnd(64, "0"), word(3 * 32), word(values.length), ...values].join("")
      // Epoch and round in the last five bytes: one round an epoch.
      const context = configDigest + word(BigInt(round) << 8n) + word(0)
      const hash = keccak256(`0x${keccak256(`0x${report}`).slice(2)}${context}`)
      const signatures = signers.map((node) => sign(hash, node))
      const vs = signatures.map(({ v }) => v.toString(16).padStart(2, "0")).join("")
      const afterReport = 7 * 32 + 32 + report.length / 2
      const afterRs = afterReport + 32 + 32 * signatures.length
      return transmit(
        context,
        word(7 * 32),
        word(afterReport),
        word(afterRs),
        vs.padEnd(64, "0"),
        word(report.length / 2),
        report,
        word(signatures.length),
        ...signatures.map(({ r }) => r),
        word(signatures.length),
        ...signatures.map(({ s }) => s),
      )
    },
    facts: {
      [topicOf(medianFeed.abi, "NewTransmission")]: ({ topics, data }, _, agent, { feed }) => ({
        kind: "feeds.updated",
        feed,
        agent,
        roundId: Number(BigInt(topics[1]!)),
        answer: BigInt.asIntN(192, bigintAt(data, 0)),
        observedSeconds: numberAt(data, 2),
      }),
    },
  },
  "feeds.submit": {
    to: ({ feed }, world) => siteOf(world, feed).target,
    gas: 400_000,
    encode: ({ round, answer }) => submit(word(round), word(answer)),
    facts: {
      [topicOf(submittedFeed.abi, "Submitted")]: ({ topics, data }, _, agent, { feed }) => ({
        kind: "feeds.submitted",
        feed,
        agent,
        roundId: Number(BigInt(topics[2]!)),
        answer: BigInt.asIntN(192, bigintAt(data, 0)),
      }),
      [topicOf(submittedFeed.abi, "AnswerUpdated")]: ({ topics, data }, _, agent, { feed }) => ({
        kind: "feeds.updated",
        feed,
        agent,
        roundId: Number(BigInt(topics[1]!)),
        answer: BigInt.asIntN(192, bigintAt(data, 0)),
        observedSeconds: numberAt(data, 1),
      }),
    },
  },
  "uptime.report": {
    to: (_, world) => siteOf(world, upkeepOf(world).feed).target,
    // Each provider's record may be a new slot.
    gas: (_, { providers }) => reportGas + 30_000 * providers.length,
    encode: ({ day, uptimeBps, signers }, world, { timestampSeconds }) => {
      const words = packUptimes(world.providers.map((provider) => uptimeBps.get(provider)))
      const payload = [day, 64, words.length, ...words].map(word).join("")
      return forwarderReport(upkeepOf(world).upkeep, payload, { timestampSeconds, signers })
    },
    facts: {
      [topicOf(uptimeUpkeep.abi, "UptimeReported")]: ({ data }, _, agent) => ({ kind: "uptime.reported", agent, day: numberAt(data, 0) }),
      [processed]: (log, world, agent) => undelivered(upkeepOf(world).feed, agent, log),
    },
  },
  "uptime.perform": {
    to: (_, world) => upkeepOf(world).upkeep,
    gas: 300_000 + gasPerProvider * 2 * pageMax,
    encode: ({ month, from, to }) => perform(word(32), word(96), word(month), word(from), word(to)),
    facts: {
      [topicOf(uptimeUpkeep.abi, "BonusPaid")]: ({ topics, data }, { accounts }) => ({
        kind: "uptime.bonusPaid",
        provider: accounts.idOf(topics[1]!),
        month: numberAt(data, 0),
        uptimeBps: numberAt(data, 1),
        amountWei: bigintAt(data, 2),
      }),
      ...slashedFact,
      ...exitRequestedFact,
      [topicOf(uptimeUpkeep.abi, "Penalised")]: ({ topics, data }, { accounts }) => ({
        kind: "uptime.penalised",
        provider: accounts.idOf(topics[1]!),
        month: numberAt(data, 0),
        uptimeBps: numberAt(data, 1),
      }),
      [topicOf(uptimeUpkeep.abi, "UpkeepPerformed")]: ({ data }, _, agent) => ({
        kind: "uptime.performed",
        agent,
        month: numberAt(data, 0),
        feeWei: bigintAt(data, 3),
        isMonthSettled: bigintAt(data, 4) === 1n,
      }),
    },
  },
}
