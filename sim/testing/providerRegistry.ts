/** Test twin only: the ProviderRegistry of docs/contracts.md. */
import type { Fact, Genesis } from "../ledger.ts"
import type { Provider, View } from "../protocols/registry.ts"
import { BPS, mulDiv } from "../units.ts"
import type { Erc20 } from "./erc20.ts"
import type { Journal } from "./journal.ts"
import { demand } from "./revert.ts"

const unknown: Provider = { status: "absent", stakeWei: 0n, gpuCount: 0, unbondsAtSeconds: 0 }

export type ProviderRegistry = ReturnType<typeof providerRegistry>

export const providerRegistry = (journal: Journal, params: Genesis["registry"], token: Erc20, emit: (fact: Fact) => void) => {
  const providers = journal.table(unknown)
  const totalStake = journal.cell(0n)

  const put = (id: string, stakeChange: bigint, change: Partial<Provider>) => {
    const before = providers.get(id)
    providers.set(id, { ...before, ...change, stakeWei: before.stakeWei + stakeChange })
    totalStake.set(totalStake.get() + stakeChange)
  }

  return {
    providerOf: providers.get,
    /** Every provider that ever registered, by registry index. */
    index: () => providers.entries().map(([id]) => id),
    activeGpus: () =>
      providers.entries().reduce((sum, [, { status, gpuCount }]) => sum + (status === "active" ? BigInt(gpuCount) : 0n), 0n),
    view: (): View => ({ totalStakeWei: totalStake.get(), providers: new Map(providers.entries()) }),

    register: (sender: string, gpuCount: number, stakeWei: bigint) => {
      demand(gpuCount > 0, "ZeroGpus")
      demand(stakeWei >= BigInt(gpuCount) * params.stakeWeiPerGpu, "InsufficientStake")
      demand(providers.get(sender).status === "absent", "AlreadyRegistered")
      token.transfer(sender, "registry", stakeWei)
      put(sender, stakeWei, { status: "active", gpuCount, unbondsAtSeconds: 0 })
      emit({ kind: "registry.registered", agent: sender, gpuCount, stakeWei })
    },

    addStake: (sender: string, amountWei: bigint) => {
      demand(providers.get(sender).status === "active", "NotActive")
      demand(amountWei > 0n, "ZeroAmount")
      token.transfer(sender, "registry", amountWei)
      put(sender, amountWei, {})
      emit({ kind: "registry.stakeAdded", agent: sender, amountWei })
    },

    requestExit: (sender: string, nowSeconds: number) => {
      demand(providers.get(sender).status === "active", "NotActive")
      const unbondsAtSeconds = nowSeconds + params.unbondingSeconds
      put(sender, 0n, { status: "unbonding", unbondsAtSeconds })
      emit({ kind: "registry.exitRequested", agent: sender, unbondsAtSeconds })
    },

    withdraw: (sender: string, nowSeconds: number) => {
      const { status, stakeWei, unbondsAtSeconds } = providers.get(sender)
      demand(status === "unbonding", "NotUnbonding")
      demand(nowSeconds >= unbondsAtSeconds, "StillUnbonding")
      put(sender, -stakeWei, { status: "absent", gpuCount: 0, unbondsAtSeconds: 0 })
      token.transfer("registry", sender, stakeWei)
      emit({ kind: "registry.withdrawn", agent: sender, amountWei: stakeWei })
    },

    /** Burns a share of the stake; one who has left has none. */
    slash: (provider: string, bps: bigint) => {
      const amountWei = mulDiv(providers.get(provider).stakeWei, bps, BPS)
      if (amountWei === 0n) return
      put(provider, -amountWei, {})
      token.burn("registry", amountWei)
      emit({ kind: "registry.slashed", provider, amountWei })
    },
  }
}
