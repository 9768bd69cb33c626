import { parseAbi } from "viem"

/** The functions of a vesting wallet that concern an ERC-20; each has a namesake for the native coin. */
export const walletAbi = parseAbi([
  "event ERC20Released(address indexed token, uint256 amount)",
  "function releasable(address token) view returns (uint256)",
  "function release(address token)",
])
