/** Test twin only: WorkOracle, RewardDistributor and EmissionController of docs/contracts.md, which close an epoch together. */
import type { Fact, Genesis } from "../ledger.ts"
import { openEmission } from "../protocols/emissions/index.ts"
import { median } from "../protocols/oracle.ts"
import { BPS, maxBigint, minBigint, mulDiv } from "../units.ts"
import type { Erc20 } from "./erc20.ts"
import type { Journal } from "./journal.ts"
import type { ProviderRegistry } from "./providerRegistry.ts"
import { demand } from "./revert.ts"

const UINT32_MAX = 2n ** 32n - 1n

interface Claim {
  readonly epoch: number
  readonly workMillis: bigint
}

export const workOracle = (journal: Journal, genesis: Genesis, token: Erc20, registry: ProviderRegistry, emit: (fact: Fact) => void) => {
  const { reporters, quorum, toleranceBps, slashBps } = genesis.oracle
  const nextEpoch = journal.cell(0)
  const claims = journal.table<Claim>({ epoch: -1, workMillis: 0n })
  const reports = journal.cell<ReadonlyMap<string, { readonly epoch: number; readonly seen: ReadonlyMap<string, bigint> }>>(new Map())
  const accrued = journal.table(0n)
  const carried = journal.cell(0n)
  const emitted = journal.cell(0n)
  const model = journal.cell(openEmission(genesis.emissions))
  const supplyAfterWei = journal.cell(genesis.supplyWei)

  const reportsOn = (epoch: number) => [...reports.get().values()].filter((report) => report.epoch === epoch)

  /** EmissionController.release */
  const release = (epoch: number, verifiedMillis: bigint, nowSeconds: number): bigint => {
    const { epochSeconds } = genesis.emissions
    demand(nowSeconds >= genesis.startSeconds + epoch * epochSeconds, "TooEarly")
    const supplyWei = token.supply()
    const { amountWei, next } = model.get().release(epoch, {
      supplyWei,
      burnedWei: maxBigint(supplyAfterWei.get() - supplyWei, 0n),
      bondedWei: registry.view().totalStakeWei,
      verifiedMillis,
      capacityMillis: (registry.activeGpus() * BigInt(epochSeconds) * 1_000n) / 3_600n,
    })
    model.set(next)
    supplyAfterWei.set(supplyWei + amountWei)
    emitted.set(emitted.get() + amountWei)
    token.mint("rewards", amountWei)
    emit({ kind: "emissions.released", epoch, amountWei })
    return amountWei
  }

  /** RewardDistributor.credit */
  const credit = (epoch: number, work: ReadonlyArray<readonly [string, bigint]>, nowSeconds: number) => {
    const total = work.reduce((sum, [, millis]) => sum + millis, 0n)
    const potWei = release(epoch, total, nowSeconds) + carried.get()
    let creditedWei = 0n
    for (const [provider, millis] of work) {
      const amountWei = total === 0n ? 0n : mulDiv(potWei, millis, total)
      if (amountWei === 0n) continue
      creditedWei += amountWei
      accrued.set(provider, accrued.get(provider) + amountWei)
      emit({ kind: "rewards.credited", provider, epoch, amountWei })
    }
    carried.set(potWei - creditedWei)
    return total
  }

  return {
    nextEpoch: nextEpoch.get,
    reportCount: () => reportsOn(nextEpoch.get()).length,
    accruedOf: accrued.get,
    carried: carried.get,
    emitted: emitted.get,

    claimWork: (sender: string, epoch: number, workMillis: bigint) => {
      demand(epoch >= nextEpoch.get(), "EpochClosed")
      demand(registry.providerOf(sender).status !== "absent", "NotRegistered")
      claims.set(sender, { epoch, workMillis })
      emit({ kind: "oracle.workClaimed", agent: sender, epoch, workMillis })
    },

    report: (sender: string, epoch: number, workMillis: ReadonlyMap<string, bigint>) => {
      demand(reporters.includes(sender), "NotReporter")
      demand(epoch >= nextEpoch.get(), "EpochClosed")
      const seen = registry.index().map((id) => [id, minBigint(workMillis.get(id) ?? 0n, UINT32_MAX)] as const)
      reports.set(new Map([...reports.get(), [sender, { epoch, seen: new Map(seen) }]]))
      emit({ kind: "oracle.reported", agent: sender, epoch })
    },

    finalise: (epoch: number, nowSeconds: number) => {
      demand(epoch >= nextEpoch.get(), "EpochClosed")
      const made = reportsOn(epoch)
      demand(made.length >= quorum, "NoQuorum")
      const verified = registry.index().map((provider) => {
        const medianMillis = median(made.map(({ seen }) => seen.get(provider) ?? 0n))
        const claim = claims.get(provider)
        const claimedMillis = claim.epoch === epoch ? claim.workMillis : 0n
        if (claimedMillis <= medianMillis + mulDiv(medianMillis, BigInt(toleranceBps), BPS))
          return [provider, minBigint(claimedMillis, medianMillis)] as const
        emit({ kind: "oracle.mismatched", provider, epoch, claimedMillis, medianMillis })
        registry.slash(provider, BigInt(slashBps))
        return [provider, 0n] as const
      })
      const verifiedWorkMillis = credit(epoch, verified, nowSeconds)
      nextEpoch.set(epoch + 1)
      emit({ kind: "oracle.finalised", epoch, verifiedWorkMillis })
    },

    /** RewardDistributor.claim */
    claimRewards: (sender: string) => {
      const amountWei = accrued.get(sender)
      demand(amountWei > 0n, "NothingAccrued")
      accrued.set(sender, 0n)
      token.transfer("rewards", sender, amountWei)
      emit({ kind: "rewards.claimed", agent: sender, amountWei })
    },
  }
}
