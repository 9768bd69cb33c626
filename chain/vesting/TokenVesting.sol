// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {VestingWallet} from "@openzeppelin/contracts/finance/VestingWallet.sol";
import {VestingWalletCliff} from "@openzeppelin/contracts/finance/VestingWalletCliff.sol";

/// OpenZeppelin's vesting wallet with a cliff: nothing is free before the cliff, then all that has vested since the start, then linearly more.
contract TokenVesting is VestingWalletCliff {
    constructor(address beneficiary, uint64 startsAt, uint64 durationSeconds, uint64 cliffSeconds)
        VestingWallet(beneficiary, startsAt, durationSeconds)
        VestingWalletCliff(cliffSeconds)
    {}
}
