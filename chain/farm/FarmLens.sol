// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IUniswapV2Pair} from "../pool/IUniswapV2.sol";
import {IMasterChef, IStakingRewards} from "./IFarm.sol";

/// Reads all farms in one call.
contract FarmLens {
    struct Farm {
        address contractAt;
        bool isChef;
    }

    IUniswapV2Pair private immutable _pair;

    constructor(IUniswapV2Pair pair_) {
        _pair = pair_;
    }

    /**
     * For each farm: pool shares staked; reward wei a second (StakingRewards) or a block (MasterChef), 0 when it does not run;
     * then for each account: pool shares staked, and wei earned and not yet paid.
     */
    function read(Farm[] calldata farms, address[] calldata accounts) external view returns (uint256[] memory state) {
        state = new uint256[](farms.length * (2 + 2 * accounts.length));
        uint256 cursor;
        for (uint256 i = 0; i < farms.length; i++) {
            (state[cursor++], state[cursor++]) = farms[i].isChef ? _chef(IMasterChef(farms[i].contractAt)) : _rewards(IStakingRewards(farms[i].contractAt));
            for (uint256 j = 0; j < accounts.length; j++) {
                (state[cursor++], state[cursor++]) = _stake(farms[i], accounts[j]);
            }
        }
    }

    function _rewards(IStakingRewards farm) private view returns (uint256 stakedShares, uint256 weiPerSecond) {
        return (farm.totalSupply(), block.timestamp < farm.periodFinish() ? farm.rewardRate() : 0);
    }

    /// The rate is rounded down, as MasterChef does.
    function _chef(IMasterChef chef) private view returns (uint256 stakedShares, uint256 weiPerBlock) {
        stakedShares = _pair.balanceOf(address(chef));
        if (chef.poolLength() > 0) {
            (, uint256 allocPoint,,) = chef.poolInfo(0);
            weiPerBlock = (chef.sushiPerBlock() * allocPoint) / chef.totalAllocPoint();
        }
    }

    function _stake(Farm calldata farm, address account) private view returns (uint256 shares, uint256 earnedWei) {
        if (!farm.isChef) return (IStakingRewards(farm.contractAt).balanceOf(account), IStakingRewards(farm.contractAt).earned(account));
        IMasterChef chef = IMasterChef(farm.contractAt);
        if (chef.poolLength() > 0) {
            (shares,) = chef.userInfo(0, account);
            earnedWei = chef.pendingSushi(0, account);
        }
    }
}
