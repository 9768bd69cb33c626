// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {CourtRegistry} from "../registry/CourtRegistry.sol";
import {ProviderRegistry} from "../registry/ProviderRegistry.sol";

/**
 * Random checks of work. A provider commits to the results of an epoch's chunks by a Merkle root; then a beacon draws which providers are
 * visited, by which checker, and which of their chunks. The checker does these again, and shows the opening of one whose result is another.
 */
contract SpotChecks {
    error NotRegistered(address account);
    error EpochClosed(uint32 epoch, uint32 nextEpoch);
    error TooEarly(uint32 epoch);
    error NotOperator(address caller);
    error NotDrawn(address checker, address provider, uint256 chunk);
    error NotChecker(address caller);
    error NotCommitted(address provider, uint32 epoch);
    error AlreadyConvicted(address provider, uint32 epoch);
    error WrongOpening(address provider, uint256 chunk);
    error SameResult(uint256 result);
    error SameProvider(address provider);
    error InvalidTerms();

    event Committed(address indexed provider, uint32 epoch, bytes32 root);
    event BeaconPosted(uint32 epoch, bytes32 beacon);
    event Convicted(address indexed provider, address indexed checker, uint32 epoch, uint256 chunk, bool isCopy);

    struct Terms {
        address operator;
        address[] checkers;
        uint256 startSeconds;
        uint256 epochSeconds;
        uint256 chunkCount;
        /// Chances in 2^-32: that a provider is visited in an epoch, and that a chunk of a visited one is checked.
        uint256 visitChance;
        uint256 chunkChance;
        uint256 slashBps;
    }

    /// The epochs are one more than the epoch they stand for; 0 before the first.
    struct Commitment {
        bytes32 root;
        uint32 epochEnd;
        uint32 convictedEnd;
    }

    uint256 private constant CERTAIN = 2 ** 32;
    uint256 private constant CHANCES_PER_WORD = 8;
    CourtRegistry public immutable registry;
    address public immutable operator;
    uint256 public immutable startSeconds;
    uint256 public immutable epochSeconds;
    uint256 public immutable chunkCount;
    uint256 public immutable visitChance;
    uint256 public immutable chunkChance;
    uint256 public immutable slashBps;

    /// The last beacon, and the epoch after the one that it is for.
    bytes32 public beacon;
    uint32 public nextEpoch;
    address[] private _checkers;
    mapping(address account => bool) public isChecker;
    mapping(address provider => Commitment) public commitments;

    constructor(CourtRegistry registry_, Terms memory terms) {
        if (terms.checkers.length == 0 || terms.chunkCount == 0 || terms.epochSeconds == 0) revert InvalidTerms();
        if (terms.visitChance > CERTAIN || terms.chunkChance > CERTAIN) revert InvalidTerms();
        registry = registry_;
        operator = terms.operator;
        startSeconds = terms.startSeconds;
        epochSeconds = terms.epochSeconds;
        chunkCount = terms.chunkCount;
        visitChance = terms.visitChance;
        chunkChance = terms.chunkChance;
        slashBps = terms.slashBps;
        _checkers = terms.checkers;
        for (uint256 i = 0; i < terms.checkers.length; i++) isChecker[terms.checkers[i]] = true;
    }

    /// After the epoch, so that nobody writes over a commitment that is still to be checked, and before its beacon.
    function commit(uint32 epoch, bytes32 root) external {
        if (registry.statusOf(msg.sender) == ProviderRegistry.Status.Absent) revert NotRegistered(msg.sender);
        _requireOpen(epoch);

        Commitment storage own = commitments[msg.sender];
        own.root = root;
        own.epochEnd = epoch + 1;
        emit Committed(msg.sender, epoch, root);
    }

    /// Closes the epoch's commitments. Stands for a verifiable random function or a public beacon.
    function postBeacon(uint32 epoch, bytes32 beacon_) external {
        if (msg.sender != operator) revert NotOperator(msg.sender);
        _requireOpen(epoch);

        beacon = beacon_;
        nextEpoch = epoch + 1;
        emit BeaconPosted(epoch, beacon_);
    }

    /// By the checker drawn for the provider: what it committed to for a drawn chunk, and the result that the checker has got.
    function accuse(address provider, uint256 chunk, uint256 result, bytes32[] calldata proof, uint256 resultAgain) external {
        (bool isVisited, address checker) = visitOf(provider);
        if (!isVisited || checker != msg.sender || chunk >= chunkCount || !isDrawn(provider, chunk)) {
            revert NotDrawn(msg.sender, provider, chunk);
        }
        _requireOpening(provider, chunk, result, proof);
        if (result == resultAgain) revert SameResult(result);

        _convict(provider, chunk, false);
    }

    /// By any checker: two providers with one result. Each result is salted with its provider, so one has it from the other; both are slashed.
    function accuseOfCopy(
        address first,
        address second,
        uint256 chunk,
        uint256 result,
        bytes32[] calldata firstProof,
        bytes32[] calldata secondProof
    ) external {
        if (!isChecker[msg.sender]) revert NotChecker(msg.sender);
        if (first == second) revert SameProvider(first);
        _requireOpening(first, chunk, result, firstProof);
        _requireOpening(second, chunk, result, secondProof);

        _convict(first, chunk, true);
        _convict(second, chunk, true);
    }

    /// Whether the last beacon has a provider visited, and by whom.
    function visitOf(address provider) public view returns (bool isVisited, address checker) {
        uint256 draw = uint256(keccak256(abi.encode(beacon, provider)));
        return (uint32(draw) < visitChance, _checkers[uint32(draw >> 32) % _checkers.length]);
    }

    /// Whether the last beacon has a chunk of a provider checked, if it is visited.
    function isDrawn(address provider, uint256 chunk) public view returns (bool) {
        uint256 draw = uint256(keccak256(abi.encode(beacon, provider, chunk / CHANCES_PER_WORD)));
        return uint32(draw >> (32 * (chunk % CHANCES_PER_WORD))) < chunkChance;
    }

    /// Whether an epoch's work counts: committed to in time, and not found wrong.
    function isAccepted(uint32 epoch, address provider) external view returns (bool) {
        Commitment storage one = commitments[provider];
        return one.epochEnd == epoch + 1 && nextEpoch == epoch + 1 && one.convictedEnd != epoch + 1;
    }

    function _requireOpen(uint32 epoch) private view {
        if (epoch < nextEpoch) revert EpochClosed(epoch, nextEpoch);
        if (block.timestamp < startSeconds + (uint256(epoch) + 1) * epochSeconds) revert TooEarly(epoch);
    }

    function _requireOpening(address provider, uint256 chunk, uint256 result, bytes32[] calldata proof) private view {
        Commitment storage one = commitments[provider];
        if (nextEpoch == 0 || one.epochEnd != nextEpoch) revert NotCommitted(provider, nextEpoch);
        if (one.convictedEnd == nextEpoch) revert AlreadyConvicted(provider, nextEpoch - 1);
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(chunk, result))));
        if (!MerkleProof.verifyCalldata(proof, one.root, leaf)) revert WrongOpening(provider, chunk);
    }

    function _convict(address provider, uint256 chunk, bool isCopy) private {
        commitments[provider].convictedEnd = nextEpoch;
        emit Convicted(provider, msg.sender, nextEpoch - 1, chunk, isCopy);
        registry.slashFor(provider, slashBps, msg.sender);
    }
}
