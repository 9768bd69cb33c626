// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {ProviderRegistry} from "../registry/ProviderRegistry.sol";
import {MerkleRewards} from "../rewards/MerkleRewards.sol";

/**
 * Proof of physical work for any number of providers: the reporters agree on the medians among themselves, and one of them, or anybody, brings
 * what a quorum of them has signed. Fewer liars than a quorum move nothing; a quorum that lies together can give an epoch's emission to whom it
 * likes and slash whom it likes, and nothing else.
 */
contract QuorumOracle {
    error EpochClosed(uint32 epoch, uint32 nextEpoch);
    error NoQuorum(uint256 signatureCount, uint256 quorum);
    error SignerNotNext(address signer);
    error NotReporter(address signer);
    error InvalidQuorum(uint256 quorum, uint256 reporterCount);
    error BpsTooLarge(uint256 bps);

    event Mismatched(address indexed provider, uint32 epoch, uint64 claimedMillis, uint64 medianMillis);
    event Finalised(uint32 epoch, uint256 verifiedWorkMillis);

    /// A claim above the median by more than the tolerance.
    struct Mismatch {
        address provider;
        uint64 claimedMillis;
        uint64 medianMillis;
    }

    uint256 private constant BPS = 10_000;
    ProviderRegistry public immutable registry;
    MerkleRewards public immutable distributor;
    uint256 public immutable quorum;
    uint256 public immutable slashBps;

    /// Epochs below this one are final, or were passed over because they never had a quorum.
    uint32 public nextEpoch;
    mapping(address signer => bool) public isReporter;

    constructor(ProviderRegistry registry_, MerkleRewards distributor_, address[] memory signers_, uint256 quorum_, uint256 slashBps_) {
        if (quorum_ == 0 || quorum_ > signers_.length) revert InvalidQuorum(quorum_, signers_.length);
        if (slashBps_ > BPS) revert BpsTooLarge(slashBps_);
        registry = registry_;
        distributor = distributor_;
        quorum = quorum_;
        slashBps = slashBps_;
        for (uint256 i = 0; i < signers_.length; i++) isReporter[signers_[i]] = true;
    }

    /// The epoch's verified work in all, and the false claims: releases the emission and slashes.
    function finalise(uint32 epoch, uint256 verifiedMillis, Mismatch[] calldata mismatches, bytes[] calldata signatures) external {
        if (epoch < nextEpoch) revert EpochClosed(epoch, nextEpoch);
        _requireQuorum(workDigest(epoch, verifiedMillis, mismatches), signatures);

        nextEpoch = epoch + 1;
        for (uint256 i = 0; i < mismatches.length; i++) {
            emit Mismatched(mismatches[i].provider, epoch, mismatches[i].claimedMillis, mismatches[i].medianMillis);
            registry.slash(mismatches[i].provider, slashBps);
        }
        distributor.release(epoch, verifiedMillis);
        emit Finalised(epoch, verifiedMillis);
    }

    /// Who has earned how much since the start, as the root of a tree; `creditedWei` is what the root adds to the one before.
    function publish(uint32 epoch, bytes32 root, uint256 creditedWei, bytes[] calldata signatures) external {
        _requireQuorum(rootDigest(epoch, root, creditedWei), signatures);

        distributor.publish(epoch, root, creditedWei);
    }

    /// Reports do not wait on the chain.
    function reportCount(uint32) external pure returns (uint256) {
        return 0;
    }

    function workDigest(uint32 epoch, uint256 verifiedMillis, Mismatch[] calldata mismatches) public view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, address(this), "work", epoch, verifiedMillis, mismatches));
    }

    function rootDigest(uint32 epoch, bytes32 root, uint256 creditedWei) public view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, address(this), "root", epoch, root, creditedWei));
    }

    /// Signatures come by ascending signer, so that nobody counts twice.
    function _requireQuorum(bytes32 digest, bytes[] calldata signatures) private view {
        if (signatures.length < quorum) revert NoQuorum(signatures.length, quorum);
        bytes32 signed = MessageHashUtils.toEthSignedMessageHash(digest);
        address last;
        for (uint256 i = 0; i < signatures.length; i++) {
            address signer = ECDSA.recover(signed, signatures[i]);
            if (signer <= last) revert SignerNotNext(signer);
            if (!isReporter[signer]) revert NotReporter(signer);
            last = signer;
        }
    }
}
