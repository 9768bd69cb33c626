// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IEmissionModel, Signals} from "../IEmissionModel.sol";

/// A schedule that halves, plus what was burned since the epoch before, up to a cap (Helium, HIP-20).
contract NetEmissionsCap is IEmissionModel {
    error ZeroHalving();

    uint256 public immutable firstWei;
    uint256 public immutable halvingEpochs;
    uint256 public immutable capWei;

    constructor(uint256 firstWei_, uint256 halvingEpochs_, uint256 capWei_) {
        if (halvingEpochs_ == 0) revert ZeroHalving();
        firstWei = firstWei_;
        halvingEpochs = halvingEpochs_;
        capWei = capWei_;
    }

    /// The number of halvings and each half round down.
    function release(uint32 epoch, Signals calldata signals) external view returns (uint256) {
        return (firstWei >> (epoch / halvingEpochs)) + Math.min(signals.burnedWei, capWei);
    }
}
