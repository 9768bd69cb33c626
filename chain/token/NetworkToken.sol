// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";

/// The network token: 18 decimals, burnable by its holder, with permit and votes. After genesis only a minter creates supply.
contract NetworkToken is ERC20, ERC20Burnable, ERC20Permit, ERC20Votes, AccessControl {
    bytes32 public constant MINTER_ROLE = keccak256("MINTER_ROLE");

    constructor(address admin, address treasury, uint256 supplyWei) ERC20("Network Token", "NET") ERC20Permit("Network Token") {
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        _mint(treasury, supplyWei);
    }

    function mint(address to, uint256 amountWei) external onlyRole(MINTER_ROLE) {
        _mint(to, amountWei);
    }

    /// Votes are counted by time and not by block number, because a block is a tick of any length (ERC-6372).
    function clock() public view override returns (uint48) {
        return uint48(block.timestamp);
    }

    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    function nonces(address owner) public view override(ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }

    function _update(address from, address to, uint256 amountWei) internal virtual override(ERC20, ERC20Votes) {
        super._update(from, to, amountWei);
    }
}
