// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// Whoever holds the stake that an emission model looks at: the provider registry, or a staking contract in its place.
interface IBonding {
    function totalStakeWei() external view returns (uint256);
}
