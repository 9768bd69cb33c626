import { encodeDeployData, encodeFunctionData, type Hex, keccak256, stringToBytes } from "viem"
import type { Genesis, LedgerView } from "../../sim/ledger.ts"
import { claimsPriceAccount, signaturesNeeded, type Terms, uptimeForwarderAccount } from "../../sim/protocols/feeds.ts"
import { addressOf } from "../accounts.ts"
import { dataFeedsCache, feedPrice, keystoneForwarder, medianFeed, submittedFeed } from "../artifacts.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import type { Extension, Site } from "../extension.ts"
import { bigintAt, numberAt, wordAt } from "../word.ts"
import { signerOf } from "./feedKeys.ts"
import type { FeedSite } from "./feedSites.ts"
import { configVersion, donId, workflowName, workflowOwner } from "./forwarderReport.ts"

export interface Feeds extends Extension<Pick<LedgerView, "feeds">> {
  readonly sites: ReadonlyMap<string, FeedSite>
}

const operator = addressOf("operator")
const roundOfCache = callOf(dataFeedsCache.abi, "getLatestRoundData")
const latestRound = callOf(medianFeed.abi, "latestRoundData")()
const configSet = topicOf(medianFeed.abi, "ConfigSet")

/** Makes each feed, with a forwarder of its own where it has one: a forwarder does not tell its receiver which committee has signed. */
export const installFeeds = async (site: Site): Promise<Feeds | undefined> => {
  const { genesis, deploy } = site
  if (genesis.feeds === undefined) return undefined
  const contracts = await deploy([
    encodeDeployData({ ...dataFeedsCache }),
    ...genesis.feeds.map((feed) => creationOf(feed)),
    ...claimsPriceCreation(genesis),
  ])
  const cache = contracts[0]!
  const claimsPrice = contracts[genesis.feeds.length + 1]
  const sites = new Map<string, FeedSite>()
  await site.send([fromOperator(cache, encodeFunctionData({ ...dataFeedsCache, functionName: "setFeedAdmin", args: [operator, true] }))])
  for (const [index, feed] of genesis.feeds.entries()) sites.set(feed.id, await openFeed(site, feed, cache, contracts[index + 1]!))
  await connectPrices(site, sites, cache, claimsPrice)
  return {
    sites,
    accounts: new Map([
      ...(claimsPrice === undefined ? [] : [[claimsPriceAccount, claimsPrice] as const]),
      ...(genesis.uptime === undefined ? [] : [[uptimeForwarderAccount, sites.get(genesis.uptime.feed)!.target] as const]),
    ]),
    reads: () =>
      [...sites.values()].map(({ kind, source, dataId }) => ({
        to: source,
        data: kind === "forwarder" ? roundOfCache(dataId.slice(2).padEnd(64, "0")) : latestRound,
      })),
    view: (answers) => ({
      feeds: new Map(
        [...sites.values()].map(({ id, decimals }, index) => {
          const answer = answers[index]!
          return [
            id,
            {
              decimals,
              answer: BigInt.asIntN(256, bigintAt(answer, 1)),
              roundId: numberAt(answer, 0),
              observedSeconds: numberAt(answer, 2),
              updatedAtSeconds: numberAt(answer, 3),
            },
          ]
        }),
      ),
    }),
  }
}

const setUpGas = 3_000_000
const fromOperator = (to: Hex, data: Hex) => ({ from: operator, to, data, gas: setUpGas })

const creationOf = ({ kind, decimals, nodes, faulty }: Terms): Hex => {
  switch (kind) {
    case "forwarder":
      return encodeDeployData({ ...keystoneForwarder })
    case "ocr2":
      return encodeDeployData({ ...medianFeed, args: [decimals] })
    case "submits":
      return encodeDeployData({
        ...submittedFeed,
        args: [decimals, nodes.map(addressOf), BigInt(signaturesNeeded(kind, nodes.length, faulty))],
      })
  }
}

/** Tells the contract who its committee is, and the cache whose reports it may take. */
const openFeed = async ({ send }: Site, feed: Terms, cache: Hex, target: Hex): Promise<FeedSite> => {
  const { id, kind, decimals, faulty, nodes } = feed
  const name = keccak256(stringToBytes(`depinlab/${id}`)).slice(2)
  const dataId: Hex = `0x01${name.slice(0, 12)}${(0x20 + decimals).toString(16)}${name.slice(12, 28)}`
  const made = { id, kind, decimals, nodes, target, dataId }
  const signers = nodes.map(signerOf)
  if (kind === "submits") return { ...made, source: target, configDigest: "" }
  if (kind === "ocr2") {
    const args = [signers, nodes.map(addressOf), faulty, "0x", 1n, "0x"] as const
    const logs = await send([fromOperator(target, encodeFunctionData({ ...medianFeed, functionName: "setConfig", args }))])
    const { data } = logs.find(({ topics }) => topics[0] === configSet)!
    return { ...made, source: target, configDigest: wordAt(data, 1) }
  }
  const workflow = { allowedSender: target, allowedWorkflowOwner: workflowOwner, allowedWorkflowName: workflowName }
  await send([
    fromOperator(
      target,
      encodeFunctionData({ ...keystoneForwarder, functionName: "setConfig", args: [donId, configVersion, faulty, signers] }),
    ),
    fromOperator(
      cache,
      encodeFunctionData({ ...dataFeedsCache, functionName: "setDecimalFeedConfigs", args: [[dataId], ["USD for one token"], [workflow]] }),
    ),
  ])
  return { ...made, source: cache, configDigest: "" }
}

const claimsPriceCreation = ({ claims }: Genesis): ReadonlyArray<Hex> =>
  claims?.price === undefined
    ? []
    : [encodeDeployData({ ...feedPrice, args: [operator, BigInt(claims.price.maxAgeSeconds), claims.price.pauses] })]

/** Contracts that ask for a price are told where; the cache answers only callers that it knows. */
const connectPrices = async (
  { genesis, contracts, send }: Site,
  sites: ReadonlyMap<string, FeedSite>,
  cache: Hex,
  claimsPrice: Hex | undefined,
): Promise<void> => {
  for (const [price, feed] of [
    [contracts.burnPrice, genesis.burn.price?.feed],
    [claimsPrice, genesis.claims?.price?.feed],
  ] as const) {
    if (price === undefined || feed === undefined) continue
    const { source, dataId, kind } = sites.get(feed)!
    const mapping = encodeFunctionData({ ...dataFeedsCache, functionName: "updateDataIdMappingsForProxies", args: [[price], [dataId]] })
    await send([
      ...(kind === "forwarder" ? [fromOperator(cache, mapping)] : []),
      fromOperator(price, encodeFunctionData({ ...feedPrice, functionName: "connect", args: [source] })),
    ])
  }
}
