// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";

/// The way before signed reports (after the ideas of Chainlink's FluxAggregator, which no package holds): every node sends its own observation,
/// and once enough have come the contract takes their median, anew with each that follows.
contract SubmittedFeed is AggregatorV3Interface {
    error NotNode(address account);
    error WrongRound(uint32 round, uint32 openRound);
    error AlreadySubmitted(uint32 round);
    error InvalidQuorum(uint256 quorum, uint256 nodeCount);
    error UnknownRound(uint80 roundId);

    event Submitted(address indexed node, uint32 indexed round, int192 answer);
    event AnswerUpdated(uint32 indexed round, int192 answer, uint32 observedAt);

    /// One storage slot.
    struct Submission {
        int192 answer;
        uint32 round;
        bool isNode;
    }

    struct Round {
        int192 answer;
        uint32 id;
        uint32 updatedAt;
    }

    uint8 public immutable decimals;
    uint256 public immutable quorum;

    address[] private _nodes;
    mapping(address node => Submission) private _submissions;
    uint32 private _openRound;
    uint32 private _openedAt;
    uint32 private _count;
    Round private _latest;

    constructor(uint8 decimals_, address[] memory nodes_, uint256 quorum_) {
        if (quorum_ == 0 || quorum_ > nodes_.length) revert InvalidQuorum(quorum_, nodes_.length);
        decimals = decimals_;
        quorum = quorum_;
        _nodes = nodes_;
        for (uint256 i = 0; i < nodes_.length; i++) _submissions[nodes_[i]].isNode = true;
    }

    /// Answers the open round, or opens the next one: when the open one has its quorum, or did not get it within its second.
    function submit(uint32 round, int192 answer) external {
        Submission storage own = _submissions[msg.sender];
        if (!own.isNode) revert NotNode(msg.sender);
        bool isNext = round == _openRound + 1 && (_openRound == 0 || _count >= quorum || block.timestamp > _openedAt);
        if (round != _openRound && !isNext) revert WrongRound(round, _openRound);
        if (own.round == round) revert AlreadySubmitted(round);

        if (isNext) (_openRound, _openedAt, _count) = (round, uint32(block.timestamp), 0);
        own.answer = answer;
        own.round = round;
        _count++;
        emit Submitted(msg.sender, round, answer);
        if (_count < quorum) return;
        _latest = Round(_median(round), round, uint32(block.timestamp));
        emit AnswerUpdated(round, _latest.answer, _latest.updatedAt);
    }

    function openRound() external view returns (uint32) {
        return _openRound;
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (_latest.id, _latest.answer, _latest.updatedAt, _latest.updatedAt, _latest.id);
    }

    /// Only the last round is kept.
    function getRoundData(uint80 roundId) external view returns (uint80, int256, uint256, uint256, uint80) {
        if (roundId != _latest.id) revert UnknownRound(roundId);
        return (roundId, _latest.answer, _latest.updatedAt, _latest.updatedAt, roundId);
    }

    function description() external pure returns (string memory) {
        return "USD for one token";
    }

    function version() external pure returns (uint256) {
        return 1;
    }

    /// The upper middle of an even count.
    function _median(uint32 round) private view returns (int192) {
        int192[] memory sorted = new int192[](_count);
        uint256 filled;
        for (uint256 i = 0; i < _nodes.length; i++) {
            Submission memory one = _submissions[_nodes[i]];
            if (one.round != round) continue;
            uint256 place = filled++;
            for (; place > 0 && sorted[place - 1] > one.answer; place--) sorted[place] = sorted[place - 1];
            sorted[place] = one.answer;
        }
        return sorted[filled / 2];
    }
}
