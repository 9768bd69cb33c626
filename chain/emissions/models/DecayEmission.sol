// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEmissionModel, Signals} from "../IEmissionModel.sol";
import {RayPower} from "../RayPower.sol";

/// A share less every epoch, or all at once after a step of many.
contract DecayEmission is IEmissionModel {
    error GrowingEmission(uint256 keepRay);
    error ZeroStep();

    uint256 public immutable firstWei;
    /// What an epoch leaves of the emission.
    uint256 public immutable keepRay;
    uint256 public immutable stepEpochs;

    constructor(uint256 firstWei_, uint256 keepRay_, uint256 stepEpochs_) {
        if (keepRay_ > RayPower.RAY) revert GrowingEmission(keepRay_);
        if (stepEpochs_ == 0) revert ZeroStep();
        firstWei = firstWei_;
        keepRay = keepRay_;
        stepEpochs = stepEpochs_;
    }

    function release(uint32 epoch, Signals calldata) external view virtual returns (uint256) {
        return scheduledWei(epoch);
    }

    /// Rounded down: never more than the formula.
    function scheduledWei(uint256 epoch) public view returns (uint256) {
        return (firstWei * RayPower.power(keepRay, epoch - (epoch % stepEpochs))) / RayPower.RAY;
    }
}
