// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {EmissionController} from "../emissions/EmissionController.sol";
import {NetworkToken} from "../token/NetworkToken.sol";

/// Splits an epoch's emission by verified work. What the division leaves over waits for the next epoch.
contract RewardDistributor {
    using SafeERC20 for NetworkToken;

    error NotOracle(address caller);
    error NothingAccrued(address provider);

    event Credited(uint32 indexed epoch, address indexed provider, uint256 amountWei);
    event Claimed(address indexed provider, uint256 amountWei);

    NetworkToken public immutable token;
    EmissionController public immutable emissions;
    address public immutable oracle;

    uint256 public carriedWei;
    mapping(address provider => uint256) public accruedWei;

    constructor(NetworkToken token_, EmissionController emissions_, address oracle_) {
        token = token_;
        emissions = emissions_;
        oracle = oracle_;
    }

    /// Each share rounds down, so the shares never exceed the pot; without any work the whole pot is carried.
    function credit(uint32 epoch, address[] calldata providers, uint256[] calldata workMillis) external {
        if (msg.sender != oracle) revert NotOracle(msg.sender);

        uint256 totalMillis;
        for (uint256 i = 0; i < workMillis.length; i++) totalMillis += workMillis[i];
        uint256 potWei = emissions.release(epoch, totalMillis) + carriedWei;
        uint256 remainderWei = potWei;
        for (uint256 i = 0; i < workMillis.length; i++) {
            if (workMillis[i] == 0) continue;
            uint256 shareWei = (potWei * workMillis[i]) / totalMillis;
            if (shareWei == 0) continue;
            accruedWei[providers[i]] += shareWei;
            remainderWei -= shareWei;
            emit Credited(epoch, providers[i], shareWei);
        }
        carriedWei = remainderWei;
    }

    function claim() external {
        uint256 amountWei = accruedWei[msg.sender];
        if (amountWei == 0) revert NothingAccrued(msg.sender);

        accruedWei[msg.sender] = 0;
        token.safeTransfer(msg.sender, amountWei);
        emit Claimed(msg.sender, amountWei);
    }
}
