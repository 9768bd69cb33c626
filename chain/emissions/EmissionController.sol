// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {NetworkToken} from "../token/NetworkToken.sol";

/// Mints one decaying amount an epoch to the reward distributor.
contract EmissionController {
    error NotDistributor(address caller);
    error AlreadyReleased(uint32 epoch);
    error TooEarly(uint32 epoch, uint256 startsAt);
    error BpsTooLarge(uint256 bps);

    event Released(uint32 epoch, uint256 amountWei);

    uint256 private constant BPS = 10_000;
    uint256 private constant RAY = 1e27;
    NetworkToken public immutable token;
    address public immutable distributor;
    uint256 public immutable firstWei;
    uint256 public immutable decayBpsPerEpoch;
    /// Unix seconds at which epoch 0 begins.
    uint256 public immutable startsAt;
    uint256 public immutable epochSeconds;

    uint128 public emittedWei;
    /// Epochs below this one are released, or were passed over.
    uint32 public nextEpoch;

    constructor(
        NetworkToken token_,
        address distributor_,
        uint256 firstWei_,
        uint256 decayBpsPerEpoch_,
        uint256 startsAt_,
        uint256 epochSeconds_
    ) {
        if (decayBpsPerEpoch_ > BPS) revert BpsTooLarge(decayBpsPerEpoch_);
        token = token_;
        distributor = distributor_;
        firstWei = firstWei_;
        decayBpsPerEpoch = decayBpsPerEpoch_;
        startsAt = startsAt_;
        epochSeconds = epochSeconds_;
    }

    function release(uint32 epoch) external returns (uint256 amountWei) {
        if (msg.sender != distributor) revert NotDistributor(msg.sender);
        if (epoch < nextEpoch) revert AlreadyReleased(epoch);
        uint256 epochStartsAt = startsAt + epoch * epochSeconds;
        if (block.timestamp < epochStartsAt) revert TooEarly(epoch, epochStartsAt);

        amountWei = emissionWei(epoch);
        nextEpoch = epoch + 1;
        emittedWei += uint128(amountWei);
        token.mint(distributor, amountWei);
        emit Released(epoch, amountWei);
    }

    /// first * (1 - decay)^epoch in 27-digit fixed point, by squaring. Every division rounds down, so never more than the formula.
    function emissionWei(uint32 epoch) public view returns (uint256) {
        uint256 base = ((BPS - decayBpsPerEpoch) * RAY) / BPS;
        uint256 factor = RAY;
        for (uint256 n = epoch; n > 0; n /= 2) {
            if (n % 2 == 1) factor = (factor * base) / RAY;
            base = (base * base) / RAY;
        }
        return (firstWei * factor) / RAY;
    }
}
