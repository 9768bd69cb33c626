// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IUniswapV2Pair} from "../pool/IUniswapV2.sol";
import {OutsideVenue} from "../venue/OutsideVenue.sol";

/// A dollar price of the token that no single trade can move: the outside market's (or that of a feed that is asked like it), or the pool's mean
/// over a window (as Uniswap's ExampleOracleSimple). Windows follow each other; one lasts until somebody asks after its end.
abstract contract ReferencePrice {
    struct Source {
        /// Zero: the pool's mean.
        OutsideVenue venue;
        IUniswapV2Pair pair;
        uint256 windowSeconds;
        /// Micro-dollars for one whole token, until the first window has passed.
        uint256 openingMicros;
    }

    OutsideVenue private immutable _venue;
    IUniswapV2Pair private immutable _pair;
    bool private immutable _tokenFirst;
    uint256 private immutable _windowSeconds;

    uint256 private _meanMicros;
    uint256 private _cumulative;
    uint256 private _since;

    constructor(Source memory source, address token_) {
        _venue = source.venue;
        _pair = source.pair;
        _tokenFirst = source.pair.token0() == token_;
        _windowSeconds = source.windowSeconds;
        _meanMicros = source.openingMicros;
        _cumulative = _cumulativeNow();
        _since = block.timestamp;
    }

    /// Micro-dollars for one whole token.
    function referenceMicros() public view returns (uint256) {
        return address(_venue) == address(0) ? _meanMicros : _venue.priceMicros();
    }

    /// Ends the window if it is over. The mean rounds down.
    function _observe() internal {
        uint256 elapsed = block.timestamp - _since;
        if (address(_venue) != address(0) || elapsed == 0 || elapsed < _windowSeconds) return;
        uint256 cumulative = _cumulativeNow();
        // The pair's sums wrap around.
        unchecked {
            _meanMicros = (((cumulative - _cumulative) / elapsed) * 1e18) >> 112;
        }
        _cumulative = cumulative;
        _since = block.timestamp;
    }

    /// Sum over the seconds so far of the price of a wei in micro-dollars, with 112 bits behind the point.
    function _cumulativeNow() private view returns (uint256) {
        (uint256 reserve0, uint256 reserve1, uint32 updatedAt) = _pair.getReserves();
        (uint256 reserveWei, uint256 reserveMicros) = _tokenFirst ? (reserve0, reserve1) : (reserve1, reserve0);
        unchecked {
            uint256 still = ((reserveMicros << 112) / reserveWei) * (block.timestamp - updatedAt);
            return (_tokenFirst ? _pair.price0CumulativeLast() : _pair.price1CumulativeLast()) + still;
        }
    }
}
