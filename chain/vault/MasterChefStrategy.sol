// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IMasterChef} from "../farm/IFarm.sol";
import {IUniswapV2Pair, IUniswapV2Router} from "../pool/IUniswapV2.sol";
import {Strategy} from "./Strategy.sol";

/// Stakes in the first pool of a MasterChef, which pays what was earned with every deposit and withdrawal.
contract MasterChefStrategy is Strategy {
    IMasterChef public immutable farm;

    constructor(address vault_, IERC20 token_, IERC20 dollar_, IUniswapV2Pair pair_, IUniswapV2Router router_, IMasterChef farm_)
        Strategy(vault_, token_, dollar_, pair_, router_)
    {
        farm = farm_;
        IERC20(address(pair_)).approve(address(farm_), type(uint256).max);
    }

    function _claim() internal override {
        farm.deposit(0, 0);
    }

    function _stake(uint256 shares) internal override {
        farm.deposit(0, shares);
    }

    function _unstake(uint256 shares) internal override {
        farm.withdraw(0, shares);
    }

    function _staked() internal view override returns (uint256 shares) {
        (shares,) = farm.userInfo(0, address(this));
    }
}
