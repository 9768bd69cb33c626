// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ProviderRegistry} from "../registry/ProviderRegistry.sol";
import {RewardDistributor} from "../rewards/RewardDistributor.sol";

/// Proof of physical work: providers claim, reporters say what they saw, the median stands once a quorum has reported.
contract WorkOracle {
    error EpochClosed(uint32 epoch, uint32 nextEpoch);
    error NotRegistered(address account);
    error NotReporter(address account);
    error TooManyValues(uint256 wordCount, uint256 wordCountMax);
    error NoQuorum(uint256 reportCount, uint256 quorum);
    error InvalidQuorum(uint256 quorum, uint256 reporterCount);
    error BpsTooLarge(uint256 bps);

    event WorkClaimed(address indexed provider, uint32 epoch, uint64 workMillis);
    event Reported(address indexed reporter, uint32 epoch);
    event Mismatched(address indexed provider, uint32 epoch, uint64 claimedMillis, uint64 medianMillis);
    event Finalised(uint32 epoch, uint256 verifiedWorkMillis);

    struct Claim {
        uint32 epoch;
        uint64 workMillis;
    }

    struct Report {
        bool isReporter;
        /// The epoch after the one reported; 0 before the first report.
        uint32 epochEnd;
        /// Eight uint32 values a word: registry index i is bits 32 * (i % 8) of word i / 8. A missing word is zeros.
        uint256[] words;
    }

    uint256 private constant BPS = 10_000;
    uint256 private constant VALUES_PER_WORD = 8;
    ProviderRegistry public immutable registry;
    RewardDistributor public immutable distributor;
    uint256 public immutable quorum;
    uint256 public immutable toleranceBps;
    uint256 public immutable slashBps;

    /// Epochs below this one are final, or were passed over because they never had a quorum.
    uint32 public nextEpoch;
    address[] private _reporters;
    mapping(address reporter => Report) private _reports;
    mapping(address provider => Claim) public claims;

    constructor(
        ProviderRegistry registry_,
        RewardDistributor distributor_,
        address[] memory reporters_,
        uint256 quorum_,
        uint256 toleranceBps_,
        uint256 slashBps_
    ) {
        if (quorum_ == 0 || quorum_ > reporters_.length) revert InvalidQuorum(quorum_, reporters_.length);
        if (slashBps_ > BPS) revert BpsTooLarge(slashBps_);
        registry = registry_;
        distributor = distributor_;
        quorum = quorum_;
        toleranceBps = toleranceBps_;
        slashBps = slashBps_;
        _reporters = reporters_;
        for (uint256 i = 0; i < reporters_.length; i++) _reports[reporters_[i]].isReporter = true;
    }

    function claimWork(uint32 epoch, uint64 workMillis) external {
        if (epoch < nextEpoch) revert EpochClosed(epoch, nextEpoch);
        if (registry.statusOf(msg.sender) == ProviderRegistry.Status.Absent) revert NotRegistered(msg.sender);

        claims[msg.sender] = Claim(epoch, workMillis);
        emit WorkClaimed(msg.sender, epoch, workMillis);
    }

    function report(uint32 epoch, uint256[] calldata words) external {
        Report storage own = _reports[msg.sender];
        if (!own.isReporter) revert NotReporter(msg.sender);
        if (epoch < nextEpoch) revert EpochClosed(epoch, nextEpoch);
        uint256 wordCountMax = (registry.count() + VALUES_PER_WORD - 1) / VALUES_PER_WORD; // rounded up: the last word may be part full
        if (words.length > wordCountMax) revert TooManyValues(words.length, wordCountMax);

        own.epochEnd = epoch + 1;
        own.words = words;
        emit Reported(msg.sender, epoch);
    }

    /// Takes the medians, slashes false claims and credits the epoch's emission by verified work.
    function finalise(uint32 epoch) external {
        if (epoch < nextEpoch) revert EpochClosed(epoch, nextEpoch);
        uint256[][] memory reports = _reportsOf(epoch);
        if (reports.length < quorum) revert NoQuorum(reports.length, quorum);

        nextEpoch = epoch + 1;
        address[] memory providers = registry.list();
        uint256[] memory workMillis = new uint256[](providers.length);
        uint256 verifiedMillis;
        for (uint256 i = 0; i < providers.length; i++) {
            workMillis[i] = _verify(epoch, providers[i], _median(reports, i));
            verifiedMillis += workMillis[i];
        }
        distributor.credit(epoch, providers, workMillis);
        emit Finalised(epoch, verifiedMillis);
    }

    /// Reports that an epoch has.
    function reportCount(uint32 epoch) public view returns (uint256 made) {
        for (uint256 i = 0; i < _reporters.length; i++) if (_reports[_reporters[i]].epochEnd == epoch + 1) made++;
    }

    function reporters() external view returns (address[] memory) {
        return _reporters;
    }

    /// The work that counts: the lesser of claim and median, or none for a claim above the median by more than the tolerance.
    function _verify(uint32 epoch, address provider, uint256 medianMillis) internal virtual returns (uint256) {
        Claim memory claim = claims[provider];
        if (claim.epoch != epoch) return 0;
        // The tolerance rounds down, against the provider.
        if (claim.workMillis > medianMillis + (medianMillis * toleranceBps) / BPS) {
            emit Mismatched(provider, epoch, claim.workMillis, uint64(medianMillis));
            registry.slash(provider, slashBps);
            return 0;
        }
        return claim.workMillis < medianMillis ? claim.workMillis : medianMillis;
    }

    function _reportsOf(uint32 epoch) private view returns (uint256[][] memory reports) {
        reports = new uint256[][](reportCount(epoch));
        uint256 filled;
        for (uint256 i = 0; i < _reporters.length; i++) {
            Report storage one = _reports[_reporters[i]];
            if (one.epochEnd == epoch + 1) reports[filled++] = one.words;
        }
    }

    /// The middle value of all reports on one registry index, the upper one of an even count.
    function _median(uint256[][] memory reports, uint256 index) private pure returns (uint256) {
        uint256[] memory sorted = new uint256[](reports.length);
        for (uint256 i = 0; i < reports.length; i++) {
            uint256 value = _valueAt(reports[i], index);
            uint256 place = i;
            for (; place > 0 && sorted[place - 1] > value; place--) sorted[place] = sorted[place - 1];
            sorted[place] = value;
        }
        return sorted[sorted.length / 2];
    }

    function _valueAt(uint256[] memory words, uint256 index) private pure returns (uint256) {
        uint256 word = index / VALUES_PER_WORD;
        return word < words.length ? uint32(words[word] >> (32 * (index % VALUES_PER_WORD))) : 0;
    }
}
