// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// Powers in 27-digit fixed point.
library RayPower {
    uint256 internal constant RAY = 1e27;

    /// By squaring; each product rounds down.
    function power(uint256 baseRay, uint256 exponent) internal pure returns (uint256 powerRay) {
        powerRay = RAY;
        for (uint256 left = exponent; left > 0; left /= 2) {
            if (left % 2 == 1) powerRay = (powerRay * baseRay) / RAY;
            baseRay = (baseRay * baseRay) / RAY;
        }
    }
}
