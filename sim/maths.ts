/**
 * The transcendental functions that give the same bits in every engine and on every CPU
 * (DESIGN section 4.5); `Math.exp`, `Math.pow` and their kin are banned in `sim` and `agents`.
 */
export { default as atan } from "@stdlib/math-base-special-atan"
export { default as cos } from "@stdlib/math-base-special-cos"
export { default as exp } from "@stdlib/math-base-special-exp"
export { default as ln } from "@stdlib/math-base-special-ln"
export { default as pow } from "@stdlib/math-base-special-pow"
export { default as sin } from "@stdlib/math-base-special-sin"

export const clamp = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high)
