// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Dollar} from "../dollar/Dollar.sol";
import {NetworkToken} from "../token/NetworkToken.sol";

/// Pays its fees to holders who have locked tokens, by tokens times time left. A weight is linear in time, so what a lock earns of a
/// distribution of d dollars at time t over a total weight W is amount * (end * d / W - t * d / W): two running sums serve all locks.
contract VoteLock {
    using SafeERC20 for Dollar;
    using SafeERC20 for NetworkToken;

    error NothingToSpend();
    error ZeroAmount();
    error BadEnd(uint64 endsAt);
    error StillLocked(uint64 endsAt);
    error NothingOwed(address account);

    event Locked(address indexed account, uint256 amountWei, uint64 endsAt);
    event Withdrawn(address indexed account, uint256 amountWei);
    event Claimed(address indexed account, uint256 amountMicros);
    event Distributed(uint256 amountMicros, uint256 weightWei);

    /// Sums over all distributions of d / W and of t * d / W, times SCALE; the first rounds down and the second up.
    struct Sums {
        uint256 perWeight;
        uint256 timePerWeight;
    }

    struct Lock {
        uint128 amountWei;
        /// Unix seconds, a multiple of a day.
        uint64 endsAt;
        uint128 owedMicros;
        Sums paid;
    }

    uint256 private constant DAY = 1 days;
    uint256 private constant SCALE = 1 << 128;
    NetworkToken public immutable token;
    Dollar public immutable dollar;
    uint256 public immutable lockSecondsMax;

    /// Paid to holders since the beginning.
    uint128 public spentMicros;
    uint256 public lockedWei;
    uint256 public owedMicros;
    mapping(address account => Lock) public locks;
    Sums private _sums;
    /// Sums when a day's locks ended.
    mapping(uint256 endsAt => Sums) private _sumsAtEnd;
    mapping(uint256 endsAt => uint256) private _endingWei;
    /// Tokens of all locks that have not ended, and the sum of tokens times end.
    uint256 private _liveWei;
    uint256 private _liveWeiTimesEnd;
    /// Ends up to here are taken into account.
    uint256 private _advancedTo;

    constructor(NetworkToken token_, Dollar dollar_, uint256 lockSecondsMax_) {
        token = token_;
        dollar = dollar_;
        lockSecondsMax = lockSecondsMax_;
        _advancedTo = block.timestamp - (block.timestamp % DAY);
    }

    /// Pays out all dollars that are not owed yet; they wait while nobody has a lock.
    function execute() external {
        _advance();
        uint256 amountMicros = spendableMicros();
        uint256 weight = _liveWeiTimesEnd - _liveWei * block.timestamp;
        if (amountMicros == 0 || weight == 0) revert NothingToSpend();

        _sums.perWeight += Math.mulDiv(amountMicros, SCALE, weight);
        _sums.timePerWeight += Math.mulDiv(amountMicros * block.timestamp, SCALE, weight, Math.Rounding.Ceil);
        owedMicros += amountMicros;
        spentMicros += uint128(amountMicros);
        emit Distributed(amountMicros, weight / lockSecondsMax);
    }

    /// Adds tokens to the caller's lock, which from now on ends then.
    function lock(uint128 amountWei, uint64 endsAt) external {
        Lock storage own = locks[msg.sender];
        if (amountWei == 0) revert ZeroAmount();
        bool isSooner = own.amountWei > 0 && (own.endsAt <= block.timestamp || endsAt < own.endsAt);
        if (endsAt % DAY != 0 || endsAt <= block.timestamp || endsAt > block.timestamp + lockSecondsMax || isSooner) revert BadEnd(endsAt);

        _advance();
        _settle(own);
        uint256 before = own.amountWei;
        _endingWei[own.endsAt] -= before;
        _endingWei[endsAt] += before + amountWei;
        _liveWei += amountWei;
        _liveWeiTimesEnd = _liveWeiTimesEnd + (before + amountWei) * endsAt - before * own.endsAt;
        lockedWei += amountWei;
        own.amountWei += amountWei;
        own.endsAt = endsAt;
        token.safeTransferFrom(msg.sender, address(this), amountWei);
        emit Locked(msg.sender, amountWei, endsAt);
    }

    function withdraw() external {
        Lock storage own = locks[msg.sender];
        uint128 amountWei = own.amountWei;
        if (amountWei == 0) revert ZeroAmount();
        if (block.timestamp < own.endsAt) revert StillLocked(own.endsAt);

        _advance();
        _settle(own);
        own.amountWei = 0;
        lockedWei -= amountWei;
        token.safeTransfer(msg.sender, amountWei);
        emit Withdrawn(msg.sender, amountWei);
    }

    function claim() external {
        _advance();
        Lock storage own = locks[msg.sender];
        _settle(own);
        uint256 amountMicros = own.owedMicros;
        if (amountMicros == 0) revert NothingOwed(msg.sender);

        own.owedMicros = 0;
        owedMicros -= amountMicros;
        dollar.safeTransfer(msg.sender, amountMicros);
        emit Claimed(msg.sender, amountMicros);
    }

    /// Dollars that are not owed to anybody yet.
    function spendableMicros() public view returns (uint256) {
        return dollar.balanceOf(address(this)) - owedMicros;
    }

    /// In the burn engine's place: a lock burns nothing.
    function burnedWei() external pure returns (uint128) {
        return 0;
    }

    /// Locked wei, weight in wei, owed micros; then amount, end, and what is owed of each account.
    function read(address[] calldata accounts) external view returns (uint256[] memory amounts) {
        amounts = new uint256[](3 + 3 * accounts.length);
        (amounts[0], amounts[1], amounts[2]) = (lockedWei, _weightWei(), owedMicros);
        for (uint256 i = 0; i < accounts.length; i++) {
            Lock memory own = locks[accounts[i]];
            (amounts[3 + 3 * i], amounts[4 + 3 * i], amounts[5 + 3 * i]) = (own.amountWei, own.endsAt, own.owedMicros + _earned(own));
        }
    }

    /// Takes locks that have ended out of the weight.
    function _advance() private {
        for (uint256 end = _advancedTo + DAY; end <= block.timestamp; end += DAY) {
            _advancedTo = end;
            uint256 endingWei = _endingWei[end];
            if (endingWei == 0) continue;
            _liveWei -= endingWei;
            _liveWeiTimesEnd -= endingWei * end;
            _sumsAtEnd[end] = _sums;
        }
    }

    function _settle(Lock storage own) private {
        own.owedMicros += uint128(_earned(own));
        own.paid = _sumsOf(own);
    }

    /// Rounded down.
    function _earned(Lock memory own) private view returns (uint256) {
        Sums memory sums = _sumsOf(own);
        uint256 ahead = own.endsAt * (sums.perWeight - own.paid.perWeight);
        uint256 behind = sums.timePerWeight - own.paid.timePerWeight;
        return ahead > behind ? Math.mulDiv(own.amountWei, ahead - behind, SCALE) : 0;
    }

    /// An ended lock stands where the sums stood when it ended; before `_advance` has come there, nothing was paid since.
    function _sumsOf(Lock memory own) private view returns (Sums memory) {
        return own.amountWei > 0 && own.endsAt <= _advancedTo ? _sumsAtEnd[own.endsAt] : _sums;
    }

    /// Tokens times the part of the longest lock that is left, rounded down. Ends that `_advance` has not come to count nothing.
    function _weightWei() private view returns (uint256) {
        uint256 weight = _liveWeiTimesEnd;
        uint256 liveWei = _liveWei;
        for (uint256 end = _advancedTo + DAY; end <= block.timestamp; end += DAY) {
            liveWei -= _endingWei[end];
            weight -= _endingWei[end] * end;
        }
        return (weight - liveWei * block.timestamp) / lockSecondsMax;
    }
}
