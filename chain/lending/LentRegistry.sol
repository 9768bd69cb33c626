// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ProviderRegistry} from "../registry/ProviderRegistry.sol";
import {NetworkToken} from "../token/NetworkToken.sol";
import {HardwareLender} from "./HardwareLender.sol";

/// A registry in which stakes are pledged: who owes the lender cannot leave, and who does not pay is put out and loses the stake.
contract LentRegistry is ProviderRegistry {
    using SafeERC20 for NetworkToken;

    error InDebt(address provider, uint256 principalMicros);
    error NotLender(address caller);

    event Evicted(address indexed provider, uint128 stakeWei);

    HardwareLender public immutable lender;

    constructor(NetworkToken token_, address oracle_, uint256 stakeWeiPerGpu_, uint256 unbondingSeconds_, HardwareLender lender_)
        ProviderRegistry(token_, oracle_, stakeWeiPerGpu_, unbondingSeconds_)
    {
        lender = lender_;
    }

    function requestExit() public virtual override {
        uint256 principalMicros = lender.principalOf(msg.sender);
        if (principalMicros > 0) revert InDebt(msg.sender, principalMicros);

        super.requestExit();
    }

    /// Gives the lender the stake.
    function evict(address account) external returns (uint128 stakeWei) {
        if (msg.sender != address(lender)) revert NotLender(msg.sender);

        Provider storage provider = _providers[account];
        stakeWei = provider.stakeWei;
        if (provider.status == Status.Active) activeGpus -= provider.gpuCount;
        _providers[account] = Provider({stakeWei: 0, gpuCount: 0, unbondsAt: 0, number: provider.number, status: Status.Absent});
        totalStakeWei -= stakeWei;
        token.safeTransfer(msg.sender, stakeWei);
        emit Evicted(account, stakeWei);
    }
}
