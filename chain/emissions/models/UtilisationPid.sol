// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SignedMath} from "@openzeppelin/contracts/utils/math/SignedMath.sol";
import {Signals} from "../IEmissionModel.sol";
import {RememberingModel} from "./RememberingModel.sol";

/**
 * A PID controller on utilisation, the verified work of an epoch over the registered capacity: above the target capacity is scarce and pays
 * more, below it is idle and pays less. All in billionths.
 */
contract UtilisationPid is RememberingModel {
    struct Terms {
        int256 baseWei;
        int256 targetPpb;
        int256 proportionalPpb;
        int256 integralPpb;
        int256 derivativePpb;
        int256 minWei;
        int256 maxWei;
        /// Verified work of a registered GPU hour in full use.
        uint256 ratingPpb;
    }

    int256 private constant PPB = 1e9;
    Terms public terms;

    int256 public sumPpb;
    int256 public lastPpb;
    bool public isRunning;

    constructor(address controller_, Terms memory terms_) RememberingModel(controller_) {
        terms = terms_;
    }

    /// Every division rounds toward 0.
    function release(uint32, Signals calldata signals) external onlyController returns (uint256) {
        Terms memory t = terms;
        int256 errorPpb = _errorPpb(signals, t);
        int256 sum = sumPpb + errorPpb;
        int256 growthPpb = isRunning ? errorPpb - lastPpb : int256(0);
        int256 responsePpb = (t.proportionalPpb * errorPpb + t.integralPpb * sum + t.derivativePpb * growthPpb) / PPB;
        int256 wantedWei = (t.baseWei * (PPB + responsePpb)) / PPB;
        int256 amountWei = SignedMath.min(SignedMath.max(wantedWei, t.minWei), t.maxWei);
        // At a bound the sum stands still, so that it does not wind up.
        if (amountWei == wantedWei) sumPpb = sum;
        lastPpb = errorPpb;
        isRunning = true;
        return uint256(amountWei);
    }

    /// Utilisation, at most 1, less the target; without capacity there is no error.
    function _errorPpb(Signals calldata signals, Terms memory t) private pure returns (int256) {
        uint256 one = uint256(PPB);
        uint256 fullMillis = (signals.capacityMillis * t.ratingPpb) / one;
        if (fullMillis == 0) return 0;
        return int256(Math.min((signals.verifiedMillis * one) / fullMillis, one)) - t.targetPpb;
    }
}
