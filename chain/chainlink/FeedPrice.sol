// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// The dollar price of the token as a feed gives it, for contracts that ask as they ask the outside venue. An answer that is too old is none: who
/// asks then is refused, or told 0, at which burning waits.
contract FeedPrice {
    error NotOperator(address caller);
    error AlreadyConnected();
    error StalePrice(uint256 updatedAt, uint256 maxAgeSeconds);

    event Connected(address indexed feed);

    address public immutable operator;
    uint256 public immutable maxAgeSeconds;
    bool public immutable pauses;

    AggregatorV3Interface public feed;
    uint8 private _decimals;

    constructor(address operator_, uint256 maxAgeSeconds_, bool pauses_) {
        operator = operator_;
        maxAgeSeconds = maxAgeSeconds_;
        pauses = pauses_;
    }

    /// Once: the feed is made after the contracts that ask for its price.
    function connect(AggregatorV3Interface feed_) external {
        if (msg.sender != operator) revert NotOperator(msg.sender);
        if (address(feed) != address(0)) revert AlreadyConnected();

        feed = feed_;
        _decimals = feed_.decimals();
        emit Connected(address(feed_));
    }

    /// Micro-dollars for one whole token, rounded down.
    function priceMicros() external view returns (uint256) {
        (, int256 answer,, uint256 updatedAt,) = feed.latestRoundData();
        if (answer > 0 && block.timestamp <= updatedAt + maxAgeSeconds) return Math.mulDiv(uint256(answer), 1e6, 10 ** _decimals);
        if (pauses) return 0;
        revert StalePrice(updatedAt, maxAgeSeconds);
    }
}
