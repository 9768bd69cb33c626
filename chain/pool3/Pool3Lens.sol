// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {INonfungiblePositionManager, IUniswapV3Pool} from "./IUniswapV3.sol";

/// Reads Uniswap v3 pools of one pair of coins, and positions in them, in one call.
contract Pool3Lens {
    struct Position {
        uint24 fee;
        int24 tickLower;
        int24 tickUpper;
        uint128 liquidity;
        uint256 growth0X128;
        uint256 growth1X128;
        uint128 owed0;
        uint128 owed1;
    }

    error UnknownPool(uint24 fee);

    uint256 private constant POOL_WORDS = 6;
    uint256 private constant POSITION_WORDS = 6;
    uint256 private constant Q128 = 1 << 128;
    INonfungiblePositionManager private immutable _manager;

    constructor(INonfungiblePositionManager manager) {
        _manager = manager;
    }

    /**
     * Layout of the answer, signed numbers in two's complement of 256 bits:
     *   for each pool: square root of the price, tick, liquidity in range, balance of coin 0, of coin 1, and mean tick of the last
     *     `windowsSeconds`, or of as many as the pool remembers (rounded DOWN to the lower tick);
     *   for each position: owner, lower and upper tick, liquidity, and what `collect` would pay now of coin 0 and of 1.
     */
    function read(IUniswapV3Pool[] calldata pools, uint32[] calldata windowsSeconds, uint256[] calldata positionIds)
        external
        view
        returns (uint256[] memory words)
    {
        words = new uint256[](POOL_WORDS * pools.length + POSITION_WORDS * positionIds.length);
        uint24[] memory fees = new uint24[](pools.length);
        for (uint256 i = 0; i < pools.length; i++) {
            fees[i] = pools[i].fee();
            _readPool(pools[i], windowsSeconds[i], words, POOL_WORDS * i);
        }
        uint256 cursor = POOL_WORDS * pools.length;
        for (uint256 i = 0; i < positionIds.length; i++) {
            Position memory position = _positionOf(positionIds[i]);
            words[cursor] = uint160(_manager.ownerOf(positionIds[i]));
            _readPosition(_poolOf(position.fee, fees, pools), position, words, cursor + 1);
            cursor += POSITION_WORDS;
        }
    }

    function _readPool(IUniswapV3Pool pool, uint32 windowSeconds, uint256[] memory words, uint256 start) private view {
        (uint160 sqrtPriceX96, int24 tick, uint16 index, uint16 cardinality,,,) = pool.slot0();
        words[start] = sqrtPriceX96;
        words[start + 1] = uint256(int256(tick));
        words[start + 2] = pool.liquidity();
        words[start + 3] = IERC20(pool.token0()).balanceOf(address(pool));
        words[start + 4] = IERC20(pool.token1()).balanceOf(address(pool));
        words[start + 5] = uint256(int256(_meanTick(pool, tick, _ageSeconds(pool, index, cardinality), windowSeconds)));
    }

    /// How far back the pool's observations reach.
    function _ageSeconds(IUniswapV3Pool pool, uint16 index, uint16 cardinality) private view returns (uint32) {
        (uint32 oldest,,, bool initialized) = pool.observations((uint256(index) + 1) % cardinality);
        if (!initialized) (oldest,,,) = pool.observations(0);
        // The pool counts time modulo 2^32 too.
        unchecked {
            return uint32(block.timestamp) - oldest;
        }
    }

    function _meanTick(IUniswapV3Pool pool, int24 tick, uint32 ageSeconds, uint32 windowSeconds) private view returns (int24) {
        uint32[] memory secondsAgos = new uint32[](2);
        secondsAgos[0] = ageSeconds < windowSeconds ? ageSeconds : windowSeconds;
        if (secondsAgos[0] == 0) return tick;
        (int56[] memory cumulatives,) = pool.observe(secondsAgos);
        int56 sum = cumulatives[1] - cumulatives[0];
        int56 span = int56(uint56(secondsAgos[0]));
        // Solidity rounds towards zero, a tick is the lower end of its prices.
        return int24(sum / span - (sum < 0 && sum % span != 0 ? int56(1) : int56(0)));
    }

    function _positionOf(uint256 positionId) private view returns (Position memory position) {
        (
            ,,,,
            position.fee,
            position.tickLower,
            position.tickUpper,
            position.liquidity,
            position.growth0X128,
            position.growth1X128,
            position.owed0,
            position.owed1
        ) = _manager.positions(positionId);
    }

    function _poolOf(uint24 fee, uint24[] memory fees, IUniswapV3Pool[] calldata pools) private pure returns (IUniswapV3Pool) {
        for (uint256 i = 0; i < fees.length; i++) if (fees[i] == fee) return pools[i];
        revert UnknownPool(fee);
    }

    function _readPosition(IUniswapV3Pool pool, Position memory position, uint256[] memory words, uint256 start) private view {
        (uint128 owed0, uint128 owed1) = _payable(pool, position);
        words[start] = uint256(int256(position.tickLower));
        words[start + 1] = uint256(int256(position.tickUpper));
        words[start + 2] = position.liquidity;
        words[start + 3] = owed0;
        words[start + 4] = owed1;
    }

    /**
     * What the manager would ask the pool for, and at most what the pool owes: it keeps one account for all tokens of the same range,
     * and has rounded DOWN at each one's visit, so the last to collect may get some units less than the manager thinks.
     */
    function _payable(IUniswapV3Pool pool, Position memory position) private view returns (uint128 owed0, uint128 owed1) {
        Position memory shared;
        bytes32 key = keccak256(abi.encodePacked(address(_manager), position.tickLower, position.tickUpper));
        (shared.liquidity, shared.growth0X128, shared.growth1X128, shared.owed0, shared.owed1) = pool.positions(key);
        // The manager visits the pool first where there is liquidity to earn fees with.
        if (position.liquidity > 0) {
            (uint256 inside0X128, uint256 inside1X128) = _growthInside(pool, position.tickLower, position.tickUpper);
            _earn(position, inside0X128, inside1X128);
            _earn(shared, inside0X128, inside1X128);
        }
        owed0 = position.owed0 < shared.owed0 ? position.owed0 : shared.owed0;
        owed1 = position.owed1 < shared.owed1 ? position.owed1 : shared.owed1;
    }

    /// Adds the fees since the last visit, rounded DOWN; growth wraps around at 2^256 and debts at 2^128, as in the pool.
    function _earn(Position memory position, uint256 inside0X128, uint256 inside1X128) private pure {
        unchecked {
            position.owed0 += uint128(Math.mulDiv(inside0X128 - position.growth0X128, position.liquidity, Q128));
            position.owed1 += uint128(Math.mulDiv(inside1X128 - position.growth1X128, position.liquidity, Q128));
        }
    }

    /// Fees that a unit of liquidity between two ticks has ever earned, times 2^128, modulo 2^256 (v3-core Tick.getFeeGrowthInside).
    function _growthInside(IUniswapV3Pool pool, int24 tickLower, int24 tickUpper)
        private
        view
        returns (uint256 inside0X128, uint256 inside1X128)
    {
        (, int24 tick,,,,,) = pool.slot0();
        (,, uint256 lower0X128, uint256 lower1X128,,,,) = pool.ticks(tickLower);
        (,, uint256 upper0X128, uint256 upper1X128,,,,) = pool.ticks(tickUpper);
        unchecked {
            if (tick < tickLower) return (lower0X128 - upper0X128, lower1X128 - upper1X128);
            if (tick >= tickUpper) return (upper0X128 - lower0X128, upper1X128 - lower1X128);
            inside0X128 = pool.feeGrowthGlobal0X128() - lower0X128 - upper0X128;
            inside1X128 = pool.feeGrowthGlobal1X128() - lower1X128 - upper1X128;
        }
    }
}
