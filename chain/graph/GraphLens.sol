// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// The parts of The Graph's contracts that are read.
interface IGraphStaking {
    function stakes(address indexer)
        external
        view
        returns (uint256 tokensStaked, uint256 tokensAllocated, uint256 tokensLocked, uint256 tokensLockedUntil);
    function delegationPools(address indexer)
        external
        view
        returns (uint256 cooldown, uint256 rewardCut, uint256 feeCut, uint256 updatedAtBlock, uint256 tokens, uint256 shares);
    function getDelegation(address indexer, address delegator)
        external
        view
        returns (uint256 shares, uint256 tokensLocked, uint256 tokensLockedUntil);
    function getSubgraphAllocatedTokens(bytes32 subgraph) external view returns (uint256);
}

interface IGraphCuration {
    function getCurationPoolTokens(bytes32 subgraph) external view returns (uint256);
}

interface IGraphEpochs {
    function currentEpoch() external view returns (uint256);
}

/// Reads The Graph's contracts in one call.
contract GraphLens {
    struct Pair {
        address indexer;
        address delegator;
    }

    IGraphStaking private immutable _staking;
    IGraphCuration private immutable _curation;
    IGraphEpochs private immutable _epochs;

    constructor(IGraphStaking staking_, IGraphCuration curation_, IGraphEpochs epochs_) {
        _staking = staking_;
        _curation = curation_;
        _epochs = epochs_;
    }

    /**
     * The epoch; then for each subgraph: signal and allocated tokens; then for each indexer: staked, allocated and thawing tokens, the block
     * at which those are thawed, its cut in millionths, delegated tokens and their shares; then for each pair: shares, thawing tokens, and the
     * epoch at which those are thawed.
     */
    function read(bytes32[] calldata subgraphs, address[] calldata indexers, Pair[] calldata pairs)
        external
        view
        returns (uint256[] memory state)
    {
        state = new uint256[](1 + 2 * subgraphs.length + 7 * indexers.length + 3 * pairs.length);
        state[0] = _epochs.currentEpoch();
        uint256 cursor = 1;
        for (uint256 i = 0; i < subgraphs.length; i++) {
            state[cursor++] = _curation.getCurationPoolTokens(subgraphs[i]);
            state[cursor++] = _staking.getSubgraphAllocatedTokens(subgraphs[i]);
        }
        for (uint256 i = 0; i < indexers.length; i++) {
            (state[cursor], state[cursor + 1], state[cursor + 2], state[cursor + 3]) = _staking.stakes(indexers[i]);
            (, state[cursor + 4],,, state[cursor + 5], state[cursor + 6]) = _staking.delegationPools(indexers[i]);
            cursor += 7;
        }
        for (uint256 i = 0; i < pairs.length; i++) {
            (state[cursor], state[cursor + 1], state[cursor + 2]) = _staking.getDelegation(pairs[i].indexer, pairs[i].delegator);
            cursor += 3;
        }
    }
}
