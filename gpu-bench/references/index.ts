import type { Kernel } from "../kernel.ts"
import { attention } from "./attention.ts"
import { decode } from "./decode.ts"
import { fma } from "./fma.ts"
import { gemm } from "./gemm.ts"
import { gemmChain } from "./gemmChain.ts"
import { hash } from "./hash.ts"
import { launch } from "./launch.ts"
import { nbody } from "./nbody.ts"
import { pathTracer } from "./pathTracer.ts"
import type { Reference } from "./reference.ts"
import { stencil } from "./stencil.ts"
import { triad } from "./triad.ts"

const references: Readonly<Record<string, Reference>> = {
  attention,
  decode,
  fma,
  gemm,
  gemmChain,
  hash,
  launch,
  nbody,
  pathTracer,
  stencil,
  triad,
}

/** The reference that a kernel names. Throws where there is none, which is a bug of the specification. */
export const referenceOf = ({ id, reference }: Kernel): Reference => {
  const found = references[reference]
  if (found === undefined) throw new Error(`${id}: there is no reference ${reference}`)
  return found
}
