// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Dollar} from "../dollar/Dollar.sol";
import {IUniswapV2Pair, IUniswapV2Router} from "../pool/IUniswapV2.sol";
import {NetworkToken} from "../token/NetworkToken.sol";
import {OutsideVenue} from "../venue/OutsideVenue.sol";

/// Buys tokens in the pool with the dollars that it holds, and burns them or keeps a part for the treasury.
contract BurnEngine {
    error NothingToSpend();
    error BpsTooLarge(uint256 bps);

    event Executed(uint256 spentMicros, uint256 burnedWei, uint256 keptWei);

    uint256 internal constant BPS = 10_000;
    NetworkToken public immutable token;
    Dollar public immutable dollar;
    IUniswapV2Pair public immutable pair;
    IUniswapV2Router public immutable router;
    OutsideVenue public immutable venue;
    address public immutable treasury;
    uint256 public immutable spendBpsMax;
    uint256 public immutable premiumBpsMax;
    uint256 public immutable keepBps;

    uint128 public spentMicros;
    uint128 public burnedWei;

    constructor(
        NetworkToken token_,
        Dollar dollar_,
        IUniswapV2Pair pair_,
        IUniswapV2Router router_,
        OutsideVenue venue_,
        address treasury_,
        uint256 spendBpsMax_,
        uint256 premiumBpsMax_,
        uint256 keepBps_
    ) {
        if (spendBpsMax_ > BPS) revert BpsTooLarge(spendBpsMax_);
        if (keepBps_ > BPS) revert BpsTooLarge(keepBps_);
        token = token_;
        dollar = dollar_;
        pair = pair_;
        router = router_;
        venue = venue_;
        treasury = treasury_;
        spendBpsMax = spendBpsMax_;
        premiumBpsMax = premiumBpsMax_;
        keepBps = keepBps_;
        dollar_.approve(address(router_), type(uint256).max);
    }

    function execute() public virtual {
        uint256 spendMicros = spendableMicros();
        if (spendMicros == 0) revert NothingToSpend();

        address[] memory path = new address[](2);
        path[0] = address(dollar);
        path[1] = address(token);
        uint256 boughtWei = router.swapExactTokensForTokens(spendMicros, 1, path, address(this), block.timestamp)[1];
        // Rounded down, in favour of the burn.
        uint256 keptWei = (boughtWei * keepBps) / BPS;
        spentMicros += uint128(spendMicros);
        burnedWei += uint128(boughtWei - keptWei);
        token.burn(boughtWei - keptWei);
        if (keptWei > 0) token.transfer(treasury, keptWei);
        emit Executed(spendMicros, boughtWei - keptWei, keptWei);
    }

    /// The least of what the engine holds, its share of the pool's dollars, and what drives the pool's price to the highest that is allowed; each
    /// rounded down. That last one leaves the pool's fee out, so that the price after it is a little below.
    function spendableMicros() public view returns (uint256) {
        (uint256 reserve0, uint256 reserve1,) = pair.getReserves();
        bool dollarFirst = pair.token0() == address(dollar);
        uint256 dollarMicros = dollarFirst ? reserve0 : reserve1;
        uint256 capMicros = Math.min(dollar.balanceOf(address(this)), (dollarMicros * spendBpsMax) / BPS);
        if (premiumBpsMax == type(uint32).max) return capMicros;
        uint256 highestMicros = (venue.priceMicros() * (BPS + premiumBpsMax)) / BPS;
        uint256 targetMicros = Math.sqrt(Math.mulDiv(reserve0 * reserve1, highestMicros, 1 ether));
        return targetMicros > dollarMicros ? Math.min(capMicros, targetMicros - dollarMicros) : 0;
    }
}
