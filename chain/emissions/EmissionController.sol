// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ProviderRegistry} from "../registry/ProviderRegistry.sol";
import {NetworkToken} from "../token/NetworkToken.sol";
import {IBonding} from "./IBonding.sol";
import {IEmissionModel, Signals} from "./IEmissionModel.sol";

/// Mints once an epoch to the reward distributor what its model says to the signals, all of which come from contracts.
contract EmissionController {
    error NotDistributor(address caller);
    error AlreadyReleased(uint32 epoch);
    error TooEarly(uint32 epoch, uint256 startsAt);

    event Released(uint32 epoch, uint256 amountWei);

    NetworkToken public immutable token;
    address public immutable distributor;
    IEmissionModel public immutable model;
    IBonding public immutable bonding;
    ProviderRegistry public immutable registry;
    /// Unix seconds at which epoch 0 begins.
    uint256 public immutable startsAt;
    uint256 public immutable epochSeconds;

    /// The token's own limit on its supply keeps it within 208 bits.
    uint208 public emittedWei;
    /// Epochs below this one are released, or were passed over.
    uint32 public nextEpoch;
    /// Supply after the last release, from which only burning takes away.
    uint256 public supplyAfterWei;

    constructor(
        NetworkToken token_,
        address distributor_,
        IEmissionModel model_,
        IBonding bonding_,
        ProviderRegistry registry_,
        uint256 startsAt_,
        uint256 epochSeconds_
    ) {
        token = token_;
        distributor = distributor_;
        model = model_;
        bonding = bonding_;
        registry = registry_;
        startsAt = startsAt_;
        epochSeconds = epochSeconds_;
        supplyAfterWei = token_.totalSupply();
    }

    function release(uint32 epoch, uint256 verifiedMillis) external returns (uint256 amountWei) {
        if (msg.sender != distributor) revert NotDistributor(msg.sender);
        if (epoch < nextEpoch) revert AlreadyReleased(epoch);
        uint256 epochStartsAt = startsAt + epoch * epochSeconds;
        if (block.timestamp < epochStartsAt) revert TooEarly(epoch, epochStartsAt);

        Signals memory signals = _signals(verifiedMillis);
        nextEpoch = epoch + 1;
        amountWei = model.release(epoch, signals);
        emittedWei += uint208(amountWei);
        supplyAfterWei = signals.supplyWei + amountWei;
        token.mint(distributor, amountWei);
        emit Released(epoch, amountWei);
    }

    function _signals(uint256 verifiedMillis) private view returns (Signals memory) {
        uint256 supplyWei = token.totalSupply();
        return Signals({
            supplyWei: supplyWei,
            // A mint by somebody else hides as much burning, and never stops the emission.
            burnedWei: supplyAfterWei > supplyWei ? supplyAfterWei - supplyWei : 0,
            bondedWei: bonding.totalStakeWei(),
            verifiedMillis: verifiedMillis,
            capacityMillis: (registry.activeGpus() * epochSeconds * 1_000) / 1 hours // rounded down
        });
    }
}
