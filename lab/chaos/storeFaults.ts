/**
 * A module that Node loads before everything else (`--import`): one file call of the store fails, as on a disk that is full or broken. It stands
 * between `node:fs` and whoever uses it, so that the product has no code for it. Which process has counted far enough first removes the token,
 * and its call fails; the others go on.
 */
export const storeFaults = (call: "writeSync" | "fsyncSync" | "renameSync", nth: number, code: "ENOSPC" | "EIO", token: string): string => `
import fs from "node:fs"
import { syncBuiltinESMExports } from "node:module"
const { unlinkSync, ${call}: real } = fs
let count = 0
fs.${call} = (...args) => {
  if (++count === ${nth}) {
    let isMine = true
    try { unlinkSync(${JSON.stringify(token)}) } catch { isMine = false }
    if (isMine) throw Object.assign(new Error("${code}: injected"), { code: "${code}" })
  }
  return real(...args)
}
syncBuiltinESMExports()
`
