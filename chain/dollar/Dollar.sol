// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// The dollar: 6 decimals, minted against a wire and burned for one. The purpose (short ASCII text) names the flow on chain.
contract Dollar is ERC20, ERC20Permit, AccessControl {
    event OnRamped(address indexed account, uint256 amountMicros, bytes32 purpose);
    event Redeemed(address indexed account, uint256 amountMicros, bytes32 purpose);

    bytes32 public constant MINTER_ROLE = keccak256("MINTER_ROLE");

    constructor(address admin) ERC20("Dollar", "USD") ERC20Permit("Dollar") {
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
    }

    function mint(address to, uint256 amountMicros, bytes32 purpose) external onlyRole(MINTER_ROLE) {
        _mint(to, amountMicros);
        emit OnRamped(to, amountMicros, purpose);
    }

    function redeem(uint256 amountMicros, bytes32 purpose) external {
        _burn(msg.sender, amountMicros);
        emit Redeemed(msg.sender, amountMicros, purpose);
    }

    function decimals() public pure override returns (uint8) {
        return 6;
    }
}
