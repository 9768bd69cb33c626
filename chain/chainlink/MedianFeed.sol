// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";
import {OCR2Base} from "@chainlink/contracts/src/v0.8/shared/ocr2/OCR2Base.sol";

/// A thin price feed on Chainlink's OCR2Base: one transaction brings the observations of all nodes, signed by (n + f) / 2 + 1 of them, and the
/// median stands. As in OCR2Aggregator the observations come sorted, and of an even count the upper middle one counts.
contract MedianFeed is OCR2Base, AggregatorV3Interface {
    error StaleReport(uint40 epochAndRound, uint40 latest);
    error TooFewObservations(uint256 count, uint256 countMin);
    error NotSorted(uint256 place);
    error UnknownRound(uint80 roundId);

    event NewTransmission(uint80 indexed roundId, int192 answer, address transmitter, uint32 observedAt, bytes32 observers);

    struct Round {
        int192 answer;
        uint32 observedAt;
        uint32 transmittedAt;
    }

    uint8 public immutable decimals;

    uint80 private _latestRoundId;
    uint40 private _latestEpochAndRound;
    Round private _latest;

    constructor(uint8 decimals_) OCR2Base(true) {
        decimals = decimals_;
    }

    /// A report is abi.encode(uint32 observedAt, bytes32 observers, int192[] observations); each byte of `observers` is a node's place.
    function _report(uint256, address transmitter, uint8, address[MAX_NUM_ORACLES] memory, bytes calldata report) internal override {
        (uint32 observedAt, bytes32 observers, int192[] memory observations) = abi.decode(report, (uint32, bytes32, int192[]));
        uint256 countMin = 2 * uint256(s_configInfo.f) + 1;
        if (observations.length < countMin) revert TooFewObservations(observations.length, countMin);
        for (uint256 i = 1; i < observations.length; i++) if (observations[i] < observations[i - 1]) revert NotSorted(i);

        // The upper middle of an even count.
        int192 answer = observations[observations.length / 2];
        _latest = Round(answer, observedAt, uint32(block.timestamp));
        _latestRoundId++;
        emit NewTransmission(_latestRoundId, answer, transmitter, observedAt, observers);
    }

    /// Who replays a report, or comes too late, is refused.
    function _validateReport(bytes32, uint40 epochAndRound, bytes memory) internal override returns (bool) {
        if (epochAndRound <= _latestEpochAndRound) revert StaleReport(epochAndRound, _latestEpochAndRound);
        _latestEpochAndRound = epochAndRound;
        return true;
    }

    function _beforeSetConfig(uint8, bytes memory) internal override {}

    function _afterSetConfig(uint8, bytes memory) internal override {}

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (_latestRoundId, _latest.answer, _latest.observedAt, _latest.transmittedAt, _latestRoundId);
    }

    /// Only the last round is kept.
    function getRoundData(uint80 roundId) external view returns (uint80, int256, uint256, uint256, uint80) {
        if (roundId != _latestRoundId) revert UnknownRound(roundId);
        return (roundId, _latest.answer, _latest.observedAt, _latest.transmittedAt, roundId);
    }

    function description() external pure returns (string memory) {
        return "USD for one token";
    }

    function version() external pure returns (uint256) {
        return 1;
    }

    function typeAndVersion() external pure override returns (string memory) {
        return "MedianFeed 1.0.0";
    }
}
