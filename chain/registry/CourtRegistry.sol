// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {HardwareLender} from "../lending/HardwareLender.sol";
import {LentRegistry} from "../lending/LentRegistry.sol";
import {NetworkToken} from "../token/NetworkToken.sol";
import {ProviderRegistry} from "./ProviderRegistry.sol";
import {SlashingCourt} from "./SlashingCourt.sol";

/// A registry whose slashes go before a court, and which puts out who is left with too little stake. There may be a lender, or none.
contract CourtRegistry is LentRegistry {
    using SafeERC20 for NetworkToken;

    error NotSlasher(address caller);
    error NotCourt(address caller);

    event Seized(address indexed provider, uint128 amountWei);
    event Restored(address indexed provider, uint128 amountWei);

    struct Terms {
        SlashingCourt court;
        address[] slashers;
        /// Share of the stake that its GPUs ask for below which a slashed provider is put out.
        uint256 stakeMinBps;
    }

    uint256 private constant BPS = 10_000;
    SlashingCourt public immutable court;
    uint256 public immutable stakeMinBps;

    mapping(address account => bool) public isSlasher;

    constructor(
        NetworkToken token_,
        address oracle_,
        uint256 stakeWeiPerGpu_,
        uint256 unbondingSeconds_,
        HardwareLender lender_,
        Terms memory terms
    ) LentRegistry(token_, oracle_, stakeWeiPerGpu_, unbondingSeconds_, lender_) {
        court = terms.court;
        stakeMinBps = terms.stakeMinBps;
        for (uint256 i = 0; i < terms.slashers.length; i++) isSlasher[terms.slashers[i]] = true;
    }

    function requestExit() public override {
        if (address(lender) == address(0)) ProviderRegistry.requestExit();
        else super.requestExit();
    }

    function slash(address account, uint256 bps) external override returns (uint128) {
        return _seize(account, bps, address(0));
    }

    /// A slash with somebody to thank for it.
    function slashFor(address account, uint256 bps, address reporter) external returns (uint128) {
        return _seize(account, bps, reporter);
    }

    /// The court has sent a stake back.
    function restore(address account, uint128 amountWei) external {
        if (msg.sender != address(court)) revert NotCourt(msg.sender);

        _providers[account].stakeWei += amountWei;
        totalStakeWei += amountWei;
        emit Restored(account, amountWei);
    }

    /// Hands the court the share of the stake that it sentences to, rounded down; an absent provider has none.
    function _seize(address account, uint256 bps, address reporter) private returns (uint128 amountWei) {
        if (!isSlasher[msg.sender]) revert NotSlasher(msg.sender);

        Provider storage provider = _providers[account];
        amountWei = uint128((provider.stakeWei * court.sentenceBps(account, bps)) / BPS);
        if (amountWei == 0) return 0;
        provider.stakeWei -= amountWei;
        totalStakeWei -= amountWei;
        token.safeTransfer(address(court), amountWei);
        emit Seized(account, amountWei);
        _putOut(account, provider);
        court.open(account, amountWei, reporter);
    }

    function _putOut(address account, Provider storage provider) private {
        uint256 stakeMinWei = (provider.gpuCount * stakeWeiPerGpu * stakeMinBps) / BPS; // rounded down, for the provider
        if (provider.status != Status.Active || provider.stakeWei >= stakeMinWei) return;
        provider.status = Status.Unbonding;
        provider.unbondsAt = uint40(block.timestamp + unbondingSeconds);
        activeGpus -= provider.gpuCount;
        emit ExitRequested(account, provider.unbondsAt);
    }
}
