// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// The part of Synthetix's StakingRewards that our contracts call.
interface IStakingRewards {
    function stake(uint256 amount) external;
    function withdraw(uint256 amount) external;
    function getReward() external;
    function totalSupply() external view returns (uint256);
    function balanceOf(address account) external view returns (uint256);
    function earned(address account) external view returns (uint256);
    function rewardRate() external view returns (uint256);
    function periodFinish() external view returns (uint256);
}

/// The part of SushiSwap's MasterChef that our contracts call.
interface IMasterChef {
    function add(uint256 allocPoint, address lpToken, bool withUpdate) external;
    function set(uint256 pid, uint256 allocPoint, bool withUpdate) external;
    function deposit(uint256 pid, uint256 amount) external;
    function withdraw(uint256 pid, uint256 amount) external;
    function poolLength() external view returns (uint256);
    function poolInfo(uint256 pid)
        external
        view
        returns (address lpToken, uint256 allocPoint, uint256 lastRewardBlock, uint256 accSushiPerShare);
    function userInfo(uint256 pid, address user) external view returns (uint256 amount, uint256 rewardDebt);
    function pendingSushi(uint256 pid, address user) external view returns (uint256);
    function sushiPerBlock() external view returns (uint256);
    function totalAllocPoint() external view returns (uint256);
}
