// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ProviderRegistry} from "../registry/ProviderRegistry.sol";
import {NetworkToken} from "../token/NetworkToken.sol";

/// A registry with a warden beside the oracle, who slashes providers for their uptime and may put them out.
contract WardedRegistry is ProviderRegistry {
    error NotOperator(address caller);
    error HasWarden();
    error NotWarden(address caller);

    uint256 private constant BPS = 10_000;
    address public immutable operator;
    address public warden;

    constructor(NetworkToken token_, address oracle_, uint256 stakeWeiPerGpu_, uint256 unbondingSeconds_, address operator_)
        ProviderRegistry(token_, oracle_, stakeWeiPerGpu_, unbondingSeconds_)
    {
        operator = operator_;
    }

    /// Once: the warden knows the registry, and is made after it.
    function appoint(address warden_) external {
        if (msg.sender != operator) revert NotOperator(msg.sender);
        if (warden != address(0)) revert HasWarden();

        warden = warden_;
    }

    /// Burns a share of the stake, rounded down; an active provider that is put out begins to unbond.
    function penalise(address account, uint256 bps, bool isPutOut) external returns (uint128 amountWei) {
        if (msg.sender != warden) revert NotWarden(msg.sender);

        Provider storage provider = _providers[account];
        amountWei = uint128((provider.stakeWei * bps) / BPS);
        if (amountWei > 0) {
            provider.stakeWei -= amountWei;
            totalStakeWei -= amountWei;
            token.burn(amountWei);
            emit Slashed(account, amountWei);
        }
        if (!isPutOut || provider.status != Status.Active) return amountWei;
        provider.status = Status.Unbonding;
        provider.unbondsAt = uint40(block.timestamp + unbondingSeconds);
        activeGpus -= provider.gpuCount;
        emit ExitRequested(account, provider.unbondsAt);
    }
}
