// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Signals} from "../IEmissionModel.sol";
import {RememberingModel} from "./RememberingModel.sol";

/// Inflation that looks for the stake which it wants (Livepeer): a step up while less than the target is bonded, down while more is.
contract BondingTarget is RememberingModel {
    uint256 private constant PPB = 1e9;
    uint256 public immutable changePpb;
    uint256 public immutable targetPpb;
    uint256 public immutable floorPpb;
    uint256 public immutable ceilingPpb;

    /// Billionths of the supply that the last epoch emitted.
    uint256 public inflationPpb;

    constructor(
        address controller_,
        uint256 inflationPpb_,
        uint256 changePpb_,
        uint256 targetPpb_,
        uint256 floorPpb_,
        uint256 ceilingPpb_
    ) RememberingModel(controller_) {
        inflationPpb = inflationPpb_;
        changePpb = changePpb_;
        targetPpb = targetPpb_;
        floorPpb = floorPpb_;
        ceilingPpb = ceilingPpb_;
    }

    /// The bonded share and the amount round down.
    function release(uint32, Signals calldata signals) external onlyController returns (uint256) {
        uint256 bondedPpb = signals.supplyWei == 0 ? 0 : (signals.bondedWei * PPB) / signals.supplyWei;
        uint256 inflation = inflationPpb;
        if (bondedPpb < targetPpb) inflation += changePpb;
        if (bondedPpb > targetPpb) inflation = Math.saturatingSub(inflation, changePpb);
        inflationPpb = Math.min(Math.max(inflation, floorPpb), ceilingPpb);
        return (signals.supplyWei * inflationPpb) / PPB;
    }
}
