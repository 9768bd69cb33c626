// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IUniswapV3Callbacks, IUniswapV3Pool} from "./IUniswapV3.sol";

/// Trades with Uniswap v3 pools out of its own balances, amounts in or out, up to any limit: the published router refuses an exact amount out
/// that is filled in part. A pool takes its payment by calling back, which an account without code cannot answer.
contract SwapCaller is IUniswapV3Callbacks {
    using SafeERC20 for IERC20;

    error NotPool(address caller);

    /// The pool that is being called, and may therefore take payment.
    IUniswapV3Pool private _pool;

    function mint(IUniswapV3Pool pool, int24 tickLower, int24 tickUpper, uint128 liquidity) external {
        _pool = pool;
        pool.mint(address(this), tickLower, tickUpper, liquidity, "");
        delete _pool;
    }

    function swap(IUniswapV3Pool pool, bool zeroForOne, int256 amountSpecified, uint160 sqrtPriceLimitX96) external {
        _pool = pool;
        pool.swap(address(this), zeroForOne, amountSpecified, sqrtPriceLimitX96, "");
        delete _pool;
    }

    function uniswapV3MintCallback(uint256 amount0Owed, uint256 amount1Owed, bytes calldata) external {
        _pay(amount0Owed, amount1Owed);
    }

    function uniswapV3SwapCallback(int256 amount0Delta, int256 amount1Delta, bytes calldata) external {
        _pay(amount0Delta > 0 ? uint256(amount0Delta) : 0, amount1Delta > 0 ? uint256(amount1Delta) : 0);
    }

    function _pay(uint256 amount0, uint256 amount1) private {
        if (msg.sender != address(_pool)) revert NotPool(msg.sender);
        if (amount0 > 0) IERC20(_pool.token0()).safeTransfer(msg.sender, amount0);
        if (amount1 > 0) IERC20(_pool.token1()).safeTransfer(msg.sender, amount1);
    }
}
