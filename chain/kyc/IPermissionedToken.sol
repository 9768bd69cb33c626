// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// The part of an ERC-3643 identity registry that our contract calls.
interface IIdentityRegistry {
    function isVerified(address account) external view returns (bool);
}

/// The part of an ERC-3643 token that our contract calls.
interface IPermissionedToken {
    function mint(address to, uint256 amount) external;
    function burn(address account, uint256 amount) external;
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
    function balanceOf(address account) external view returns (uint256);
    function totalSupply() external view returns (uint256);
    function isFrozen(address account) external view returns (bool);
    function paused() external view returns (bool);
    function identityRegistry() external view returns (IIdentityRegistry);
}
