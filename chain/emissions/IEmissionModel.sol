// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// What the contracts know when an epoch's emission is released.
struct Signals {
    /// Supply before the release.
    uint256 supplyWei;
    /// Burned since the release before, slashed stakes included.
    uint256 burnedWei;
    uint256 bondedWei;
    /// Work of the epoch that the oracle verified.
    uint256 verifiedMillis;
    /// GPUs of active providers times the hours of an epoch, in thousandths.
    uint256 capacityMillis;
}

interface IEmissionModel {
    /// The epoch's emission. The controller asks once for each epoch, in order; epochs may be passed over.
    function release(uint32 epoch, Signals calldata signals) external returns (uint256 amountWei);
}
