/** Test twin only: the JobMarket of docs/contracts.md. */
import type { Fact, Genesis } from "../ledger.ts"
import { BPS, mulDiv } from "../units.ts"
import type { Erc20 } from "./erc20.ts"
import type { Journal } from "./journal.ts"
import type { ProviderRegistry } from "./providerRegistry.ts"
import { demand } from "./revert.ts"

interface Lease {
  readonly provider: string
  readonly amountMicros: bigint
  readonly deadlineSeconds: number
}

const emptySlot: Lease = { provider: "", amountMicros: 0n, deadlineSeconds: 0 }

const keyOf = (buyer: string, slot: number): string => `${slot} ${buyer}`

export const jobMarket = (
  journal: Journal,
  params: Genesis["market"],
  dollar: Erc20,
  registry: ProviderRegistry,
  emit: (fact: Fact) => void,
) => {
  const slots = journal.table(emptySlot)
  const escrow = journal.cell(0n)

  const free = (buyer: string, slot: number, lease: Lease) => {
    slots.set(keyOf(buyer, slot), emptySlot)
    escrow.set(escrow.get() - lease.amountMicros)
  }

  return {
    escrow: escrow.get,

    open: (buyer: string, slot: number, lease: Lease, nowSeconds: number) => {
      demand(slots.get(keyOf(buyer, slot)).amountMicros === 0n, "SlotTaken")
      demand(lease.amountMicros > 0n, "ZeroAmount")
      demand(nowSeconds <= lease.deadlineSeconds, "DeadlinePassed")
      demand(registry.providerOf(lease.provider).status === "active", "ProviderNotActive")
      dollar.transfer(buyer, "market", lease.amountMicros)
      slots.set(keyOf(buyer, slot), lease)
      escrow.set(escrow.get() + lease.amountMicros)
      emit({ kind: "market.opened", agent: buyer, slot, provider: lease.provider, amountMicros: lease.amountMicros })
    },

    complete: (buyer: string, slot: number) => {
      const lease = slots.get(keyOf(buyer, slot))
      demand(lease.amountMicros > 0n, "SlotEmpty")
      free(buyer, slot, lease)
      const feeMicros = mulDiv(lease.amountMicros, BigInt(params.feeBps), BPS)
      const treasuryFeeMicros = feeMicros - mulDiv(feeMicros, BigInt(params.burnBps), BPS)
      const paidMicros = lease.amountMicros - feeMicros - mulDiv(lease.amountMicros, BigInt(params.creditBps), BPS)
      const burnFeeMicros = lease.amountMicros - paidMicros - treasuryFeeMicros
      dollar.transfer("market", lease.provider, paidMicros)
      dollar.transfer("market", "burn", burnFeeMicros)
      dollar.transfer("market", "treasury", treasuryFeeMicros)
      emit({ kind: "market.completed", agent: buyer, slot, provider: lease.provider, paidMicros, burnFeeMicros, treasuryFeeMicros })
    },

    refund: (sender: string, buyer: string, slot: number, nowSeconds: number) => {
      const lease = slots.get(keyOf(buyer, slot))
      demand(lease.amountMicros > 0n, "SlotEmpty")
      demand(sender === lease.provider || (sender === buyer && nowSeconds > lease.deadlineSeconds), "RefundNotAllowed")
      free(buyer, slot, lease)
      dollar.transfer("market", buyer, lease.amountMicros)
      emit({ kind: "market.refunded", buyer, slot, provider: lease.provider, amountMicros: lease.amountMicros })
    },
  }
}
