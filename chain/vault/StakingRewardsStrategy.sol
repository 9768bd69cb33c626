// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IStakingRewards} from "../farm/IFarm.sol";
import {IUniswapV2Pair, IUniswapV2Router} from "../pool/IUniswapV2.sol";
import {Strategy} from "./Strategy.sol";

/// Stakes in a farm of Synthetix's kind.
contract StakingRewardsStrategy is Strategy {
    IStakingRewards public immutable farm;

    constructor(address vault_, IERC20 token_, IERC20 dollar_, IUniswapV2Pair pair_, IUniswapV2Router router_, IStakingRewards farm_)
        Strategy(vault_, token_, dollar_, pair_, router_)
    {
        farm = farm_;
        IERC20(address(pair_)).approve(address(farm_), type(uint256).max);
    }

    function _claim() internal override {
        farm.getReward();
    }

    function _stake(uint256 shares) internal override {
        farm.stake(shares);
    }

    function _unstake(uint256 shares) internal override {
        farm.withdraw(shares);
    }

    function _staked() internal view override returns (uint256) {
        return farm.balanceOf(address(this));
    }
}
