import { Effect } from "effect"
import { type Action, type Genesis, Ledger, type LedgerView } from "../../sim/ledger.ts"
import { pairWorld } from "./pairWorld.ts"
import { CaseInvalid, integer, type Quantities, referenceCase } from "./referenceCase.ts"

const units = (description: string, value: bigint) => integer("units", description, value, { min: 1n, max: 10n ** 24n })

/** OpenZeppelin's ten steps of two holders, Alice and Bruce, through our vault without strategies: a yield is a gift to the vault. */
export const a9 = referenceCase({
  id: "A9",
  title: "ERC-4626 vault: ten steps of two holders",
  source: "OpenZeppelin/openzeppelin-contracts, test/token/ERC20/extensions/ERC4626.test.js: multiple mint, deposit, redeem & withdrawal",
  parameters: {
    firstMint: units("1. Alice mints so many shares", 2_000n),
    firstDeposit: units("2. Bruce deposits so many assets", 4_000n),
    firstYield: units("3. the vault gains so many assets", 3_000n),
    secondDeposit: units("4. Alice deposits so many assets", 2_000n),
    secondMint: units("5. Bruce mints so many shares", 2_000n),
    secondYield: units("6. the vault gains so many assets; 7. Alice redeems the shares of step 4", 3_000n),
    withdrawal: units("8. Bruce withdraws so many assets; 9. Alice withdraws all; 10. Bruce redeems all", 2_929n),
    decimalsOffset: integer("decimals", "of a vault share more than of the asset", 0n, { max: 12n }),
  },
  quantities: Object.fromEntries(
    [
      ["firstMintAssets", "assets"],
      ["firstDepositShares", "shares"],
      ["aliceAfterFirstYield", "assets"],
      ["bruceAfterFirstYield", "assets"],
      ["secondDepositShares", "shares"],
      ["secondMintAssets", "assets"],
      ["aliceAfterSecondYield", "assets"],
      ["bruceAfterSecondYield", "assets"],
      ["aliceRedeemsAssets", "assets"],
      ["bruceWithdrawsShares", "shares"],
      ["aliceWithdrawsShares", "shares"],
      ["bruceRedeemsAssets", "assets"],
      ["assetsLeft", "assets"],
    ].map(([name, unit]) => [name!, { unit: unit!, precision: 0 }]),
  ),
  published: [
    {
      at: {},
      expected: {
        firstMintAssets: 2_000n,
        firstDepositShares: 4_000n,
        aliceAfterFirstYield: 2_999n,
        bruceAfterFirstYield: 5_999n,
        secondDepositShares: 1_333n,
        secondMintAssets: 3_000n,
        aliceAfterSecondYield: 6_070n,
        bruceAfterSecondYield: 10_928n,
        aliceRedeemsAssets: 2_427n,
        bruceWithdrawsShares: 1_608n,
        aliceWithdrawsShares: 2_000n,
        bruceRedeemsAssets: 8_000n,
        assetsLeft: 1n,
      },
    },
  ],
  expected: (values) => steps(values),
  measured: (values, { ledger }) => {
    const genesis = vaultWorld(values)
    return Effect.gen(function* () {
      const { observe, settle } = yield* Ledger
      let seconds = genesis.startSeconds
      const step = (agent: string, action: Action) =>
        Effect.gen(function* () {
          seconds += 3_600
          const [receipt] = (yield* settle([{ agent, action, tipWei: 0n }], seconds)).receipts
          const fact = receipt!.facts.find(({ kind }) => kind === "vault.deposited" || kind === "vault.withdrawn")
          if (receipt!.status === "reverted")
            return yield* new CaseInvalid({ message: `A9: ${agent} cannot ${action.kind}: ${receipt!.reason}` })
          const view = yield* observe
          return {
            view,
            moved: fact?.kind === "vault.deposited" || fact?.kind === "vault.withdrawn" ? fact : { poolShares: 0n, vaultShares: 0n },
          }
        })
      const worth = ({ vault }: LedgerView, id: string) => vault.worth.get(id)!

      const firstMint = yield* step("alice", { kind: "vault.mint", vaultShares: values.firstMint })
      const firstDeposit = yield* step("bruce", { kind: "vault.deposit", poolShares: values.firstDeposit })
      const firstYield = yield* step("giver", { kind: "vault.donate", poolShares: values.firstYield })
      const secondDeposit = yield* step("alice", { kind: "vault.deposit", poolShares: values.secondDeposit })
      const secondMint = yield* step("bruce", { kind: "vault.mint", vaultShares: values.secondMint })
      const secondYield = yield* step("giver", { kind: "vault.donate", poolShares: values.secondYield })
      const redeemed = yield* step("alice", { kind: "vault.redeem", vaultShares: secondDeposit.moved.vaultShares })
      const withdrawn = yield* step("bruce", { kind: "vault.withdraw", poolShares: values.withdrawal })
      const allWithdrawn = yield* step("alice", { kind: "vault.withdraw", poolShares: worth(withdrawn.view, "alice") })
      const rest = allWithdrawn.view.vault.shares.get("bruce")!
      const allRedeemed = yield* step("bruce", { kind: "vault.redeem", vaultShares: rest })
      return {
        firstMintAssets: firstMint.moved.poolShares,
        firstDepositShares: firstDeposit.moved.vaultShares,
        aliceAfterFirstYield: worth(firstYield.view, "alice"),
        bruceAfterFirstYield: worth(firstYield.view, "bruce"),
        secondDepositShares: secondDeposit.moved.vaultShares,
        secondMintAssets: secondMint.moved.poolShares,
        aliceAfterSecondYield: worth(secondYield.view, "alice"),
        bruceAfterSecondYield: worth(secondYield.view, "bruce"),
        aliceRedeemsAssets: redeemed.moved.poolShares,
        bruceWithdrawsShares: withdrawn.moved.vaultShares,
        aliceWithdrawsShares: allWithdrawn.moved.vaultShares,
        bruceRedeemsAssets: allRedeemed.moved.poolShares,
        assetsLeft: allRedeemed.view.vault.assets,
      }
    }).pipe(Effect.provide(ledger(genesis)))
  },
})

type Values = Readonly<
  Record<
    "firstMint" | "firstDeposit" | "firstYield" | "secondDeposit" | "secondMint" | "secondYield" | "withdrawal" | "decimalsOffset",
    bigint
  >
>

/** EIP-4626 with OpenZeppelin's virtual asset and shares: whoever acts bears the rounding. */
const steps = (values: Values): Quantities => {
  const virtualShares = 10n ** values.decimalsOffset
  let [assets, supply] = [0n, 0n]
  const held = { alice: 0n, bruce: 0n }
  const down = (a: bigint, b: bigint, c: bigint) => (a * b) / c
  const up = (a: bigint, b: bigint, c: bigint) => (a * b + c - 1n) / c
  const move = (who: keyof typeof held, assetsIn: bigint, sharesIn: bigint) => {
    assets += assetsIn
    supply += sharesIn
    held[who] += sharesIn
  }
  const worth = (shares: bigint) => down(shares, assets + 1n, supply + virtualShares)
  const mint = (who: keyof typeof held, shares: bigint) => {
    const cost = up(shares, assets + 1n, supply + virtualShares)
    move(who, cost, shares)
    return cost
  }
  const deposit = (who: keyof typeof held, amount: bigint) => {
    const shares = down(amount, supply + virtualShares, assets + 1n)
    move(who, amount, shares)
    return shares
  }
  const redeem = (who: keyof typeof held, shares: bigint) => {
    const amount = worth(shares)
    move(who, -amount, -shares)
    return amount
  }
  const withdraw = (who: keyof typeof held, amount: bigint) => {
    const shares = up(amount, supply + virtualShares, assets + 1n)
    move(who, -amount, -shares)
    return shares
  }

  const firstMintAssets = mint("alice", values.firstMint)
  const firstDepositShares = deposit("bruce", values.firstDeposit)
  assets += values.firstYield
  const first = { aliceAfterFirstYield: worth(held.alice), bruceAfterFirstYield: worth(held.bruce) }
  const secondDepositShares = deposit("alice", values.secondDeposit)
  const secondMintAssets = mint("bruce", values.secondMint)
  assets += values.secondYield
  const second = { aliceAfterSecondYield: worth(held.alice), bruceAfterSecondYield: worth(held.bruce) }
  const aliceRedeemsAssets = redeem("alice", secondDepositShares)
  const bruceWithdrawsShares = withdraw("bruce", values.withdrawal)
  const aliceWithdrawsShares = withdraw("alice", worth(held.alice))
  const bruceRedeemsAssets = redeem("bruce", held.bruce)
  return {
    firstMintAssets,
    firstDepositShares,
    ...first,
    secondDepositShares,
    secondMintAssets,
    ...second,
    aliceRedeemsAssets,
    bruceWithdrawsShares,
    aliceWithdrawsShares,
    bruceRedeemsAssets,
    assetsLeft: assets,
  }
}

/** A pool of which one unit of both sides is one share, of which everybody has enough, and a vault without fee and lock. */
const vaultWorld = (values: Values): Genesis => {
  const { firstMint, firstDeposit, firstYield, secondDeposit, secondMint, secondYield, withdrawal, decimalsOffset } = values
  const purse = 4n * (firstMint + firstDeposit + firstYield + secondDeposit + secondMint + secondYield + withdrawal)
  const world = pairWorld(10n ** 9n, 10n ** 9n, [])
  return {
    ...world,
    supplyWei: world.supplyWei + 3n * purse,
    pool: {
      deposits: [...world.pool.deposits, ...["alice", "bruce", "giver"].map((agent) => ({ agent, tokenWei: purse, dollarMicros: purse }))],
    },
    vault: {
      hasVirtualShares: true,
      decimalsOffset: Number(decimalsOffset),
      profitUnlockSeconds: 0,
      performanceFeeBps: 0,
      strategists: [],
    },
  }
}
