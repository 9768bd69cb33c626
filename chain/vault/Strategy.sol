// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IUniswapV2Pair, IUniswapV2Router} from "../pool/IUniswapV2.sol";

/**
 * Puts a vault's pool shares to work in one farm. A harvest turns the farm's reward into more pool shares: it sells a part of the tokens for
 * dollars in the pool and adds both as liquidity.
 */
abstract contract Strategy {
    using SafeERC20 for IERC20;

    error NotVault(address caller);

    address public immutable vault;
    IERC20 public immutable token;
    IERC20 public immutable dollar;
    /// The pair is the pool share's ERC-20 too.
    IUniswapV2Pair public immutable pair;
    IUniswapV2Router public immutable router;

    constructor(address vault_, IERC20 token_, IERC20 dollar_, IUniswapV2Pair pair_, IUniswapV2Router router_) {
        vault = vault_;
        token = token_;
        dollar = dollar_;
        pair = pair_;
        router = router_;
        token_.approve(address(router_), type(uint256).max);
        dollar_.approve(address(router_), type(uint256).max);
    }

    modifier onlyVault() {
        if (msg.sender != vault) revert NotVault(msg.sender);
        _;
    }

    /// Stakes all shares that it holds.
    function invest() external onlyVault {
        _stakeAll();
    }

    /// Hands back that many shares.
    function divest(uint256 shares) external onlyVault {
        _unstake(shares);
        IERC20(address(pair)).safeTransfer(vault, shares);
    }

    /// Claims, converts and stakes. What does not fit the pool's ratio waits here for the next harvest.
    function harvest() external onlyVault {
        _claim();
        uint256 soldWei = _sellable(token.balanceOf(address(this)));
        if (soldWei > 0 && _quote(soldWei) > 0) {
            address[] memory path = new address[](2);
            path[0] = address(token);
            path[1] = address(dollar);
            router.swapExactTokensForTokens(soldWei, 1, path, address(this), block.timestamp);
        }
        (uint256 tokenWei, uint256 dollarMicros) = (token.balanceOf(address(this)), dollar.balanceOf(address(this)));
        if (_mintable(tokenWei, dollarMicros) > 0) {
            router.addLiquidity(address(token), address(dollar), tokenWei, dollarMicros, 0, 0, address(this), block.timestamp);
        }
        _stakeAll();
    }

    /// Pool shares, staked and in hand; rewards count when they have become shares.
    function totalShares() external view returns (uint256) {
        return _staked() + pair.balanceOf(address(this));
    }

    function _claim() internal virtual;

    function _stake(uint256 shares) internal virtual;

    function _unstake(uint256 shares) internal virtual;

    function _staked() internal view virtual returns (uint256);

    function _stakeAll() private {
        uint256 shares = pair.balanceOf(address(this));
        if (shares > 0) _stake(shares);
    }

    function _reserves() private view returns (uint256 tokenWei, uint256 dollarMicros) {
        (uint256 reserve0, uint256 reserve1,) = pair.getReserves();
        return pair.token0() == address(token) ? (reserve0, reserve1) : (reserve1, reserve0);
    }

    /**
     * The part of `tokenWei` to sell so that the rest and the proceeds have the pool's ratio after the sale: with fee 0.3 % and token reserve r,
     * the root of 0.997 s^2 + 1.997 r s = r tokenWei. Both divisions round down.
     */
    function _sellable(uint256 tokenWei) private view returns (uint256) {
        (uint256 reserveWei,) = _reserves();
        return (Math.sqrt(reserveWei * (reserveWei * 3988009 + tokenWei * 3988000)) - reserveWei * 1997) / 1994;
    }

    /// What the pool pays for tokens, rounded down as the pair does: it refuses a sale that pays nothing.
    function _quote(uint256 soldWei) private view returns (uint256) {
        (uint256 reserveWei, uint256 reserveMicros) = _reserves();
        return (soldWei * 997 * reserveMicros) / (reserveWei * 1000 + soldWei * 997);
    }

    /// Shares that the pair would mint, rounded down: it refuses a deposit that is worth none.
    function _mintable(uint256 tokenWei, uint256 dollarMicros) private view returns (uint256) {
        (uint256 reserveWei, uint256 reserveMicros) = _reserves();
        uint256 fittingMicros = Math.min(dollarMicros, (tokenWei * reserveMicros) / reserveWei);
        uint256 fittingWei = Math.min(tokenWei, (dollarMicros * reserveWei) / reserveMicros);
        uint256 supply = pair.totalSupply();
        return Math.min((fittingWei * supply) / reserveWei, (fittingMicros * supply) / reserveMicros);
    }
}
