import {
  encodeAbiParameters,
  encodeDeployData,
  getCreate2Address,
  type Hex,
  keccak256,
  parseAbi,
  parseAbiParameters,
  stringToBytes,
} from "viem"
import { privateKeyToAccount } from "viem/accounts"
import { addressOf } from "../accounts.ts"
import { identityProxyBytecode } from "./artifacts.ts"

/** What the suite asks for: a claim of this topic, here "has been verified". */
export const claimTopic = 1n

/** The claim says nothing but that it was made. */
const claimData: Hex = "0x"

/** Signs claims in the name of the claim issuer; any key does, as long as it is always the same. */
const claimSigner = privateKeyToAccount(keccak256(stringToBytes("depinlab/kyc/claim-signer")))

/** A key as ONCHAINID stores it. */
export const keyOf = (address: Hex): Hex => keccak256(encodeAbiParameters(parseAbiParameters("address"), [address]))

export const claimSignerKey = keyOf(claimSigner.address)

/** An account's identity: where the factory will put it, and the claim issuer's signature under the claim. */
export interface Identity {
  readonly address: Hex
  readonly signature: Hex
}

const proxyAbi = parseAbi(["constructor(address implementationAuthority, address initialManagementKey)"])

/** IdFactory makes identities by CREATE2, with itself as the first manager, so a claim can be signed before there is one. */
export const identityOf = async (id: string, factory: Hex, authority: Hex): Promise<Identity> => {
  const address = getCreate2Address({
    from: factory,
    salt: keccak256(stringToBytes(`OID${id}`)),
    bytecode: encodeDeployData({ abi: proxyAbi, bytecode: identityProxyBytecode(), args: [authority, factory] }),
  }).toLowerCase() as Hex
  const hash = keccak256(encodeAbiParameters(parseAbiParameters("address, uint256, bytes"), [address, claimTopic, claimData]))
  return { address, signature: await claimSigner.signMessage({ message: { raw: hash } }) }
}

/** Arguments of `createIdentityWithManagementKeys`: an identity that the officer keeps for an account. */
export const identityArgs = (id: string, account: Hex, officer: string) => [account, id, [keyOf(addressOf(officer))]] as const

/** Arguments of `addClaim`; scheme 1 is ECDSA. */
export const claimArgs = ({ signature }: Identity, issuer: Hex) => [claimTopic, 1n, issuer, signature, claimData, ""] as const
