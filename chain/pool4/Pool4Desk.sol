// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IUnlockCallback} from "@uniswap/v4-core/src/interfaces/callback/IUnlockCallback.sol";
import {IHooks} from "@uniswap/v4-core/src/interfaces/IHooks.sol";
import {IPoolManager} from "@uniswap/v4-core/src/interfaces/IPoolManager.sol";
import {TickMath} from "@uniswap/v4-core/src/libraries/TickMath.sol";
import {BalanceDelta} from "@uniswap/v4-core/src/types/BalanceDelta.sol";
import {Currency} from "@uniswap/v4-core/src/types/Currency.sol";
import {PoolId} from "@uniswap/v4-core/src/types/PoolId.sol";
import {PoolKey} from "@uniswap/v4-core/src/types/PoolKey.sol";
import {ModifyLiquidityParams, SwapParams} from "@uniswap/v4-core/src/types/PoolOperation.sol";
import {LiquidityAmounts} from "@uniswap/v4-periphery/src/libraries/LiquidityAmounts.sol";

/// Trades in and positions of one Uniswap v4 pool of two ERC-20 coins. Each position has a salt of its own, so the pool keeps its fees apart.
contract Pool4Desk is IUnlockCallback {
    using SafeERC20 for IERC20;

    error NotManager(address caller);
    error NotOwner(uint256 positionId);
    error TooLittleReceived(uint256 amountOut, uint256 amountOutMin);
    error ZeroLiquidity();

    /// The account's gain of each coin; what it paid is negative.
    event Swapped(int256 amount0, int256 amount1);
    event Increased(uint256 indexed positionId, uint128 liquidity, uint256 amount0, uint256 amount1);
    event Decreased(uint256 indexed positionId, uint128 liquidity, uint256 amount0, uint256 amount1);
    /// Everything that was paid out: fees, and what was taken out of the liquidity.
    event Collected(uint256 indexed positionId, uint256 amount0, uint256 amount1);

    struct Position {
        address owner;
        int24 tickLower;
        int24 tickUpper;
    }

    /// The dynamic fee, which only a hook sets (v4-core LPFeeLibrary.DYNAMIC_FEE_FLAG).
    uint24 private constant DYNAMIC_FEE = 0x800000;
    bytes32 private constant POOLS_SLOT = bytes32(uint256(6));
    IPoolManager public immutable manager;
    IERC20 public immutable coin0;
    IERC20 public immutable coin1;
    int24 public immutable tickSpacing;
    IHooks public immutable hook;
    bytes32 public immutable poolId;

    uint256 public nextPositionId;
    mapping(uint256 positionId => Position) public positions;

    constructor(IPoolManager manager_, IERC20 coin0_, IERC20 coin1_, int24 tickSpacing_, IHooks hook_, uint256 firstPositionId_) {
        manager = manager_;
        coin0 = coin0_;
        coin1 = coin1_;
        tickSpacing = tickSpacing_;
        hook = hook_;
        nextPositionId = firstPositionId_;
        poolId = PoolId.unwrap(_key().toId());
    }

    function open(uint160 sqrtPriceX96) external {
        manager.initialize(_key(), sqrtPriceX96);
    }

    /// Sells up to `amountIn`; a price limit may leave a part unsold (0: goes as far as there is liquidity).
    function swap(bool zeroForOne, uint256 amountIn, uint256 amountOutMin, uint160 limitSqrtPriceX96) external {
        uint160 limit = limitSqrtPriceX96;
        if (limit == 0) limit = zeroForOne ? TickMath.MIN_SQRT_PRICE + 1 : TickMath.MAX_SQRT_PRICE - 1;
        bytes memory action = abi.encodeCall(manager.swap, (_key(), SwapParams(zeroForOne, -int256(amountIn), limit), ""));
        (BalanceDelta gain,) = _unlocked(action);
        uint256 amountOut = uint256(int256(zeroForOne ? gain.amount1() : gain.amount0()));
        if (amountOut < amountOutMin) revert TooLittleReceived(amountOut, amountOutMin);
        emit Swapped(gain.amount0(), gain.amount1());
    }

    function mint(int24 tickLower, int24 tickUpper, uint256 amount0, uint256 amount1) external {
        uint256 positionId = nextPositionId++;
        positions[positionId] = Position(msg.sender, tickLower, tickUpper);
        _increase(positionId, amount0, amount1);
    }

    function increase(uint256 positionId, uint256 amount0, uint256 amount1) external {
        _increase(positionId, amount0, amount1);
    }

    /// Takes liquidity out, and collects what was earned.
    function decrease(uint256 positionId, uint128 liquidity) external {
        if (liquidity == 0) revert ZeroLiquidity();
        _change(positionId, -int256(uint256(liquidity)));
    }

    function collect(uint256 positionId) external {
        _change(positionId, 0);
    }

    /// The manager's answer to itself being unlocked: does what was asked, pays what is owed and takes what was gained, for the account.
    function unlockCallback(bytes calldata data) external returns (bytes memory) {
        if (msg.sender != address(manager)) revert NotManager(msg.sender);
        (address account, bytes memory action) = abi.decode(data, (address, bytes));
        (bool isDone, bytes memory answer) = address(manager).call(action);
        if (!isDone) {
            assembly ("memory-safe") {
                revert(add(answer, 32), mload(answer))
            }
        }
        BalanceDelta gain = abi.decode(answer, (BalanceDelta));
        _settle(account, coin0, gain.amount0());
        _settle(account, coin1, gain.amount1());
        return answer;
    }

    function _increase(uint256 positionId, uint256 amount0, uint256 amount1) private {
        Position memory position = positions[positionId];
        uint160 sqrtPriceX96 = uint160(uint256(manager.extsload(keccak256(abi.encode(poolId, POOLS_SLOT)))));
        // Rounded DOWN: the amounts are the most that is paid.
        uint128 liquidity = LiquidityAmounts.getLiquidityForAmounts(
            sqrtPriceX96,
            TickMath.getSqrtPriceAtTick(position.tickLower),
            TickMath.getSqrtPriceAtTick(position.tickUpper),
            amount0,
            amount1
        );
        if (liquidity == 0) revert ZeroLiquidity();
        _change(positionId, int256(uint256(liquidity)));
    }

    function _change(uint256 positionId, int256 liquidityDelta) private {
        Position memory position = positions[positionId];
        if (position.owner != msg.sender) revert NotOwner(positionId);
        ModifyLiquidityParams memory params =
            ModifyLiquidityParams(position.tickLower, position.tickUpper, liquidityDelta, bytes32(positionId));
        (BalanceDelta gain, BalanceDelta fees) = _unlocked(abi.encodeCall(manager.modifyLiquidity, (_key(), params, "")));
        (int256 own0, int256 own1) = (int256(gain.amount0()) - fees.amount0(), int256(gain.amount1()) - fees.amount1());
        (uint256 out0, uint256 out1) = (uint256(int256(fees.amount0())), uint256(int256(fees.amount1())));
        if (liquidityDelta > 0) emit Increased(positionId, uint128(uint256(liquidityDelta)), uint256(-own0), uint256(-own1));
        if (liquidityDelta < 0) {
            emit Decreased(positionId, uint128(uint256(-liquidityDelta)), uint256(own0), uint256(own1));
            (out0, out1) = (out0 + uint256(own0), out1 + uint256(own1));
        }
        emit Collected(positionId, out0, out1);
    }

    function _unlocked(bytes memory action) private returns (BalanceDelta, BalanceDelta) {
        bytes memory answer = manager.unlock(abi.encode(msg.sender, action));
        // A swap answers with its gain alone.
        if (answer.length == 32) return (abi.decode(answer, (BalanceDelta)), BalanceDelta.wrap(0));
        return abi.decode(answer, (BalanceDelta, BalanceDelta));
    }

    function _settle(address account, IERC20 coin, int128 gain) private {
        if (gain > 0) manager.take(Currency.wrap(address(coin)), account, uint128(gain));
        if (gain >= 0) return;
        manager.sync(Currency.wrap(address(coin)));
        coin.safeTransferFrom(account, address(manager), uint128(-gain));
        manager.settle();
    }

    function _key() private view returns (PoolKey memory) {
        return PoolKey(Currency.wrap(address(coin0)), Currency.wrap(address(coin1)), DYNAMIC_FEE, tickSpacing, hook);
    }
}
