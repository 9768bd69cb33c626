// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Signals} from "../IEmissionModel.sol";
import {DecayEmission} from "./DecayEmission.sol";

/// A decaying schedule that does not ask what was burned, and a share of what was.
contract BurnAndMintEmission is DecayEmission {
    error BpsTooLarge(uint256 bps);

    uint256 private constant BPS = 10_000;
    uint256 public immutable remintBps;

    constructor(uint256 firstWei_, uint256 keepRay_, uint256 stepEpochs_, uint256 remintBps_)
        DecayEmission(firstWei_, keepRay_, stepEpochs_)
    {
        if (remintBps_ > BPS) revert BpsTooLarge(remintBps_);
        remintBps = remintBps_;
    }

    /// The share rounds down.
    function release(uint32 epoch, Signals calldata signals) external view override returns (uint256) {
        return scheduledWei(epoch) + (signals.burnedWei * remintBps) / BPS;
    }
}
