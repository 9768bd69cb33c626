// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Strategy} from "./Strategy.sol";
import {YieldVault} from "./YieldVault.sol";

/// Reads a vault in one call.
contract VaultLens {
    YieldVault private immutable _vault;

    constructor(YieldVault vault_) {
        _vault = vault_;
    }

    /**
     * Assets (pool shares), supply (vault shares), locked profit (pool shares), idle (pool shares);
     * then for each strategy: its debt and what it holds, both in pool shares; then for each account: vault shares, and
     * the pool shares that they would be redeemed for.
     */
    function read(Strategy[] calldata strategies, address[] calldata accounts) external view returns (uint256[] memory state) {
        state = new uint256[](4 + 2 * strategies.length + 2 * accounts.length);
        state[0] = _vault.totalAssets();
        state[1] = _vault.totalSupply();
        state[2] = _vault.lockedProfit();
        state[3] = _vault.idle();
        uint256 cursor = 4;
        for (uint256 i = 0; i < strategies.length; i++) {
            state[cursor++] = _vault.debtOf(strategies[i]);
            state[cursor++] = strategies[i].totalShares();
        }
        for (uint256 i = 0; i < accounts.length; i++) {
            uint256 shares = _vault.balanceOf(accounts[i]);
            state[cursor++] = shares;
            state[cursor++] = _vault.convertToAssets(shares);
        }
    }
}
