// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {NetworkToken} from "../token/NetworkToken.sol";
import {IMasterChef} from "./IFarm.sol";

/**
 * Stands where MasterChef expects its own token, and owns it. Where MasterChef would mint, this assigns a part of a budget that was set aside,
 * so the supply of the token stays as it is. The tenth that MasterChef mints for its developers on top is not given.
 */
contract ChefBudget {
    using SafeERC20 for NetworkToken;

    error NotOperator(address caller);
    error NotChef(address caller);
    error HasChef(IMasterChef chef);

    event Started(uint256 budgetWei);
    event Ended(uint256 leftWei);
    event Paid(address indexed account, uint256 amountWei);

    NetworkToken public immutable token;
    /// What can be staked, and what nobody does stake: MasterChef cannot stop, it can only pay to another pool.
    address public immutable staked;
    address public immutable idle;
    address public immutable treasury;
    address public immutable operator;

    IMasterChef public chef;
    /// Promised to stakers and not yet paid.
    uint256 public assignedWei;
    bool public hasEnded;

    constructor(NetworkToken token_, address staked_, address idle_, address treasury_) {
        token = token_;
        staked = staked_;
        idle = idle_;
        treasury = treasury_;
        operator = msg.sender;
    }

    modifier onlyOperator() {
        if (msg.sender != operator) revert NotOperator(msg.sender);
        _;
    }

    modifier onlyChef() {
        if (msg.sender != address(chef)) revert NotChef(msg.sender);
        _;
    }

    function hire(IMasterChef chef_) external onlyOperator {
        if (address(chef) != address(0)) revert HasChef(chef);
        chef = chef_;
    }

    /// From this block on, every block pays the stakers.
    function start() external onlyOperator {
        chef.add(1, staked, false);
        emit Started(unassignedWei());
    }

    /// Blocks from now on pay nobody; what was not assigned goes back to the treasury.
    function end() external onlyOperator {
        chef.add(1, idle, true);
        chef.set(0, 0, false);
        hasEnded = true;
        uint256 leftWei = unassignedWei();
        token.safeTransfer(treasury, leftWei);
        emit Ended(leftWei);
    }

    /// More than is left is not promised: withdrawals go on, and who claims last goes short, as MasterChef's own transfer provides for.
    function mint(address to, uint256 amountWei) external onlyChef {
        if (to != address(chef) || hasEnded) return;
        uint256 leftWei = unassignedWei();
        assignedWei += amountWei < leftWei ? amountWei : leftWei;
    }

    function transfer(address to, uint256 amountWei) external onlyChef returns (bool) {
        assignedWei -= amountWei;
        if (amountWei > 0) {
            token.safeTransfer(to, amountWei);
            emit Paid(to, amountWei);
        }
        return true;
    }

    /// What MasterChef has to pay with.
    function balanceOf(address account) external view returns (uint256) {
        return account == address(chef) ? assignedWei : 0;
    }

    function unassignedWei() public view returns (uint256) {
        return token.balanceOf(address(this)) - assignedWei;
    }
}
