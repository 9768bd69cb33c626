// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Dollar} from "../dollar/Dollar.sol";
import {IUniswapV2Pair, IUniswapV2Router} from "../pool/IUniswapV2.sol";
import {NetworkToken} from "../token/NetworkToken.sol";

/// Buys tokens in the pool with the fees that it holds, and burns them.
contract BurnEngine {
    error NothingToSpend();
    error BpsTooLarge(uint256 bps);

    event Executed(uint256 spentMicros, uint256 burnedWei);

    uint256 private constant BPS = 10_000;
    NetworkToken public immutable token;
    Dollar public immutable dollar;
    IUniswapV2Pair public immutable pair;
    IUniswapV2Router public immutable router;
    uint256 public immutable spendBpsMax;

    uint128 public spentMicros;
    uint128 public burnedWei;

    constructor(NetworkToken token_, Dollar dollar_, IUniswapV2Pair pair_, IUniswapV2Router router_, uint256 spendBpsMax_) {
        if (spendBpsMax_ > BPS) revert BpsTooLarge(spendBpsMax_);
        token = token_;
        dollar = dollar_;
        pair = pair_;
        router = router_;
        spendBpsMax = spendBpsMax_;
        dollar_.approve(address(router_), type(uint256).max);
    }

    function execute() external {
        uint256 spendMicros = spendableMicros();
        if (spendMicros == 0) revert NothingToSpend();

        address[] memory path = new address[](2);
        path[0] = address(dollar);
        path[1] = address(token);
        uint256 boughtWei = router.swapExactTokensForTokens(spendMicros, 1, path, address(this), block.timestamp)[1];
        spentMicros += uint128(spendMicros);
        burnedWei += uint128(boughtWei);
        token.burn(boughtWei);
        emit Executed(spendMicros, boughtWei);
    }

    /// The lesser of what the engine holds and its share of the pool's dollars, rounded down.
    function spendableMicros() public view returns (uint256) {
        (uint256 reserve0, uint256 reserve1,) = pair.getReserves();
        uint256 capMicros = ((pair.token0() == address(dollar) ? reserve0 : reserve1) * spendBpsMax) / BPS;
        uint256 heldMicros = dollar.balanceOf(address(this));
        return heldMicros < capMicros ? heldMicros : capMicros;
    }
}
