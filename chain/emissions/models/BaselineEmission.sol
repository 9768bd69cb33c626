// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Signals} from "../IEmissionModel.sol";
import {RayPower} from "../RayPower.sol";
import {RememberingModel} from "./RememberingModel.sol";

/**
 * A share that fades with time, and a share that fades with network time (Filecoin): a clock that runs at full speed only while the verified
 * work keeps up with a baseline that grows exponentially. What a weak network does not mint is minted later.
 */
contract BaselineEmission is RememberingModel {
    using RayPower for uint256;

    error GrowingEmission(uint256 keepRay);
    error ZeroBaseline();

    uint256 private constant RAY = RayPower.RAY;
    /// All that is ever minted by time alone, and by network time.
    uint256 public immutable simpleWei;
    uint256 public immutable baselineWei;
    /// What an epoch leaves of either.
    uint256 public immutable keepRay;
    /// Verified work that the first epoch should have, and its growth from one epoch to the next.
    uint256 public immutable baselineMillis;
    uint256 public immutable growthRay;

    /// Verified work of all epochs, each counted up to its baseline.
    uint256 public realisedMillis;
    /// Whole epochs of network time, and the baselines of those epochs in all.
    uint256 public networkEpochs;
    uint256 public baselineSumMillis;
    /// Part of the baseline share that is not minted yet.
    uint256 public keptRay = RAY;

    constructor(
        address controller_,
        uint256 simpleWei_,
        uint256 baselineWei_,
        uint256 keepRay_,
        uint256 baselineMillis_,
        uint256 growthRay_
    ) RememberingModel(controller_) {
        if (keepRay_ > RAY) revert GrowingEmission(keepRay_);
        if (baselineMillis_ == 0) revert ZeroBaseline();
        simpleWei = simpleWei_;
        baselineWei = baselineWei_;
        keepRay = keepRay_;
        baselineMillis = baselineMillis_;
        growthRay = growthRay_;
    }

    function release(uint32 epoch, Signals calldata signals) external onlyController returns (uint256 amountWei) {
        amountWei = _mintedWei(simpleWei, keepRay.power(uint256(epoch) + 1)) - _mintedWei(simpleWei, keepRay.power(epoch));
        uint256 keptBeforeRay = keptRay;
        _advance(Math.min(signals.verifiedMillis, levelMillis(epoch)));
        // Never more than before: the fixed point's last digits differ between a whole epoch and a straight line to it.
        keptRay = Math.min(_keptRay(), keptBeforeRay);
        amountWei += _mintedWei(baselineWei, keptRay) - _mintedWei(baselineWei, keptBeforeRay);
    }

    /// The baseline of an epoch, rounded down.
    function levelMillis(uint256 epoch) public view returns (uint256) {
        return (baselineMillis * growthRay.power(epoch)) / RAY;
    }

    /// Network time is where the sum of baselines reaches the realised work (filecoin spec-actors, reward_logic.go).
    function _advance(uint256 workMillis) private {
        uint256 realised = realisedMillis + workMillis;
        uint256 sum = baselineSumMillis;
        uint256 epochs = networkEpochs;
        while (realised > sum) sum += levelMillis(epochs++);
        (realisedMillis, baselineSumMillis, networkEpochs) = (realised, sum, epochs);
    }

    /// keep^networkTime; the last of its epochs counts in part, by a straight line. What is missing of that epoch rounds down.
    function _keptRay() private view returns (uint256) {
        if (networkEpochs == 0) return RAY;
        uint256 missingRay = ((baselineSumMillis - realisedMillis) * RAY) / levelMillis(networkEpochs - 1);
        uint256 before = keepRay.power(networkEpochs - 1);
        return before - (before * (((RAY - keepRay) * (RAY - missingRay)) / RAY)) / RAY; // both products round down
    }

    /// What of a share is minted when a part is kept, rounded down. Amounts are differences of it, so they add up to the share.
    function _mintedWei(uint256 totalWei, uint256 kept) private pure returns (uint256) {
        return (totalWei * (RAY - kept)) / RAY;
    }
}
