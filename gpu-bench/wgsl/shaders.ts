import attention from "./attention.wgsl?raw"
import decode from "./decode.wgsl?raw"
import digest from "./digest.wgsl?raw"
import fill from "./fill.wgsl?raw"
import fma from "./fma.wgsl?raw"
import gather from "./gather.wgsl?raw"
import gemmF32 from "./gemmF32.wgsl?raw"
import gemmInt8 from "./gemmInt8.wgsl?raw"
import hash from "./hash.wgsl?raw"
import launch from "./launch.wgsl?raw"
import nbody from "./nbody.wgsl?raw"
import pathTracer from "./pathTracer.wgsl?raw"
import stencil from "./stencil.wgsl?raw"
import triad from "./triad.wgsl?raw"

/** The text of every shader; Vite puts it into the page and into the command line alike. */
export const shaders = {
  attention,
  decode,
  digest,
  fill,
  fma,
  gather,
  gemmF32,
  gemmInt8,
  hash,
  launch,
  nbody,
  pathTracer,
  stencil,
  triad,
} as const
export type ShaderName = keyof typeof shaders
