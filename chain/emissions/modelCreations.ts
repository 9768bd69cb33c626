import { type Abi, encodeDeployData, type Hex } from "viem"
import type { EmissionKind, EmissionTerms } from "../../sim/protocols/emissions/index.ts"
import * as artifacts from "../artifacts.ts"
import { word } from "../word.ts"

/** The contract of each kind. A formula's amounts are worked out before, so that it is a table on the chain. */
export const modelArtifacts = {
  fixed: artifacts.fixedEmission,
  decay: artifacts.decayEmission,
  halving: artifacts.halvingEmission,
  netEmissionsCap: artifacts.netEmissionsCap,
  baseline: artifacts.baselineEmission,
  burnAndMint: artifacts.burnAndMintEmission,
  bondingTarget: artifacts.bondingTarget,
  utilisationPid: artifacts.utilisationPid,
  formula: artifacts.tableEmission,
  table: artifacts.tableEmission,
} as const satisfies Readonly<Record<EmissionKind, { readonly abi: Abi; readonly bytecode: Hex }>>

/** As `TableEmission.AMOUNTS_PER_CHUNK`. */
const amountsPerChunk = 1_535
/** Makes a contract whose code is what follows: it copies all but its own eleven bytes (SSTORE2 of solmate). A STOP byte comes first. */
const storeCode = "0x600b5981380380925939f300"

/** Creation codes of an emission model's contracts: those that hold a table's amounts, then the model itself. */
export const modelCreations = (
  terms: EmissionTerms,
): { readonly chunks: ReadonlyArray<Hex>; readonly model: (chunks: ReadonlyArray<Hex>, controller: Hex) => Hex } => {
  const { abi, bytecode } = modelArtifacts[terms.kind]
  const constructor = (abi as Abi).find((item) => item.type === "constructor")!
  return {
    chunks: "amountsWei" in terms ? chunksOf(terms.amountsWei) : [],
    model: (chunks, controller) => {
      // The parameters of a constructor are named as the terms are, with a line below at the end.
      const known: Readonly<Record<string, unknown>> = { ...terms, terms, chunks, controller }
      const args = constructor.inputs.map(({ name }) => known[name!.slice(0, -1)])
      return encodeDeployData({ abi: abi as Abi, bytecode, args })
    },
  }
}

const chunksOf = (amountsWei: ReadonlyArray<bigint>): ReadonlyArray<Hex> =>
  Array.from({ length: Math.ceil(amountsWei.length / amountsPerChunk) }, (_, index) => {
    const amounts = amountsWei.slice(index * amountsPerChunk, (index + 1) * amountsPerChunk)
    return `${storeCode}${amounts.map((amount) => word(amount).slice(32)).join("")}` as Hex
  })
