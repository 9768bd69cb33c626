// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {BurnEngine} from "../burn/BurnEngine.sol";
import {Dollar} from "../dollar/Dollar.sol";
import {ProviderRegistry} from "../registry/ProviderRegistry.sol";

/// Escrow of job payments. Each buyer numbers its own slots and uses them again.
contract JobMarket {
    using SafeERC20 for Dollar;

    error SlotTaken(uint32 slot);
    error ZeroAmount();
    error DeadlinePassed(uint32 deadline);
    error ProviderNotActive(address provider);
    error SlotEmpty(uint32 slot);
    error ReleaseTooLarge(uint64 amountMicros, uint64 leftMicros);
    error RefundNotAllowed(address caller);
    error BpsTooLarge(uint256 bps);

    event Opened(address indexed buyer, uint32 slot, address indexed provider, uint64 amountMicros);
    event Completed(
        address indexed buyer, uint32 slot, address indexed provider, uint256 paidMicros, uint256 burnFeeMicros, uint256 treasuryFeeMicros
    );
    event Released(
        address indexed buyer, uint32 slot, address indexed provider, uint256 paidMicros, uint256 burnFeeMicros, uint256 treasuryFeeMicros
    );
    event Refunded(address indexed buyer, uint32 slot, address indexed provider, uint64 amountMicros);

    /// One storage slot; empty when the amount is 0.
    struct Job {
        address provider;
        /// Unix seconds after which the buyer may take the payment back.
        uint32 deadline;
        uint64 amountMicros;
    }

    uint256 private constant BPS = 10_000;
    Dollar public immutable dollar;
    ProviderRegistry public immutable registry;
    BurnEngine public immutable burnEngine;
    address public immutable treasury;
    uint256 public immutable feeBps;
    uint256 public immutable burnBps;
    uint256 public immutable creditBps;

    uint256 public escrowMicros;
    mapping(address buyer => mapping(uint32 slot => Job)) public jobs;

    constructor(
        Dollar dollar_,
        ProviderRegistry registry_,
        BurnEngine burnEngine_,
        address treasury_,
        uint256 feeBps_,
        uint256 burnBps_,
        uint256 creditBps_
    ) {
        if (feeBps_ + creditBps_ > BPS) revert BpsTooLarge(feeBps_ + creditBps_);
        if (burnBps_ > BPS) revert BpsTooLarge(burnBps_);
        dollar = dollar_;
        registry = registry_;
        burnEngine = burnEngine_;
        treasury = treasury_;
        feeBps = feeBps_;
        burnBps = burnBps_;
        creditBps = creditBps_;
    }

    function open(uint32 slot, address provider, uint64 amountMicros, uint32 deadline) public virtual {
        if (jobs[msg.sender][slot].amountMicros != 0) revert SlotTaken(slot);
        if (amountMicros == 0) revert ZeroAmount();
        if (block.timestamp > deadline) revert DeadlinePassed(deadline);
        if (registry.statusOf(provider) != ProviderRegistry.Status.Active) revert ProviderNotActive(provider);

        jobs[msg.sender][slot] = Job(provider, deadline, amountMicros);
        escrowMicros += amountMicros;
        dollar.safeTransferFrom(msg.sender, address(this), amountMicros);
        emit Opened(msg.sender, slot, provider, amountMicros);
    }

    /// The buyer accepts: the provider is paid what is left in escrow.
    function complete(uint32 slot) public virtual {
        Job memory job = _take(msg.sender, slot);

        (uint256 paidMicros, uint256 burnFeeMicros, uint256 treasuryFeeMicros) = _pay(job.provider, job.amountMicros);
        emit Completed(msg.sender, slot, job.provider, paidMicros, burnFeeMicros, treasuryFeeMicros);
        _burnCredits(job.amountMicros);
    }

    /// The buyer pays a part while the job runs; something always stays in escrow until its end.
    function release(uint32 slot, uint64 amountMicros) public virtual {
        Job storage job = jobs[msg.sender][slot];
        if (job.amountMicros == 0) revert SlotEmpty(slot);
        if (amountMicros == 0) revert ZeroAmount();
        if (amountMicros >= job.amountMicros) revert ReleaseTooLarge(amountMicros, job.amountMicros);

        job.amountMicros -= amountMicros;
        escrowMicros -= amountMicros;
        (uint256 paidMicros, uint256 burnFeeMicros, uint256 treasuryFeeMicros) = _pay(job.provider, amountMicros);
        emit Released(msg.sender, slot, job.provider, paidMicros, burnFeeMicros, treasuryFeeMicros);
        _burnCredits(amountMicros);
    }

    /// The provider gives up at any time; the buyer takes its payment back after the deadline.
    function refund(address buyer, uint32 slot) public virtual {
        Job memory job = _take(buyer, slot);
        bool allowed = msg.sender == job.provider || (msg.sender == buyer && block.timestamp > job.deadline);
        if (!allowed) revert RefundNotAllowed(msg.sender);

        dollar.safeTransfer(buyer, job.amountMicros);
        emit Refunded(buyer, slot, job.provider, job.amountMicros);
    }

    function _take(address buyer, uint32 slot) internal returns (Job memory job) {
        job = jobs[buyer][slot];
        if (job.amountMicros == 0) revert SlotEmpty(slot);
        delete jobs[buyer][slot];
        escrowMicros -= job.amountMicros;
    }

    /// All divisions round down: fee and credits in favour of the provider, the burn part in favour of the treasury.
    function _pay(address provider, uint256 amountMicros)
        internal
        returns (uint256 paidMicros, uint256 burnFeeMicros, uint256 treasuryFeeMicros)
    {
        uint256 feeMicros = (amountMicros * feeBps) / BPS;
        treasuryFeeMicros = feeMicros - (feeMicros * burnBps) / BPS;
        paidMicros = amountMicros - feeMicros - (amountMicros * creditBps) / BPS;
        burnFeeMicros = amountMicros - paidMicros - treasuryFeeMicros;
        dollar.safeTransfer(provider, paidMicros);
        dollar.safeTransfer(address(burnEngine), burnFeeMicros);
        dollar.safeTransfer(treasury, treasuryFeeMicros);
    }

    /// What is paid in credits is burned at once, as far as the engine's limits allow.
    function _burnCredits(uint256 amountMicros) internal {
        if ((amountMicros * creditBps) / BPS > 0 && burnEngine.spendableMicros() > 0) burnEngine.execute();
    }
}
