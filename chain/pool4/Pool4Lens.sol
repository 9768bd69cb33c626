// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IPoolManager} from "@uniswap/v4-core/src/interfaces/IPoolManager.sol";
import {Pool4Desk} from "./Pool4Desk.sol";
import {VolatilityFee} from "./VolatilityFee.sol";

/// Reads one Uniswap v4 pool and positions in it, in one call, from where the manager keeps them (v4-core StateLibrary).
contract Pool4Lens {
    uint256 private constant POOL_WORDS = 6;
    uint256 private constant POSITION_WORDS = 6;
    uint256 private constant Q128 = 1 << 128;
    bytes32 private constant POOLS_SLOT = bytes32(uint256(6));
    uint256 private constant GROWTH_0 = 1;
    uint256 private constant GROWTH_1 = 2;
    uint256 private constant LIQUIDITY = 3;
    uint256 private constant TICKS = 4;
    uint256 private constant POSITIONS = 6;

    Pool4Desk private immutable _desk;
    IPoolManager private immutable _manager;
    uint256 private immutable _pool;

    constructor(Pool4Desk desk) {
        _desk = desk;
        _manager = desk.manager();
        _pool = uint256(keccak256(abi.encode(desk.poolId(), POOLS_SLOT)));
    }

    /**
     * Layout of the answer, signed numbers in two's complement of 256 bits:
     *   square root of the price, tick, liquidity in range, the manager's balance of coin 0, of coin 1, and the fee of the next block's swaps;
     *   for each position: owner, lower and upper tick, liquidity, and what `collect` would pay now of coin 0 and of 1.
     */
    function read(uint256[] calldata positionIds) external view returns (uint256[] memory words) {
        words = new uint256[](POOL_WORDS + POSITION_WORDS * positionIds.length);
        uint256 slot0 = _load(_pool);
        int24 tick = int24(int256(slot0 >> 160));
        words[0] = uint160(slot0);
        words[1] = uint256(int256(tick));
        words[2] = _load(_pool + LIQUIDITY);
        words[3] = _desk.coin0().balanceOf(address(_manager));
        words[4] = _desk.coin1().balanceOf(address(_manager));
        words[5] = VolatilityFee(address(_desk.hook())).nextFeePips(_desk.poolId());
        for (uint256 i = 0; i < positionIds.length; i++) _readPosition(positionIds[i], tick, words, POOL_WORDS + POSITION_WORDS * i);
    }

    function _readPosition(uint256 positionId, int24 tick, uint256[] memory words, uint256 start) private view {
        (address owner, int24 tickLower, int24 tickUpper) = _desk.positions(positionId);
        bytes32 key = keccak256(abi.encodePacked(address(_desk), tickLower, tickUpper, bytes32(positionId)));
        uint256 position = uint256(keccak256(abi.encode(key, _pool + POSITIONS)));
        uint256 liquidity = uint128(_load(position));
        words[start] = uint160(owner);
        words[start + 1] = uint256(int256(tickLower));
        words[start + 2] = uint256(int256(tickUpper));
        words[start + 3] = liquidity;
        words[start + 4] = _owed(_growthInside(GROWTH_0, tick, tickLower, tickUpper), _load(position + 1), liquidity);
        words[start + 5] = _owed(_growthInside(GROWTH_1, tick, tickLower, tickUpper), _load(position + 2), liquidity);
    }

    /// Rounded DOWN, as the pool does; growth wraps around at 2^256.
    function _owed(uint256 insideX128, uint256 lastX128, uint256 liquidity) private pure returns (uint256) {
        unchecked {
            return Math.mulDiv(insideX128 - lastX128, liquidity, Q128);
        }
    }

    /// Fees that a unit of liquidity between two ticks has ever earned, times 2^128, modulo 2^256 (v4-core Pool.getFeeGrowthInside).
    function _growthInside(uint256 offset, int24 tick, int24 tickLower, int24 tickUpper) private view returns (uint256) {
        (uint256 lowerX128, uint256 upperX128) = (_growthOutside(offset, tickLower), _growthOutside(offset, tickUpper));
        unchecked {
            if (tick < tickLower) return lowerX128 - upperX128;
            if (tick >= tickUpper) return upperX128 - lowerX128;
            return _load(_pool + offset) - lowerX128 - upperX128;
        }
    }

    /// A tick holds its liquidity in the first slot, and then what was earned beyond it of coin 0 and of 1.
    function _growthOutside(uint256 offset, int24 tick) private view returns (uint256) {
        return _load(uint256(keccak256(abi.encode(int256(tick), _pool + TICKS))) + offset);
    }

    function _load(uint256 slot) private view returns (uint256) {
        return uint256(_manager.extsload(bytes32(slot)));
    }
}
