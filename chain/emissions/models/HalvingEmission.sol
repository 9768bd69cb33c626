// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IEmissionModel, Signals} from "../IEmissionModel.sol";

/// Bitcoin's schedule: every block of the copied network has a reward, which is shifted right at each halving.
contract HalvingEmission is IEmissionModel {
    error ZeroUnit();
    error ZeroHalving();

    /// A block's first reward, in units of the copied network.
    uint256 public immutable rewardUnits;
    uint256 public immutable unitWei;
    uint256 public immutable blocksPerEpoch;
    uint256 public immutable halvingBlocks;

    constructor(uint256 rewardWei_, uint256 unitWei_, uint256 blocksPerEpoch_, uint256 halvingBlocks_) {
        if (unitWei_ == 0) revert ZeroUnit();
        if (halvingBlocks_ == 0) revert ZeroHalving();
        rewardUnits = rewardWei_ / unitWei_; // rounded down to a whole unit
        unitWei = unitWei_;
        blocksPerEpoch = blocksPerEpoch_;
        halvingBlocks = halvingBlocks_;
    }

    /// Each shift rounds down to a whole unit.
    function release(uint32 epoch, Signals calldata) external view returns (uint256) {
        uint256 end = (uint256(epoch) + 1) * blocksPerEpoch;
        uint256 height = end - blocksPerEpoch;
        uint256 units;
        while (height < end) {
            uint256 halvings = height / halvingBlocks; // rounded down: the halvings that are over
            uint256 reward = rewardUnits >> halvings;
            if (reward == 0) break;
            uint256 next = Math.min(end, (halvings + 1) * halvingBlocks);
            units += (next - height) * reward;
            height = next;
        }
        return units * unitWei;
    }
}
