// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEmissionModel, Signals} from "../IEmissionModel.sol";

/// The same amount every epoch.
contract FixedEmission is IEmissionModel {
    uint256 public immutable amountWei;

    constructor(uint256 amountWei_) {
        amountWei = amountWei_;
    }

    function release(uint32, Signals calldata) external view returns (uint256) {
        return amountWei;
    }
}
