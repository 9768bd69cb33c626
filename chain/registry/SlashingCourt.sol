// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {JobMarket} from "../market/JobMarket.sol";
import {NetworkToken} from "../token/NetworkToken.sol";
import {OutsideVenue} from "../venue/OutsideVenue.sol";
import {CourtRegistry} from "./CourtRegistry.sol";
import {ProviderRegistry} from "./ProviderRegistry.sol";

/**
 * Where slashed stakes wait. A provider may appeal; then a second committee, the judges, decides by majority, and in a tie the slash stands.
 * Of a slash that stands, a part is the reporter's, a part is for an insurance pool that pays harmed buyers, and the rest is burned. Who was
 * slashed before loses more.
 */
contract SlashingCourt {
    using SafeERC20 for NetworkToken;

    error NotRegistry(address caller);
    error NotAccused(address caller);
    error NotJudge(address caller);
    error AlreadyAppealed(uint256 id);
    error AlreadyRuled(address judge);
    error NotAppealed(uint256 id);
    error TooLate(uint40 decidesAt);
    error TooEarly(uint40 decidesAt);
    error Closed(uint256 id);
    error BpsTooLarge(uint256 bps);

    event CaseOpened(uint256 indexed id, address indexed provider, uint128 amountWei, uint40 decidesAt);
    event Appealed(uint256 indexed id, address indexed provider, uint40 decidesAt);
    event Ruled(uint256 indexed id, address indexed judge, bool isUpheld);
    event Upheld(uint256 indexed id, address indexed provider, uint256 burnedWei, uint256 rewardWei, uint256 insuredWei);
    event Rewarded(uint256 indexed id, address indexed reporter, uint256 amountWei);
    event Overturned(uint256 indexed id, address indexed provider, uint128 amountWei, bool isStake);
    event HarmFiled(uint256 indexed id, address indexed buyer, uint32 slot, uint64 amountMicros);
    event Compensated(uint256 indexed id, address indexed buyer, uint256 amountWei);

    struct Terms {
        uint256 insuranceBps;
        uint256 reporterBps;
        /// How much more each earlier slash that stands makes the next one, as a share of its fraction.
        uint256 escalationBps;
        /// 0: nobody can appeal.
        uint256 appealSeconds;
        address[] judges;
    }

    struct Case {
        address provider;
        uint40 decidesAt;
        uint16 upholds;
        uint16 overturns;
        bool isAppealed;
        bool isClosed;
        address reporter;
        uint128 amountWei;
    }

    struct Harm {
        address buyer;
        uint64 amountMicros;
    }

    uint256 private constant BPS = 10_000;
    /// Harms that one case takes, first come, first served: a case is settled in one transaction, which must fit into a block.
    uint256 public constant HARMS_MAX = 50;
    NetworkToken public immutable token;
    CourtRegistry public immutable registry;
    JobMarket public immutable market;
    OutsideVenue public immutable venue;
    uint256 public immutable insuranceBps;
    uint256 public immutable reporterBps;
    uint256 public immutable escalationBps;
    uint256 public immutable appealSeconds;

    uint256 public frozenWei;
    uint256 public insuredWei;
    Case[] public cases;
    /// Slashes that stand or are not decided yet.
    mapping(address provider => uint256) public offences;
    mapping(address account => bool) public isJudge;
    mapping(uint256 id => mapping(address judge => bool)) private _hasRuled;
    mapping(uint256 id => Harm[]) private _harms;
    mapping(uint256 id => mapping(address buyer => mapping(uint32 slot => bool))) private _isFiled;

    constructor(NetworkToken token_, CourtRegistry registry_, JobMarket market_, OutsideVenue venue_, Terms memory terms) {
        if (terms.insuranceBps + terms.reporterBps > BPS) revert BpsTooLarge(terms.insuranceBps + terms.reporterBps);
        token = token_;
        registry = registry_;
        market = market_;
        venue = venue_;
        insuranceBps = terms.insuranceBps;
        reporterBps = terms.reporterBps;
        escalationBps = terms.escalationBps;
        appealSeconds = terms.appealSeconds;
        for (uint256 i = 0; i < terms.judges.length; i++) isJudge[terms.judges[i]] = true;
    }

    /// The registry has sent a slashed stake. Where nobody can appeal and nobody is insured, it is decided at once.
    function open(address provider, uint128 amountWei, address reporter) external {
        if (msg.sender != address(registry)) revert NotRegistry(msg.sender);

        uint256 id = cases.length;
        uint40 decidesAt = uint40(block.timestamp + appealSeconds);
        cases.push(Case(provider, decidesAt, 0, 0, false, false, reporter, amountWei));
        offences[provider]++;
        frozenWei += amountWei;
        emit CaseOpened(id, provider, amountWei, decidesAt);
        if (appealSeconds == 0 && insuranceBps == 0) _uphold(id, cases[id]);
    }

    /// The judges get as long as the provider had.
    function appeal(uint256 id) external {
        Case storage one = cases[id];
        if (msg.sender != one.provider) revert NotAccused(msg.sender);
        if (block.timestamp >= one.decidesAt) revert TooLate(one.decidesAt);
        if (one.isAppealed) revert AlreadyAppealed(id);

        one.isAppealed = true;
        one.decidesAt = uint40(block.timestamp + appealSeconds);
        emit Appealed(id, msg.sender, one.decidesAt);
    }

    function rule(uint256 id, bool isUpheld) external {
        Case storage one = cases[id];
        if (!isJudge[msg.sender]) revert NotJudge(msg.sender);
        if (!one.isAppealed) revert NotAppealed(id);
        if (block.timestamp >= one.decidesAt) revert TooLate(one.decidesAt);
        if (_hasRuled[id][msg.sender]) revert AlreadyRuled(msg.sender);

        _hasRuled[id][msg.sender] = true;
        if (isUpheld) one.upholds++;
        else one.overturns++;
        emit Ruled(id, msg.sender, isUpheld);
    }

    /**
     * Anybody may name open jobs that the provider of an open case holds: their buyers are harmed by as much as is in escrow. Others are passed over, and all
     * once the case has HARMS_MAX.
     */
    function fileHarm(uint256 id, address[] calldata buyers, uint32[] calldata slots) external {
        address provider = cases[id].provider;
        if (cases[id].isClosed) revert Closed(id);

        for (uint256 i = 0; i < buyers.length && _harms[id].length < HARMS_MAX; i++) {
            (address holder,, uint64 amountMicros) = market.jobs(buyers[i], slots[i]);
            if (holder != provider || _isFiled[id][buyers[i]][slots[i]]) continue;
            _isFiled[id][buyers[i]][slots[i]] = true;
            _harms[id].push(Harm(buyers[i], amountMicros));
            emit HarmFiled(id, buyers[i], slots[i], amountMicros);
        }
    }

    /// Anybody may close a case whose time is up.
    function settle(uint256 id) external {
        Case storage one = cases[id];
        if (one.isClosed) revert Closed(id);
        if (block.timestamp < one.decidesAt) revert TooEarly(one.decidesAt);

        if (one.overturns > one.upholds) _overturn(id, one);
        else _uphold(id, one);
    }

    /// What a slash comes to for this provider, at most all of the stake; rounded down.
    function sentenceBps(address provider, uint256 bps) external view returns (uint256) {
        uint256 sentenced = (bps * (BPS + escalationBps * offences[provider])) / BPS;
        return sentenced < BPS ? sentenced : BPS;
    }

    function caseCount() external view returns (uint256) {
        return cases.length;
    }

    /// Frozen and insured wei and the number of cases; then the slashes of each account that stand or are not decided.
    function read(address[] calldata accounts) external view returns (uint256[] memory words) {
        words = new uint256[](3 + accounts.length);
        (words[0], words[1], words[2]) = (frozenWei, insuredWei, cases.length);
        for (uint256 i = 0; i < accounts.length; i++) words[3 + i] = offences[accounts[i]];
    }

    /// A provider that has left gets it in hand.
    function _overturn(uint256 id, Case storage one) private {
        one.isClosed = true;
        frozenWei -= one.amountWei;
        offences[one.provider]--;
        bool isStake = registry.statusOf(one.provider) != ProviderRegistry.Status.Absent;
        token.safeTransfer(isStake ? address(registry) : one.provider, one.amountWei);
        if (isStake) registry.restore(one.provider, one.amountWei);
        emit Overturned(id, one.provider, one.amountWei, isStake);
    }

    /// Parts of reporter and insurance round down; what is left is burned, with the part of a reporter that nobody is.
    function _uphold(uint256 id, Case storage one) private {
        one.isClosed = true;
        uint256 rewardWei = one.reporter == address(0) ? 0 : (one.amountWei * reporterBps) / BPS;
        uint256 poolWei = (one.amountWei * insuranceBps) / BPS;
        uint256 burnedWei = one.amountWei - rewardWei - poolWei;
        frozenWei -= one.amountWei;
        insuredWei += poolWei;
        if (burnedWei > 0) token.burn(burnedWei);
        emit Upheld(id, one.provider, burnedWei, rewardWei, poolWei);
        if (rewardWei > 0) {
            token.safeTransfer(one.reporter, rewardWei);
            emit Rewarded(id, one.reporter, rewardWei);
        }
        _compensate(id);
    }

    /// Each buyer gets its harm in tokens at the venue's price, or less where the pool has less; both round down.
    function _compensate(uint256 id) private {
        Harm[] storage harms = _harms[id];
        uint256 totalMicros;
        for (uint256 i = 0; i < harms.length; i++) totalMicros += harms[i].amountMicros;
        if (totalMicros == 0) return;
        uint256 harmWei = (totalMicros * 1e18) / venue.priceMicros();
        uint256 potWei = harmWei < insuredWei ? harmWei : insuredWei;
        for (uint256 i = 0; i < harms.length; i++) {
            uint256 paidWei = (potWei * harms[i].amountMicros) / totalMicros;
            insuredWei -= paidWei;
            token.safeTransfer(harms[i].buyer, paidWei);
            emit Compensated(id, harms[i].buyer, paidWei);
        }
    }
}
