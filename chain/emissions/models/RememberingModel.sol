// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEmissionModel} from "../IEmissionModel.sol";

/// A model whose next amount depends on the epochs before: only the controller may move it on.
abstract contract RememberingModel is IEmissionModel {
    error NotController(address caller);

    address public immutable controller;

    modifier onlyController() {
        if (msg.sender != controller) revert NotController(msg.sender);
        _;
    }

    constructor(address controller_) {
        controller = controller_;
    }
}
