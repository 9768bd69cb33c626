// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ProviderRegistry} from "../registry/ProviderRegistry.sol";
import {RewardDistributor} from "../rewards/RewardDistributor.sol";
import {SpotChecks} from "../spotChecks/SpotChecks.sol";
import {WorkOracle} from "./WorkOracle.sol";

/// A work oracle by which only work counts that was committed to and that no spot check has found wrong.
contract CheckedWorkOracle is WorkOracle {
    SpotChecks public immutable checks;

    constructor(
        ProviderRegistry registry_,
        RewardDistributor distributor_,
        address[] memory reporters_,
        uint256 quorum_,
        uint256 toleranceBps_,
        uint256 slashBps_,
        SpotChecks checks_
    ) WorkOracle(registry_, distributor_, reporters_, quorum_, toleranceBps_, slashBps_) {
        checks = checks_;
    }

    function _verify(uint32 epoch, address provider, uint256 medianMillis) internal override returns (uint256 workMillis) {
        workMillis = super._verify(epoch, provider, medianMillis);
        if (!checks.isAccepted(epoch, provider)) workMillis = 0;
    }
}
