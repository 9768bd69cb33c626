// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Dollar} from "../dollar/Dollar.sol";
import {IUniswapV2Pair, IUniswapV2Router} from "../pool/IUniswapV2.sol";
import {TokenStaking} from "../staking/TokenStaking.sol";
import {NetworkToken} from "../token/NetworkToken.sol";
import {OutsideVenue} from "../venue/OutsideVenue.sol";
import {BurnEngine} from "./BurnEngine.sol";

/// Collects the tax of a taxed token and splits it; spends fees as the plain engine does.
contract TaxDesk is BurnEngine {
    using SafeERC20 for NetworkToken;

    event Split(uint256 burnedWei, uint256 treasuryWei, uint256 stakersWei);

    struct Shares {
        uint256 burnBps;
        uint256 treasuryBps;
        /// Gets the rest; where nobody can stake (zero), the treasury does.
        TokenStaking stakers;
    }

    uint256 public immutable burnBps;
    uint256 public immutable treasuryBps;
    TokenStaking public immutable stakers;

    constructor(
        NetworkToken token_,
        Dollar dollar_,
        IUniswapV2Pair pair_,
        IUniswapV2Router router_,
        OutsideVenue venue_,
        address treasury_,
        uint256 spendBpsMax_,
        uint256 premiumBpsMax_,
        Shares memory shares
    ) BurnEngine(token_, dollar_, pair_, router_, venue_, treasury_, spendBpsMax_, premiumBpsMax_, 0) {
        if (shares.burnBps + shares.treasuryBps > BPS) revert BpsTooLarge(shares.burnBps + shares.treasuryBps);
        burnBps = shares.burnBps;
        treasuryBps = shares.treasuryBps;
        stakers = shares.stakers;
    }

    function execute() public override {
        uint256 taxWei = token.balanceOf(address(this));
        if (taxWei > 0) _split(taxWei);
        if (taxWei == 0 || spendableMicros() > 0) super.execute();
    }

    /// The shares of burn and treasury round down.
    function _split(uint256 taxWei) private {
        uint256 burnWei = (taxWei * burnBps) / BPS;
        bool hasStakers = address(stakers) != address(0);
        uint256 treasuryWei = hasStakers ? (taxWei * treasuryBps) / BPS : taxWei - burnWei;
        uint256 stakersWei = taxWei - burnWei - treasuryWei;
        burnedWei += uint128(burnWei);
        token.burn(burnWei);
        token.safeTransfer(treasury, treasuryWei);
        if (stakersWei > 0) {
            token.forceApprove(address(stakers), stakersWei);
            stakers.give(stakersWei);
        }
        emit Split(burnWei, treasuryWei, stakersWei);
    }
}
