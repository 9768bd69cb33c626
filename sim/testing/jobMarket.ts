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

  const pay = (kind: "market.completed" | "market.released", buyer: string, slot: number, provider: string, amountMicros: bigint) => {
    const feeMicros = mulDiv(amountMicros, BigInt(params.feeBps), BPS)
    const treasuryFeeMicros = feeMicros - mulDiv(feeMicros, BigInt(params.burnBps), BPS)
    const paidMicros = amountMicros - feeMicros - mulDiv(amountMicros, BigInt(params.creditBps), BPS)
    const burnFeeMicros = amountMicros - paidMicros - treasuryFeeMicros
    dollar.transfer("market", provider, paidMicros)
    dollar.transfer("market", "burn", burnFeeMicros)
    dollar.transfer("market", "treasury", treasuryFeeMicros)
    emit({ kind, agent: buyer, slot, provider, paidMicros, burnFeeMicros, treasuryFeeMicros })
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
      pay("market.completed", buyer, slot, lease.provider, lease.amountMicros)
    },

    release: (buyer: string, slot: number, amountMicros: bigint) => {
      const lease = slots.get(keyOf(buyer, slot))
      demand(lease.amountMicros > 0n, "SlotEmpty")
      demand(amountMicros > 0n, "ZeroAmount")
      demand(amountMicros < lease.amountMicros, "ReleaseTooLarge")
      slots.set(keyOf(buyer, slot), { ...lease, amountMicros: lease.amountMicros - amountMicros })
      escrow.set(escrow.get() - amountMicros)
      pay("market.released", buyer, slot, lease.provider, amountMicros)
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
