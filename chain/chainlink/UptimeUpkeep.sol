// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AutomationCompatibleInterface} from "@chainlink/contracts/src/v0.8/automation/interfaces/AutomationCompatibleInterface.sol";
import {IReceiver} from "@chainlink/contracts/src/v0.8/keystone/interfaces/IReceiver.sol";
import {IERC165} from "@openzeppelin/contracts@5.0.2/utils/introspection/IERC165.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ProviderRegistry} from "../registry/ProviderRegistry.sol";
import {NetworkToken} from "../token/NetworkToken.sol";
import {WardedRegistry} from "./WardedRegistry.sol";

/// Hears of every provider's uptime from a committee, day by day, and once a month pays a bonus to those who were up, out of a budget, and
/// penalises those who were not. Anybody may do the upkeep and is paid for it; Chainlink's own registries of upkeeps are not free software.
contract UptimeUpkeep is AutomationCompatibleInterface, IReceiver {
    using SafeERC20 for NetworkToken;

    error NotForwarder(address caller);
    error WrongWorkflow(address owner);
    error DayClosed(uint32 day, uint32 nextDay);
    error DayNotOver(uint32 day);
    error WrongMonth(uint32 day, uint32 month);
    error NotDue(uint32 month, uint256 from, uint256 to);

    event UptimeReported(uint32 day, uint256 providerCount);
    event BonusPaid(address indexed provider, uint32 month, uint256 uptimeBps, uint256 amountWei);
    event Penalised(address indexed provider, uint32 month, uint256 uptimeBps);
    event UpkeepPerformed(address indexed keeper, uint32 month, uint256 from, uint256 to, uint256 feeWei, bool isMonthSettled);

    struct Terms {
        uint256 bonusWeiPerGpu;
        uint256 uptimeBpsMin;
        /// Mean uptime below which a provider is penalised.
        uint256 penaltyBpsMax;
        uint256 slashBps;
        bool putsOut;
        uint32 monthDays;
        uint256 feeWei;
    }

    /// What was reported of a provider in a month; one storage slot, used again.
    struct Record {
        uint32 month;
        uint32 dayCount;
        uint64 sumBps;
    }

    uint256 private constant VALUES_PER_WORD = 16;
    uint256 private constant PAGE = 50;
    /// Nobody is penalised on less evidence.
    uint256 private constant PENALTY_DAYS_MIN = 7;
    NetworkToken public immutable token;
    WardedRegistry public immutable registry;
    address public immutable forwarder;
    address public immutable workflowOwner;
    uint256 public immutable startSeconds;

    Terms public terms;
    /// Months are numbered from 1, so that no record is of month 0.
    uint32 public month = 1;
    uint32 public nextDay;
    uint32 public reportedDays;
    uint256 public cursor;
    mapping(uint256 index => Record) private _records;

    constructor(
        NetworkToken token_,
        WardedRegistry registry_,
        address forwarder_,
        address workflowOwner_,
        uint256 startSeconds_,
        Terms memory terms_
    ) {
        token = token_;
        registry = registry_;
        forwarder = forwarder_;
        workflowOwner = workflowOwner_;
        startSeconds = startSeconds_;
        terms = terms_;
    }

    /// A report is abi.encode(uint32 day, uint256[] words): 16 values a word by registry index, uptime in basis points and 1, or 0 of whom nothing
    /// is said. A day that nobody reports counts for nobody.
    function onReport(bytes calldata metadata, bytes calldata report) external {
        if (msg.sender != forwarder) revert NotForwarder(msg.sender);
        // Workflow id (32 bytes), name (10), owner (20), report id (2).
        address owner = address(bytes20(metadata[42:62]));
        if (owner != workflowOwner) revert WrongWorkflow(owner);
        (uint32 day, uint256[] memory words) = abi.decode(report, (uint32, uint256[]));
        if (day < nextDay) revert DayClosed(day, nextDay);
        if (block.timestamp < startSeconds + (uint256(day) + 1) * 1 days) revert DayNotOver(day);
        if (day / terms.monthDays + 1 != month || cursor > 0) revert WrongMonth(day, month);

        nextDay = day + 1;
        reportedDays++;
        uint256 count = Math.min(registry.count(), words.length * VALUES_PER_WORD);
        for (uint256 i = 0; i < count; i++) {
            uint256 value = uint16(words[i / VALUES_PER_WORD] >> (16 * (i % VALUES_PER_WORD)));
            if (value > 0) _note(i, uint64(Math.min(value - 1, 10_000)));
        }
        emit UptimeReported(day, count);
    }

    /// Pays and penalises a page of providers; the last page ends the month.
    function performUpkeep(bytes calldata performData) external {
        (uint32 ofMonth, uint256 from, uint256 to) = abi.decode(performData, (uint32, uint256, uint256));
        (bool isDue, uint256 end) = _due();
        if (!isDue || ofMonth != month || from != cursor || to != end) revert NotDue(ofMonth, from, to);

        address[] memory providers = registry.list();
        for (uint256 i = from; i < to; i++) _settle(i, providers[i]);
        bool isMonthSettled = to == providers.length;
        if (isMonthSettled) (month, reportedDays, cursor) = (ofMonth + 1, 0, 0);
        else cursor = to;
        uint256 feeWei = _pay(msg.sender, terms.feeWei);
        emit UpkeepPerformed(msg.sender, ofMonth, from, to, feeWei, isMonthSettled);
    }

    function checkUpkeep(bytes calldata) external view returns (bool upkeepNeeded, bytes memory performData) {
        (bool isDue, uint256 to) = _due();
        return (isDue, abi.encode(month, cursor, to));
    }

    function recordOf(uint256 index) external view returns (Record memory) {
        return _records[index];
    }

    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return interfaceId == type(IReceiver).interfaceId || interfaceId == type(IERC165).interfaceId;
    }

    /// A month is settled when its last day has been reported, or is a day ago.
    function _due() private view returns (bool isDue, uint256 to) {
        uint256 endDay = uint256(month) * terms.monthDays;
        isDue = nextDay >= endDay || block.timestamp >= startSeconds + (endDay + 1) * 1 days;
        to = Math.min(registry.count(), cursor + PAGE);
    }

    function _note(uint256 index, uint64 bps) private {
        Record storage record = _records[index];
        if (record.month != month) (record.month, record.dayCount, record.sumBps) = (month, 0, 0);
        record.dayCount++;
        record.sumBps += bps;
    }

    /// The mean uptime rounds down. A bonus is for those who were there on every day reported, and on half the month at least.
    function _settle(uint256 index, address provider) private {
        Record memory record = _records[index];
        ProviderRegistry.Provider memory entry = registry.providerOf(provider);
        if (record.month != month || entry.status != ProviderRegistry.Status.Active) return;
        uint256 uptimeBps = record.sumBps / record.dayCount;
        bool isWhole = record.dayCount == reportedDays && reportedDays * 2 >= terms.monthDays;
        if (isWhole && record.sumBps >= terms.uptimeBpsMin * record.dayCount) {
            uint256 amountWei = _pay(provider, terms.bonusWeiPerGpu * entry.gpuCount);
            if (amountWei > 0) emit BonusPaid(provider, month, uptimeBps, amountWei);
        }
        if (record.dayCount >= PENALTY_DAYS_MIN && record.sumBps < terms.penaltyBpsMax * record.dayCount) {
            registry.penalise(provider, terms.slashBps, terms.putsOut);
            emit Penalised(provider, month, uptimeBps);
        }
    }

    /// As much of it as is left.
    function _pay(address to, uint256 amountWei) private returns (uint256 paidWei) {
        paidWei = Math.min(amountWei, token.balanceOf(address(this)));
        if (paidWei > 0) token.safeTransfer(to, paidWei);
    }
}
