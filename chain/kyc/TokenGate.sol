// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IUniswapV2Pair} from "../pool/IUniswapV2.sol";
import {NetworkToken} from "../token/NetworkToken.sol";
import {IPermissionedToken} from "./IPermissionedToken.sol";

/// Between the network token and its permissioned twin (ERC-3643), one for one: keeps the one and mints the other, and back. Who wants to be
/// verified says so here. It is an agent of the twin, which may mint and burn, and a verified holder.
contract TokenGate {
    using SafeERC20 for NetworkToken;

    error ZeroAmount();
    error ZeroCountry();
    error NotVerified(address account);

    event Applied(address indexed account, uint16 country);
    event Wrapped(address indexed account, uint256 amountWei);
    event Unwrapped(address indexed account, uint256 amountWei);

    struct Application {
        /// Unix seconds.
        uint64 appliedAt;
        /// ISO 3166-1, numeric.
        uint16 country;
    }

    NetworkToken public immutable token;
    IPermissionedToken public immutable permissioned;
    /// Of the twin and the dollar.
    IUniswapV2Pair public immutable pair;
    /// Whether who is no longer verified may still take out the network token; otherwise the twin can only be sold.
    bool public immutable isExitOpen;

    mapping(address account => Application) public applications;

    constructor(NetworkToken token_, IPermissionedToken permissioned_, IUniswapV2Pair pair_, bool isExitOpen_) {
        token = token_;
        permissioned = permissioned_;
        pair = pair_;
        isExitOpen = isExitOpen_;
    }

    /// May be said again, from another country too; the officer decides.
    function requestVerification(uint16 country) external {
        if (country == 0) revert ZeroCountry();

        applications[msg.sender] = Application(uint64(block.timestamp), country);
        emit Applied(msg.sender, country);
    }

    /// The twin refuses to be minted to who is not verified.
    function wrap(uint256 amountWei) external {
        if (amountWei == 0) revert ZeroAmount();

        token.safeTransferFrom(msg.sender, address(this), amountWei);
        permissioned.mint(msg.sender, amountWei);
        emit Wrapped(msg.sender, amountWei);
    }

    /// Takes the twin before it burns it: an agent's burn would pass over a freeze and a pause, which a transfer does not.
    function unwrap(uint256 amountWei) external {
        if (amountWei == 0) revert ZeroAmount();
        if (!isExitOpen && !permissioned.identityRegistry().isVerified(msg.sender)) revert NotVerified(msg.sender);

        permissioned.transferFrom(msg.sender, address(this), amountWei);
        permissioned.burn(address(this), amountWei);
        token.safeTransfer(msg.sender, amountWei);
        emit Unwrapped(msg.sender, amountWei);
    }

    /// Supply of the twin, 1 while it is paused, reserves of the pair in its order; then of each account the balance, the time of its
    /// application, its country, and 1 for verified plus 2 for frozen.
    function read(address[] calldata accounts) external view returns (uint256[] memory amounts) {
        amounts = new uint256[](4 + 4 * accounts.length);
        (amounts[0], amounts[1]) = (permissioned.totalSupply(), permissioned.paused() ? 1 : 0);
        (amounts[2], amounts[3],) = pair.getReserves();
        for (uint256 i = 0; i < accounts.length; i++) {
            Application storage application = applications[accounts[i]];
            bool isVerified = permissioned.identityRegistry().isVerified(accounts[i]);
            amounts[4 + 4 * i] = permissioned.balanceOf(accounts[i]);
            amounts[5 + 4 * i] = application.appliedAt;
            amounts[6 + 4 * i] = application.country;
            amounts[7 + 4 * i] = (isVerified ? 1 : 0) + (permissioned.isFrozen(accounts[i]) ? 2 : 0);
        }
    }
}
