import { Context, Layer, ManagedRuntime } from "effect"
import { test } from "vitest"
import {
  type Abi,
  type Address,
  BaseError,
  type ContractConstructorArgs,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type ContractFunctionReturnType,
  createTestClient,
  decodeErrorResult,
  decodeFunctionResult,
  type EncodeDeployDataParameters,
  type EncodeFunctionDataParameters,
  encodeDeployData,
  encodeFunctionData,
  getAddress,
  getContractAddress,
  type Hex,
  http,
  isHex,
  keccak256,
  parseEventLogs,
  publicActions,
  toHex,
  zeroAddress,
  walletActions,
} from "viem"
import { ANY_PREMIUM_BPS } from "../sim/protocols/burn.ts"
import { RAY } from "../sim/units.ts"
import { addressOf } from "./accounts.ts"
import { type Anvil, anvil } from "./anvil.ts"
import * as artifacts from "./artifacts.ts"
import { modelCreations } from "./emissions/modelCreations.ts"
import { factoryAbi, factoryBytecode, pairAbi, routerAbi, routerBytecode } from "./pool/artifacts.ts"

/** What contract tests stand on: one Anvil a file, accounts by name, and every test on the state that the file prepared. */
export const genesisSeconds = 1_767_225_600
export const TOKEN = 10n ** 18n
export const USD = 10n ** 6n
export const DAY = 86_400

/** No call of ours may need more than a public chain's block. */
const gasLimit = 30_000_000n
/** Anvil fills a block by limits and not by use. */
const smallGasLimit = 300_000n

const allAbis = [
  ...artifacts.baselineEmission.abi,
  ...artifacts.batchMarket.abi,
  ...artifacts.burnEngine.abi,
  ...artifacts.burnAndMintEmission.abi,
  ...artifacts.chefBudget.abi,
  ...artifacts.disputedMarket.abi,
  ...artifacts.dollar.abi,
  ...artifacts.emissionController.abi,
  ...artifacts.halvingEmission.abi,
  ...artifacts.jobMarket.abi,
  ...artifacts.masterChefStrategy.abi,
  ...artifacts.merkleRewards.abi,
  ...artifacts.networkToken.abi,
  ...artifacts.outsideVenue.abi,
  ...artifacts.quorumOracle.abi,
  ...artifacts.providerRegistry.abi,
  ...artifacts.rewardDistributor.abi,
  ...artifacts.stakingRewards.abi,
  ...artifacts.workOracle.abi,
  ...artifacts.vulnerableMarket.abi,
  ...artifacts.yieldVault.abi,
]

export interface Contract<abi extends Abi = Abi> {
  readonly address: Address
  readonly abi: abi
}

/** An event as `[name, arguments]`. */
export type Event = readonly [string, Readonly<Record<string, unknown>>]

/** Checksummed, as viem decodes it. */
export const account = (id: string): Address => getAddress(addressOf(id))

const chainOn = async (port: number) => {
  const client = createTestClient({ mode: "anvil", transport: http(`http://127.0.0.1:${port}`, { retryCount: 0 }) })
    .extend(publicActions)
    .extend(walletActions)
  await client.request({ method: "anvil_autoImpersonateAccount" as never, params: [true] as never })
  let nowSeconds = genesisSeconds

  const mine = async () => {
    await client.setNextBlockTimestamp({ timestamp: BigInt(nowSeconds) })
    await client.mine({ blocks: 1 })
  }

  const send = async (from: Address, to: Address | null, data: Hex) => {
    await client.setNextBlockBaseFeePerGas({ baseFeePerGas: 0n })
    const hash = await client.sendTransaction({ account: from, to, data, gas: gasLimit, gasPrice: 0n, chain: null })
    await mine()
    const receipt = await client.getTransactionReceipt({ hash })
    if (receipt.status === "reverted") throw new Error(`reverted: ${await refusal(from, to, data)}`)
    return receipt
  }

  const refusal = async (from: Address, to: Address | null, data: Hex): Promise<string> => {
    try {
      await client.call({ account: from, to, data, gas: gasLimit })
    } catch (error) {
      const cause = error instanceof BaseError ? error.walk((e) => isHex((e as { data?: unknown }).data)) : null
      if (cause === null) throw error
      const { errorName, args } = decodeErrorResult({ abi: allAbis, data: (cause as unknown as { data: Hex }).data })
      return `${errorName}(${(args ?? []).join(", ")})`
    }
    return "nothing"
  }

  return {
    client,
    now: () => nowSeconds,

    /** Remembers the state; the result restores it. */
    checkpoint: async () => {
      const [id, seconds] = [await client.snapshot(), nowSeconds]
      return async () => {
        await client.revert({ id })
        nowSeconds = seconds
      }
    },

    /** Mines an empty block at that time; later blocks and calls have the same time. */
    advanceTo: async (seconds: number) => {
      nowSeconds = seconds
      await mine()
    },

    /** Makes a contract from its creation code. */
    create: async (data: Hex): Promise<Address> => getAddress((await send(account("operator"), null, data)).contractAddress!),

    deploy: async <const abi extends Abi>(
      artifact: { abi: abi; bytecode: Hex },
      args: ContractConstructorArgs<abi>,
    ): Promise<Contract<abi>> => {
      const { abi, bytecode } = artifact
      const receipt = await send(
        account("operator"),
        null,
        encodeDeployData({ abi, bytecode, args } as unknown as EncodeDeployDataParameters),
      )
      return { address: getAddress(receipt.contractAddress!), abi }
    },

    /** Address of the operator's deployment after so many others. */
    nextAddress: async (others: number): Promise<Address> => {
      const from = account("operator")
      return getContractAddress({ from, nonce: BigInt((await client.getTransactionCount({ address: from })) + others) })
    },

    /** Sends, expects success, and returns the events but ERC-20's own, which balances show. */
    act: async <const abi extends Abi, name extends ContractFunctionName<abi, "nonpayable">>(
      from: string,
      { address, abi }: Contract<abi>,
      functionName: name,
      args: ContractFunctionArgs<abi, "nonpayable", name>,
    ): Promise<{ readonly events: ReadonlyArray<Event>; readonly gasUsed: bigint }> => {
      const data = encodeFunctionData({ abi, functionName, args } as unknown as EncodeFunctionDataParameters)
      const { logs, gasUsed } = await send(account(from), address, data)
      const events = parseEventLogs({ abi: allAbis, logs }).filter(({ eventName }) => eventName !== "Transfer" && eventName !== "Approval")
      return { events: events.map(({ eventName, args }) => [eventName, { ...args }] as const), gasUsed }
    },

    /** One call of many senders, in one block. */
    actAll: async <const abi extends Abi, name extends ContractFunctionName<abi, "nonpayable">>(
      { address, abi }: Contract<abi>,
      functionName: name,
      calls: ReadonlyArray<{ readonly from: string; readonly args: ContractFunctionArgs<abi, "nonpayable", name> }>,
    ): Promise<void> => {
      const hashes: Array<Hex> = []
      await client.setNextBlockBaseFeePerGas({ baseFeePerGas: 0n })
      for (const { from, args } of calls) {
        const data = encodeFunctionData({ abi, functionName, args } as unknown as EncodeFunctionDataParameters)
        hashes.push(
          await client.sendTransaction({ account: account(from), to: address, data, gas: smallGasLimit, gasPrice: 0n, chain: null }),
        )
      }
      await mine()
      for (const hash of hashes) {
        const { status } = await client.getTransactionReceipt({ hash })
        if (status === "reverted") throw new Error(`${functionName} reverted`)
      }
    },

    /** The error that the call would end with, as `Name(arguments)`, or `nothing`. */
    refusal: async <const abi extends Abi, name extends ContractFunctionName<abi, "nonpayable">>(
      from: string,
      { address, abi }: Contract<abi>,
      functionName: name,
      args: ContractFunctionArgs<abi, "nonpayable", name>,
    ): Promise<string> =>
      refusal(account(from), address, encodeFunctionData({ abi, functionName, args } as unknown as EncodeFunctionDataParameters)),

    /** The error that a constructor would end with. */
    refusalToDeploy: async <const abi extends Abi>(
      artifact: { abi: abi; bytecode: Hex },
      args: ContractConstructorArgs<abi>,
    ): Promise<string> => {
      const { abi, bytecode } = artifact
      return refusal(account("operator"), null, encodeDeployData({ abi, bytecode, args } as unknown as EncodeDeployDataParameters))
    },

    read: async <const abi extends Abi, name extends ContractFunctionName<abi, "view" | "pure">>(
      { address, abi }: Contract<abi>,
      functionName: name,
      args: ContractFunctionArgs<abi, "view" | "pure", name>,
    ): Promise<ContractFunctionReturnType<abi, "view" | "pure", name>> => {
      const call = { abi, functionName, args } as unknown as EncodeFunctionDataParameters
      const { data } = await client.call({ to: address, data: encodeFunctionData(call) })
      return decodeFunctionResult({ ...call, data: data! } as never) as ContractFunctionReturnType<abi, "view" | "pure", name>
    },
  }
}

export type TestChain = Awaited<ReturnType<typeof chainOn>>

/** Terms on which the world is deployed. `oracle` and `distributor` put an account in a contract's place. */
export const terms = {
  stakeWeiPerGpu: 100n * TOKEN,
  unbondingSeconds: BigInt(7 * DAY),
  reporters: ["r1", "r2", "r3", "r4", "r5", "r6", "r7"] as ReadonlyArray<string>,
  quorum: 3n,
  toleranceBps: 1_000n,
  slashBps: 500n,
  firstWei: 1_000n * TOKEN,
  decayBpsPerEpoch: 200n,
  feeBps: 250n,
  burnBps: 4_000n,
  spendBpsMax: 100n,
  premiumBpsMax: BigInt(ANY_PREMIUM_BPS),
  keepBps: 0n,
  creditBps: 0n,
  venueFeeBps: 20n,
  priceMicros: 2_000_000n,
  oracle: undefined as string | undefined,
  distributor: undefined as string | undefined,
}

export const supplyWei = 1_000_000n * TOKEN

export const deployWorld = async (chain: TestChain, changes: Partial<typeof terms> = {}) => {
  const t = { ...terms, ...changes }
  const { deploy, act, read } = chain
  const operator = account("operator")
  const token = await deploy(artifacts.networkToken, [operator, account("treasury"), supplyWei])
  const dollar = await deploy(artifacts.dollar, [operator])
  const factory = await deploy({ abi: factoryAbi, bytecode: factoryBytecode() }, [operator])
  const router = await deploy({ abi: routerAbi, bytecode: routerBytecode() }, [factory.address, operator])
  await act("operator", factory, "createPair", [token.address, dollar.address])
  const pair: Contract<typeof pairAbi> = { address: await read(factory, "getPair", [token.address, dollar.address]), abi: pairAbi }

  const keepRay = (RAY * (10_000n - t.decayBpsPerEpoch)) / 10_000n
  const model = await chain.create(modelCreations({ kind: "decay", firstWei: t.firstWei, keepRay, stepEpochs: 1n }).model([], zeroAddress))
  const oracleAddress = t.oracle === undefined ? await chain.nextAddress(3) : account(t.oracle)
  const distributorAddress = t.distributor === undefined ? await chain.nextAddress(2) : account(t.distributor)
  const registry = await deploy(artifacts.providerRegistry, [token.address, oracleAddress, t.stakeWeiPerGpu, t.unbondingSeconds])
  const emissions = await deploy(artifacts.emissionController, [
    token.address,
    distributorAddress,
    model,
    registry.address,
    registry.address,
    BigInt(genesisSeconds),
    BigInt(DAY),
  ])
  const rewards = await deploy(artifacts.rewardDistributor, [token.address, emissions.address, oracleAddress])
  const reporters = t.reporters.map(account)
  const oracle = await deploy(artifacts.workOracle, [registry.address, rewards.address, reporters, t.quorum, t.toleranceBps, t.slashBps])
  const venue = await deploy(artifacts.outsideVenue, [token.address, dollar.address, operator, t.venueFeeBps, t.priceMicros])
  const burn = await deploy(artifacts.burnEngine, [
    token.address,
    dollar.address,
    pair.address,
    router.address,
    venue.address,
    account("treasury"),
    t.spendBpsMax,
    t.premiumBpsMax,
    t.keepBps,
  ])
  const market = await deploy(artifacts.jobMarket, [
    dollar.address,
    registry.address,
    burn.address,
    account("treasury"),
    t.feeBps,
    t.burnBps,
    t.creditBps,
  ])

  const minter = keccak256(toHex("MINTER_ROLE"))
  await act("operator", token, "grantRole", [minter, emissions.address])
  await act("operator", dollar, "grantRole", [minter, account("issuer")])
  await act("operator", dollar, "grantRole", [minter, venue.address])

  /** Gives an account tokens and dollars, and approves every contract that pulls. */
  const fund = async (id: string, tokenWei: bigint, dollarMicros: bigint) => {
    if (tokenWei > 0n) await act("treasury", token, "transfer", [account(id), tokenWei])
    if (dollarMicros > 0n) await act("issuer", dollar, "mint", [account(id), dollarMicros, toHex("capital", { size: 32 })])
    for (const spender of [registry, venue, router]) await act(id, token, "approve", [spender.address, 2n ** 256n - 1n])
    for (const spender of [market, venue, router]) await act(id, dollar, "approve", [spender.address, 2n ** 256n - 1n])
  }

  const balances = async (holder: Address) => ({
    tokenWei: await read(token, "balanceOf", [holder]),
    dollarMicros: await read(dollar, "balanceOf", [holder]),
  })

  return { token, dollar, factory, router, pair, registry, emissions, rewards, oracle, burn, market, venue, fund, balances }
}

class TestAnvil extends Context.Service<TestAnvil, Anvil>()("depinlab/TestAnvil") {}

/** A test whose `chain` and `world` are made once a file; whatever it does to them is undone after it. */
export const testOn = <World>(prepare: (chain: TestChain) => Promise<World>) =>
  test
    // oxlint-disable-next-line no-empty-pattern -- vitest reads from the pattern that it depends on nothing
    .extend("chain", { scope: "file" }, async ({}, { onCleanup }) => {
      const runtime = ManagedRuntime.make(Layer.effect(TestAnvil, anvil(genesisSeconds)))
      onCleanup(() => runtime.dispose())
      const { port } = await runtime.runPromise(TestAnvil)
      return chainOn(port)
    })
    .extend("world", { scope: "file" }, ({ chain }) => prepare(chain))
    .extend("undo", { auto: true }, async ({ chain, world: _prepared }, { onCleanup }) => onCleanup(await chain.checkpoint()))
