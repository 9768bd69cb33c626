import { keccak256, stringToBytes } from "viem"

/** The role of those who may mint tokens or dollars, as a word of calldata. */
export const minterRole = keccak256(stringToBytes("MINTER_ROLE")).slice(2)
