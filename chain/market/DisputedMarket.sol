// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {BurnEngine} from "../burn/BurnEngine.sol";
import {Dollar} from "../dollar/Dollar.sol";
import {ProviderRegistry} from "../registry/ProviderRegistry.sol";
import {JobMarket} from "./JobMarket.sol";

/**
 * A job market whose buyers can dispute a job instead of accepting it. They post a bond; arbiters decide by majority, and the loser pays: the provider
 * its payment, the buyer its bond, which is the provider's then. Without a majority when the window is over the provider is paid and the bond goes back:
 * the buyer has shown nothing, so it gets no work for nothing from arbiters who sleep; nor has anybody found that it was wrong.
 */
contract DisputedMarket is JobMarket {
    using SafeERC20 for Dollar;
    using SafeCast for uint256;

    error NoArbiters();
    error NotArbiter(address caller);
    error AlreadyRuled(address arbiter);
    error TooLate(uint40 decidesAt);
    error TooEarly(uint40 decidesAt);
    error Closed(uint256 id);

    event Disputed(
        uint256 indexed id,
        address indexed buyer,
        address indexed provider,
        uint32 slot,
        uint64 amountMicros,
        uint64 bondMicros,
        uint40 decidesAt
    );
    event Ruled(uint256 indexed id, address indexed arbiter, bool isRefund);
    event BuyerWon(uint256 indexed id, address indexed buyer, address indexed provider, uint64 amountMicros, uint64 bondMicros);
    event ProviderWon(
        uint256 indexed id,
        address indexed buyer,
        address indexed provider,
        uint256 paidMicros,
        uint256 burnFeeMicros,
        uint256 treasuryFeeMicros,
        uint64 bondMicros,
        bool isForfeit
    );

    struct DisputeTerms {
        uint256 bondBps;
        uint256 windowSeconds;
        address[] arbiters;
    }

    struct Dispute {
        address buyer;
        uint40 decidesAt;
        uint16 refunds;
        uint16 payments;
        bool isClosed;
        address provider;
        uint64 amountMicros;
        uint64 bondMicros;
    }

    uint256 private constant BPS = 10_000;
    uint256 public immutable bondBps;
    uint256 public immutable windowSeconds;
    uint256 public immutable arbiterCount;

    /// Payments and bonds of open disputes; both are part of the escrow.
    uint256 public contestedMicros;
    uint256 public bondedMicros;
    Dispute[] public disputes;
    mapping(address account => bool) public isArbiter;
    mapping(uint256 id => mapping(address arbiter => bool)) private _hasRuled;

    constructor(
        Dollar dollar_,
        ProviderRegistry registry_,
        BurnEngine burnEngine_,
        address treasury_,
        uint256[3] memory bps_,
        DisputeTerms memory terms
    ) JobMarket(dollar_, registry_, burnEngine_, treasury_, bps_[0], bps_[1], bps_[2]) {
        if (terms.arbiters.length == 0) revert NoArbiters();
        bondBps = terms.bondBps;
        windowSeconds = terms.windowSeconds;
        arbiterCount = terms.arbiters.length;
        for (uint256 i = 0; i < terms.arbiters.length; i++) isArbiter[terms.arbiters[i]] = true;
    }

    /// The buyer refuses what was delivered. The job leaves its slot, which is free again.
    function dispute(uint32 slot) external {
        Job memory job = _take(msg.sender, slot);
        // Rounded up, against who disputes.
        uint64 bondMicros = Math.mulDiv(job.amountMicros, bondBps, BPS, Math.Rounding.Ceil).toUint64();
        uint40 decidesAt = uint40(block.timestamp + windowSeconds);

        uint256 id = disputes.length;
        disputes.push(Dispute(msg.sender, decidesAt, 0, 0, false, job.provider, job.amountMicros, bondMicros));
        contestedMicros += job.amountMicros;
        bondedMicros += bondMicros;
        escrowMicros += uint256(job.amountMicros) + bondMicros;
        dollar.safeTransferFrom(msg.sender, address(this), bondMicros);
        emit Disputed(id, msg.sender, job.provider, slot, job.amountMicros, bondMicros, decidesAt);
    }

    /// Once all arbiters have ruled, what most of them say is done at once.
    function rule(uint256 id, bool isRefund) external {
        if (!isArbiter[msg.sender]) revert NotArbiter(msg.sender);
        Dispute storage one = _openDispute(id);
        if (block.timestamp >= one.decidesAt) revert TooLate(one.decidesAt);
        if (_hasRuled[id][msg.sender]) revert AlreadyRuled(msg.sender);

        _hasRuled[id][msg.sender] = true;
        if (isRefund) one.refunds++;
        else one.payments++;
        emit Ruled(id, msg.sender, isRefund);
        if (uint256(one.refunds) + one.payments == arbiterCount) _close(id, one);
    }

    /// Anybody may, once the window is over.
    function settle(uint256 id) external {
        Dispute storage one = _openDispute(id);
        if (block.timestamp < one.decidesAt) revert TooEarly(one.decidesAt);
        _close(id, one);
    }

    /// Payments and bonds of open disputes.
    function readDisputes() external view returns (uint256, uint256) {
        return (contestedMicros, bondedMicros);
    }

    function _openDispute(uint256 id) private view returns (Dispute storage one) {
        if (id >= disputes.length || disputes[id].isClosed) revert Closed(id);
        return disputes[id];
    }

    /// By the majority of those who ruled.
    function _close(uint256 id, Dispute storage one) private {
        one.isClosed = true;
        contestedMicros -= one.amountMicros;
        bondedMicros -= one.bondMicros;
        escrowMicros -= uint256(one.amountMicros) + one.bondMicros;

        if (one.refunds > one.payments) {
            dollar.safeTransfer(one.buyer, uint256(one.amountMicros) + one.bondMicros);
            emit BuyerWon(id, one.buyer, one.provider, one.amountMicros, one.bondMicros);
            return;
        }
        bool isForfeit = one.payments > one.refunds;
        dollar.safeTransfer(isForfeit ? one.provider : one.buyer, one.bondMicros);
        (uint256 paidMicros, uint256 burnFeeMicros, uint256 treasuryFeeMicros) = _pay(one.provider, one.amountMicros);
        emit ProviderWon(id, one.buyer, one.provider, paidMicros, burnFeeMicros, treasuryFeeMicros, one.bondMicros, isForfeit);
        _burnCredits(one.amountMicros);
    }
}
