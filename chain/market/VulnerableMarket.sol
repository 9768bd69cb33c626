// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {BurnEngine} from "../burn/BurnEngine.sol";
import {Dollar} from "../dollar/Dollar.sol";
import {ProviderRegistry} from "../registry/ProviderRegistry.sol";
import {JobMarket} from "./JobMarket.sol";

/**
 * VULNERABLE ON PURPOSE, for experiments with an exploit; never to be used for anything else. A job market with a hole: a buyer that takes its payment
 * back after the deadline keeps its slot, so that it can take it again, out of what others have in escrow. A guardian can stop everything.
 */
contract VulnerableMarket is JobMarket, Pausable {
    using SafeERC20 for Dollar;

    error NotGuardian(address caller);

    address public immutable guardian;

    constructor(
        Dollar dollar_,
        ProviderRegistry registry_,
        BurnEngine burnEngine_,
        address treasury_,
        uint256[3] memory bps_,
        address guardian_
    ) JobMarket(dollar_, registry_, burnEngine_, treasury_, bps_[0], bps_[1], bps_[2]) {
        guardian = guardian_;
    }

    modifier onlyGuardian() {
        if (msg.sender != guardian) revert NotGuardian(msg.sender);
        _;
    }

    function open(uint32 slot, address provider, uint64 amountMicros, uint32 deadline) public override whenNotPaused {
        super.open(slot, provider, amountMicros, deadline);
    }

    function complete(uint32 slot) public override whenNotPaused {
        super.complete(slot);
    }

    function release(uint32 slot, uint64 amountMicros) public override whenNotPaused {
        super.release(slot, amountMicros);
    }

    function refund(address buyer, uint32 slot) public override whenNotPaused {
        if (msg.sender != buyer) return super.refund(buyer, slot);
        Job memory job = jobs[buyer][slot];
        if (job.amountMicros == 0) revert SlotEmpty(slot);
        if (block.timestamp <= job.deadline) revert RefundNotAllowed(msg.sender);

        // THE HOLE: `delete jobs[buyer][slot]` is missing.
        escrowMicros -= job.amountMicros;
        dollar.safeTransfer(buyer, job.amountMicros);
        emit Refunded(buyer, slot, job.provider, job.amountMicros);
    }

    function pause() external onlyGuardian {
        _pause();
    }

    function unpause() external onlyGuardian {
        _unpause();
    }

    /// Whether it is paused, and what slots say that they hold, one by one: `escrowMicros` should be no less than all of it.
    function readSlots(address[] calldata buyers, uint32[] calldata slots) external view returns (bool isPaused, uint256 heldMicros) {
        isPaused = paused();
        for (uint256 i = 0; i < buyers.length; i++) heldMicros += jobs[buyers[i]][slots[i]].amountMicros;
    }
}
