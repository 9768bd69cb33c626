// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IExtsload} from "@uniswap/v4-core/src/interfaces/IExtsload.sol";
import {PoolKey} from "@uniswap/v4-core/src/types/PoolKey.sol";
import {PoolId} from "@uniswap/v4-core/src/types/PoolId.sol";
import {SwapParams} from "@uniswap/v4-core/src/types/PoolOperation.sol";

/// A Uniswap v4 hook that asks more while the price moves: all swaps of a block pay the base fee and so much for each tick by which blocks
/// lately moved the price (the root of the exponential mean of the squared moves). It serves one pool.
contract VolatilityFee {
    error NotManager(address caller);
    error FeesInvalid(uint24 feePips, uint24 feePipsMax);

    struct Memory {
        /// Of the block whose swaps last came here.
        uint40 timestamp;
        int24 tick;
        uint24 feePips;
        /// Mean squared move, ticks squared times 2^64.
        uint160 varianceX64;
    }

    /// Tells the pool manager that a returned fee is meant (v4-core LPFeeLibrary.OVERRIDE_FEE_FLAG).
    uint24 private constant OVERRIDE = 0x400000;
    /// Millionths above which v4 takes no fee.
    uint24 private constant FEE_MAX = 1_000_000;
    uint256 private constant MILLION = 1_000_000;
    /// Where the manager keeps its pools (v4-core StateLibrary.POOLS_SLOT).
    bytes32 private constant POOLS_SLOT = bytes32(uint256(6));
    IExtsload public immutable manager;
    uint24 public immutable feePips;
    uint24 public immutable feePipsMax;
    /// Added fee for each tick of the root mean square, thousandths of a millionth.
    uint256 public immutable milliPipsPerTick;
    /// What a block keeps of the mean before it, millionths.
    uint256 public immutable keepPpm;

    Memory public state;

    constructor(IExtsload manager_, uint24 feePips_, uint24 feePipsMax_, uint256 milliPipsPerTick_, uint256 keepPpm_) {
        if (feePips_ > feePipsMax_ || feePipsMax_ >= FEE_MAX) revert FeesInvalid(feePips_, feePipsMax_);
        manager = manager_;
        feePips = feePips_;
        feePipsMax = feePipsMax_;
        milliPipsPerTick = milliPipsPerTick_;
        keepPpm = keepPpm_;
        state.feePips = feePips_;
    }

    function beforeSwap(address, PoolKey calldata key, SwapParams calldata, bytes calldata) external returns (bytes4, int256, uint24) {
        if (msg.sender != address(manager)) revert NotManager(msg.sender);
        if (block.timestamp > state.timestamp) state = _next(PoolId.unwrap(key.toId()));
        return (this.beforeSwap.selector, 0, state.feePips | OVERRIDE);
    }

    /// What the swaps of the next block will pay.
    function nextFeePips(bytes32 poolId) external view returns (uint24) {
        return _next(poolId).feePips;
    }

    /// The pool stands where the blocks before have left it. Mean and fee round DOWN.
    function _next(bytes32 poolId) private view returns (Memory memory next) {
        Memory memory last = state;
        int24 tick = int24(int256(uint256(manager.extsload(keccak256(abi.encode(poolId, POOLS_SLOT)))) >> 160));
        int256 move = last.timestamp == 0 ? int256(0) : int256(tick) - last.tick;
        uint256 varianceX64 = (uint256(last.varianceX64) * keepPpm + ((uint256(move * move) << 64) * (MILLION - keepPpm))) / MILLION;
        uint256 addedPips = (Math.sqrt(varianceX64) * milliPipsPerTick) / 1000 >> 32;
        next.timestamp = uint40(block.timestamp);
        next.tick = tick;
        next.feePips = addedPips < feePipsMax - feePips ? feePips + uint24(addedPips) : feePipsMax;
        next.varianceX64 = uint160(varianceX64);
    }
}
