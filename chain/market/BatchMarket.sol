// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {BurnEngine} from "../burn/BurnEngine.sol";
import {Dollar} from "../dollar/Dollar.sol";

/**
 * Payment of any number of jobs in batches. Buyers keep deposits here; the network's dispatcher takes what their jobs came to from them, all jobs
 * of a buyer in one sum, and publishes who has earned how much since the start as the root of a tree, against which providers collect.
 *
 * Whom one has to trust: the dispatcher can take a deposit for work that was not done, or credit the wrong provider. It cannot pay itself, take more than a
 * buyer's deposit, or credit more than it debited. Until the window of a batch is over the guardian can veto it, which gives every debit back;
 * after that it stands. Without a window the dispatcher is trusted with the deposits.
 */
contract BatchMarket is Pausable {
    using SafeERC20 for Dollar;

    error NotDispatcher(address caller);
    error NotGuardian(address caller);
    error ZeroAmount();
    error DepositTooSmall(address buyer, uint256 depositMicros, uint256 amountMicros);
    error NoticeNotOver(uint256 endsAt);
    error BadLength(uint256 length);
    error BatchPending(uint256 endsAt);
    error NothingPending();
    error WindowOver(uint256 endsAt);
    error NotThePendingDebits();
    error CreditTooLarge(uint256 creditedMicros, uint256 payableMicros);
    error CreditTooSmall(uint256 creditedMicros, uint256 payableMicros);
    error InvalidProof(address provider, uint256 earnedMicros);
    error NothingEarned(address provider);
    error RootOverdrawn(uint256 collectedMicros, uint256 creditedMicros);
    error BpsTooLarge(uint256 bps);

    event Deposited(address indexed buyer, uint256 amountMicros);
    event WithdrawalAnnounced(address indexed buyer, uint256 endsAt);
    event Withdrawn(address indexed buyer, uint256 amountMicros);
    event Debited(address indexed buyer, uint256 amountMicros);
    event Closed(uint256 grossMicros, uint256 creditedMicros, bytes32 root);
    event Accepted(uint256 creditedMicros, uint256 burnFeeMicros, uint256 treasuryFeeMicros);
    event Vetoed(uint256 grossMicros);
    event Collected(address indexed provider, uint256 amountMicros);

    struct Batch {
        bytes32 root;
        /// Chained over the parts, for a veto.
        bytes32 debitsHash;
        uint128 grossMicros;
        uint128 creditedMicros;
        /// 0 while the batch is open.
        uint64 closedAt;
    }

    uint256 private constant BPS = 10_000;
    /// A buyer's address and eight bytes of micro-dollars.
    uint256 private constant DEBIT_BYTES = 28;
    Dollar public immutable dollar;
    BurnEngine public immutable burnEngine;
    address public immutable treasury;
    address public immutable dispatcher;
    address public immutable guardian;
    uint256 public immutable feeBps;
    uint256 public immutable burnBps;
    uint256 public immutable creditBps;
    uint256 public immutable windowSeconds;
    uint256 public immutable noticeSeconds;

    /// All that the market owes: deposits, the batch on its way, and what is credited and not collected.
    uint256 public escrowMicros;
    mapping(address buyer => uint256) public depositMicros;
    /// When an announced withdrawal may be made; 0 for none.
    mapping(address buyer => uint256) public withdrawableAt;
    /// The open batch, or the closed one whose window runs.
    Batch public batch;
    bytes32 public root;
    uint256 public creditedMicros;
    uint256 public collectedTotalMicros;
    mapping(address provider => uint256) public collectedMicros;

    constructor(
        Dollar dollar_,
        BurnEngine burnEngine_,
        address treasury_,
        address dispatcher_,
        address guardian_,
        uint256[3] memory bps_,
        uint256 windowSeconds_,
        uint256 noticeSeconds_
    ) {
        if (bps_[0] + bps_[2] > BPS) revert BpsTooLarge(bps_[0] + bps_[2]);
        if (bps_[1] > BPS) revert BpsTooLarge(bps_[1]);
        dollar = dollar_;
        burnEngine = burnEngine_;
        treasury = treasury_;
        dispatcher = dispatcher_;
        guardian = guardian_;
        (feeBps, burnBps, creditBps) = (bps_[0], bps_[1], bps_[2]);
        windowSeconds = windowSeconds_;
        noticeSeconds = noticeSeconds_;
    }

    modifier onlyDispatcher() {
        if (msg.sender != dispatcher) revert NotDispatcher(msg.sender);
        _;
    }

    modifier onlyGuardian() {
        if (msg.sender != guardian) revert NotGuardian(msg.sender);
        _;
    }

    function deposit(uint256 amountMicros) external whenNotPaused {
        if (amountMicros == 0) revert ZeroAmount();

        depositMicros[msg.sender] += amountMicros;
        escrowMicros += amountMicros;
        dollar.safeTransferFrom(msg.sender, address(this), amountMicros);
        emit Deposited(msg.sender, amountMicros);
    }

    /// The dispatcher gives the buyer no more work, and has until the notice is over to post what is running.
    function announceWithdrawal() external {
        withdrawableAt[msg.sender] = block.timestamp + noticeSeconds;
        emit WithdrawalAnnounced(msg.sender, withdrawableAt[msg.sender]);
    }

    /// All that is left.
    function withdraw() external whenNotPaused {
        uint256 endsAt = withdrawableAt[msg.sender];
        uint256 amountMicros = depositMicros[msg.sender];
        if (endsAt == 0 || block.timestamp < endsAt) revert NoticeNotOver(endsAt);
        if (amountMicros == 0) revert ZeroAmount();

        withdrawableAt[msg.sender] = 0;
        depositMicros[msg.sender] = 0;
        escrowMicros -= amountMicros;
        dollar.safeTransfer(msg.sender, amountMicros);
        emit Withdrawn(msg.sender, amountMicros);
    }

    /// One part of the open batch: 28 bytes a buyer. As many parts as the block's gas asks for.
    function debit(bytes calldata debits) external onlyDispatcher whenNotPaused {
        if (debits.length % DEBIT_BYTES != 0) revert BadLength(debits.length);
        _acceptIfDue();

        uint256 sumMicros;
        for (uint256 offset = 0; offset < debits.length; offset += DEBIT_BYTES) {
            (address buyer, uint256 amountMicros) = _debitAt(debits, offset);
            uint256 heldMicros = depositMicros[buyer];
            if (amountMicros > heldMicros) revert DepositTooSmall(buyer, heldMicros, amountMicros);
            depositMicros[buyer] = heldMicros - amountMicros;
            sumMicros += amountMicros;
            emit Debited(buyer, amountMicros);
        }
        batch.grossMicros += uint128(sumMicros);
        batch.debitsHash = keccak256(abi.encode(batch.debitsHash, keccak256(debits)));
    }

    /**
     * Ends the batch: what was debited is credited to providers by a new root, less the fee. Each provider's share was rounded down, in favour of
     * the treasury, so a micro-dollar a credited provider may be missing, and two that the division of the whole leaves, and no more.
     */
    function close(bytes32 root_, uint256 creditedMicros_, uint256 providerCount) external onlyDispatcher whenNotPaused {
        _acceptIfDue();
        uint256 payableMicros = batch.grossMicros - _feeOf(batch.grossMicros) - (batch.grossMicros * creditBps) / BPS;
        if (creditedMicros_ > payableMicros) revert CreditTooLarge(creditedMicros_, payableMicros);
        if (creditedMicros_ + providerCount + 2 < payableMicros) revert CreditTooSmall(creditedMicros_, payableMicros);

        batch.root = root_;
        batch.creditedMicros = uint128(creditedMicros_);
        batch.closedAt = uint64(block.timestamp);
        emit Closed(batch.grossMicros, creditedMicros_, root_);
        if (windowSeconds == 0) _accept();
    }

    /// Anybody may, once the window is over; the next batch does it by the way.
    function accept() external whenNotPaused {
        if (batch.closedAt == 0) revert NothingPending();
        if (block.timestamp < windowEndsAt()) revert BatchPending(windowEndsAt());
        _accept();
    }

    /// Every debit of the closed batch goes back to its buyer; `parts` are the debits as they were posted.
    function veto(bytes[] calldata parts) external onlyGuardian {
        if (batch.closedAt == 0) revert NothingPending();
        if (block.timestamp >= windowEndsAt()) revert WindowOver(windowEndsAt());
        bytes32 debitsHash;
        for (uint256 i = 0; i < parts.length; i++) debitsHash = keccak256(abi.encode(debitsHash, keccak256(parts[i])));
        if (debitsHash != batch.debitsHash) revert NotThePendingDebits();

        for (uint256 i = 0; i < parts.length; i++) {
            for (uint256 offset = 0; offset < parts[i].length; offset += DEBIT_BYTES) {
                (address buyer, uint256 amountMicros) = _debitAt(parts[i], offset);
                depositMicros[buyer] += amountMicros;
            }
        }
        emit Vetoed(batch.grossMicros);
        delete batch;
    }

    /// `earnedMicros` is the sender's sum since the start, as it stands in the tree.
    function collect(uint64 earnedMicros, bytes32[] calldata proof) external whenNotPaused {
        if (!MerkleProof.verifyCalldata(proof, root, leafOf(msg.sender, earnedMicros))) revert InvalidProof(msg.sender, earnedMicros);
        if (earnedMicros <= collectedMicros[msg.sender]) revert NothingEarned(msg.sender);

        uint256 amountMicros = earnedMicros - collectedMicros[msg.sender];
        collectedMicros[msg.sender] = earnedMicros;
        collectedTotalMicros += amountMicros;
        // A tree whose leaves are more than its credit must not eat into the buyers' deposits.
        if (collectedTotalMicros > creditedMicros) revert RootOverdrawn(collectedTotalMicros, creditedMicros);
        escrowMicros -= amountMicros;
        dollar.safeTransfer(msg.sender, amountMicros);
        emit Collected(msg.sender, amountMicros);
    }

    function pause() external onlyGuardian {
        _pause();
    }

    function unpause() external onlyGuardian {
        _unpause();
    }

    function windowEndsAt() public view returns (uint256) {
        return batch.closedAt + windowSeconds;
    }

    /// 28 bytes, so that no pair of nodes, which has 64, is ever taken for a leaf.
    function leafOf(address provider, uint64 earnedMicros) public pure returns (bytes32) {
        return keccak256(abi.encodePacked(provider, earnedMicros));
    }

    /// On the way in a batch, and credited and not collected; then each buyer's deposit, then what each provider has collected.
    function read(address[] calldata buyers, address[] calldata providers) external view returns (uint256[] memory words) {
        words = new uint256[](2 + buyers.length + providers.length);
        words[0] = batch.grossMicros;
        words[1] = creditedMicros - collectedTotalMicros;
        uint256 cursor = 2;
        for (uint256 i = 0; i < buyers.length; i++) words[cursor++] = depositMicros[buyers[i]];
        for (uint256 i = 0; i < providers.length; i++) words[cursor++] = collectedMicros[providers[i]];
    }

    function _acceptIfDue() private {
        if (batch.closedAt == 0) return;
        if (block.timestamp < windowEndsAt()) revert BatchPending(windowEndsAt());
        _accept();
    }

    /// What is neither credited nor burned is the treasury's: its part of the fee, and what was rounded off.
    function _accept() private {
        Batch memory closed = batch;
        delete batch;
        uint256 feeMicros = _feeOf(closed.grossMicros);
        // Rounded down, in favour of the treasury.
        uint256 burnFeeMicros = (feeMicros * burnBps) / BPS + (closed.grossMicros * creditBps) / BPS;
        uint256 treasuryFeeMicros = closed.grossMicros - closed.creditedMicros - burnFeeMicros;
        root = closed.root;
        creditedMicros += closed.creditedMicros;
        escrowMicros -= burnFeeMicros + treasuryFeeMicros;
        dollar.safeTransfer(address(burnEngine), burnFeeMicros);
        dollar.safeTransfer(treasury, treasuryFeeMicros);
        emit Accepted(closed.creditedMicros, burnFeeMicros, treasuryFeeMicros);
    }

    /// Rounded down, in favour of the providers.
    function _feeOf(uint256 grossMicros) private view returns (uint256) {
        return (grossMicros * feeBps) / BPS;
    }

    function _debitAt(bytes calldata debits, uint256 offset) private pure returns (address buyer, uint256 amountMicros) {
        buyer = address(bytes20(debits[offset:offset + 20]));
        amountMicros = uint64(bytes8(debits[offset + 20:offset + 28]));
    }
}
