// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Dollar} from "../dollar/Dollar.sol";
import {EmissionController} from "../emissions/EmissionController.sol";
import {IBonding} from "../emissions/IBonding.sol";
import {ProviderRegistry} from "../registry/ProviderRegistry.sol";
import {NetworkToken} from "../token/NetworkToken.sol";

/// Holders stake tokens for a share of the emission, in tokens, and of the treasury's fees, in dollars. It stands between the controller and
/// the distributor, and takes the treasury's fees from the job market; what it does not keep goes on to them.
contract TokenStaking is IBonding {
    using SafeERC20 for Dollar;
    using SafeERC20 for NetworkToken;

    error NotDistributor(address caller);
    error BpsTooLarge(uint256 bps);
    error ZeroAmount();
    error InsufficientStake(uint256 stakedWei, uint256 amountWei);
    error StillUnbonding(uint64 unbondsAt);
    error NothingToDistribute();
    error NothingEarned(address account);

    event Funded(uint256 amountWei);
    event Given(uint256 amountWei);
    event Distributed(uint256 stakersMicros, uint256 treasuryMicros);
    event Staked(address indexed account, uint256 amountWei);
    event UnstakeRequested(address indexed account, uint256 amountWei, uint64 unbondsAt);
    event Withdrawn(address indexed account, uint256 amountWei);
    event Claimed(address indexed account, uint256 amountWei, uint256 amountMicros);

    struct Terms {
        address distributor;
        address treasury;
        uint256 emissionBps;
        uint256 feeBps;
        uint256 unbondingSeconds;
    }

    struct Staker {
        uint128 stakedWei;
        uint128 unbondingWei;
        uint64 unbondsAt;
        uint128 earnedWei;
        uint128 earnedMicros;
        uint256 weiPerStake;
        uint256 microsPerStake;
    }

    uint256 private constant BPS = 10_000;
    uint256 private constant SCALE = 1e36;
    NetworkToken public immutable token;
    Dollar public immutable dollar;
    ProviderRegistry public immutable registry;
    EmissionController public immutable emissions;
    address public immutable distributor;
    address public immutable treasury;
    uint256 public immutable emissionBps;
    uint256 public immutable feeBps;
    uint256 public immutable unbondingSeconds;

    uint256 public stakedWei;
    uint256 public unbondingWei;
    uint256 public owedWei;
    uint256 public owedMicros;
    /// What one wei of stake has earned since the beginning, times SCALE, rounded down.
    uint256 public weiPerStake;
    uint256 public microsPerStake;
    mapping(address account => Staker) public stakers;

    constructor(NetworkToken token_, Dollar dollar_, ProviderRegistry registry_, EmissionController emissions_, Terms memory terms) {
        if (terms.emissionBps > BPS) revert BpsTooLarge(terms.emissionBps);
        if (terms.feeBps > BPS) revert BpsTooLarge(terms.feeBps);
        token = token_;
        dollar = dollar_;
        registry = registry_;
        emissions = emissions_;
        distributor = terms.distributor;
        treasury = terms.treasury;
        emissionBps = terms.emissionBps;
        feeBps = terms.feeBps;
        unbondingSeconds = terms.unbondingSeconds;
    }

    /// In the controller's place: releases the epoch's emission, keeps the stakers' share, rounded down, and passes on the rest.
    function release(uint32 epoch, uint256 verifiedMillis) external returns (uint256 restWei) {
        if (msg.sender != distributor) revert NotDistributor(msg.sender);

        uint256 releasedWei = emissions.release(epoch, verifiedMillis);
        uint256 ownWei = stakedWei == 0 ? 0 : (releasedWei * emissionBps) / BPS;
        restWei = releasedWei - ownWei;
        if (ownWei > 0) _credit(ownWei);
        token.safeTransfer(distributor, restWei);
        emit Funded(ownWei);
    }

    /// Shares out the fees that have come in; the stakers' share rounds down, and is nothing while nobody stakes.
    function distribute() external {
        uint256 newMicros = dollar.balanceOf(address(this)) - owedMicros;
        if (newMicros == 0) revert NothingToDistribute();

        uint256 ownMicros = stakedWei == 0 ? 0 : (newMicros * feeBps) / BPS;
        if (ownMicros > 0) {
            microsPerStake += Math.mulDiv(ownMicros, SCALE, stakedWei);
            owedMicros += ownMicros;
        }
        dollar.safeTransfer(treasury, newMicros - ownMicros);
        emit Distributed(ownMicros, newMicros - ownMicros);
    }

    /// A gift to all stakers; to the treasury while nobody stakes.
    function give(uint256 amountWei) external {
        if (amountWei == 0) revert ZeroAmount();

        token.safeTransferFrom(msg.sender, stakedWei == 0 ? treasury : address(this), amountWei);
        if (stakedWei > 0) _credit(amountWei);
        emit Given(stakedWei > 0 ? amountWei : 0);
    }

    function stake(uint128 amountWei) external {
        if (amountWei == 0) revert ZeroAmount();

        Staker storage own = _settle(msg.sender);
        own.stakedWei += amountWei;
        stakedWei += amountWei;
        token.safeTransferFrom(msg.sender, address(this), amountWei);
        emit Staked(msg.sender, amountWei);
    }

    /// The stake earns nothing any more; what is unbonding already waits anew with it.
    function requestUnstake(uint128 amountWei) external {
        if (amountWei == 0) revert ZeroAmount();
        Staker storage own = _settle(msg.sender);
        if (amountWei > own.stakedWei) revert InsufficientStake(own.stakedWei, amountWei);

        own.stakedWei -= amountWei;
        own.unbondingWei += amountWei;
        own.unbondsAt = uint64(block.timestamp + unbondingSeconds);
        stakedWei -= amountWei;
        unbondingWei += amountWei;
        emit UnstakeRequested(msg.sender, amountWei, own.unbondsAt);
    }

    function withdraw() external {
        Staker storage own = stakers[msg.sender];
        uint128 amountWei = own.unbondingWei;
        if (amountWei == 0) revert ZeroAmount();
        if (block.timestamp < own.unbondsAt) revert StillUnbonding(own.unbondsAt);

        own.unbondingWei = 0;
        unbondingWei -= amountWei;
        token.safeTransfer(msg.sender, amountWei);
        emit Withdrawn(msg.sender, amountWei);
    }

    function claim() external {
        Staker storage own = _settle(msg.sender);
        (uint128 amountWei, uint128 amountMicros) = (own.earnedWei, own.earnedMicros);
        if (amountWei == 0 && amountMicros == 0) revert NothingEarned(msg.sender);

        (own.earnedWei, own.earnedMicros) = (0, 0);
        owedWei -= amountWei;
        owedMicros -= amountMicros;
        token.safeTransfer(msg.sender, amountWei);
        dollar.safeTransfer(msg.sender, amountMicros);
        emit Claimed(msg.sender, amountWei, amountMicros);
    }

    /// Providers' stakes and holders' stakes together: what an emission model may look at.
    function totalStakeWei() external view returns (uint256) {
        return registry.totalStakeWei() + stakedWei;
    }

    /// Staked and unbonding wei, owed wei and micros, both earnings of a stake times SCALE; then staked and unbonding wei, its end, earned wei
    /// and micros of each account.
    function read(address[] calldata accounts) external view returns (uint256[] memory amounts) {
        amounts = new uint256[](6 + 5 * accounts.length);
        (amounts[0], amounts[1], amounts[2], amounts[3]) = (stakedWei, unbondingWei, owedWei, owedMicros);
        (amounts[4], amounts[5]) = (weiPerStake, microsPerStake);
        for (uint256 i = 0; i < accounts.length; i++) {
            Staker memory own = stakers[accounts[i]];
            uint256 place = 6 + 5 * i;
            (amounts[place], amounts[place + 1], amounts[place + 2]) = (own.stakedWei, own.unbondingWei, own.unbondsAt);
            amounts[place + 3] = own.earnedWei + _earned(own.stakedWei, weiPerStake - own.weiPerStake);
            amounts[place + 4] = own.earnedMicros + _earned(own.stakedWei, microsPerStake - own.microsPerStake);
        }
    }

    function _credit(uint256 amountWei) private {
        weiPerStake += Math.mulDiv(amountWei, SCALE, stakedWei);
        owedWei += amountWei;
    }

    function _settle(address account) private returns (Staker storage own) {
        own = stakers[account];
        own.earnedWei += uint128(_earned(own.stakedWei, weiPerStake - own.weiPerStake));
        own.earnedMicros += uint128(_earned(own.stakedWei, microsPerStake - own.microsPerStake));
        (own.weiPerStake, own.microsPerStake) = (weiPerStake, microsPerStake);
    }

    /// Rounded down, so that all earnings together never exceed what is owed.
    function _earned(uint256 amountWei, uint256 perStake) private pure returns (uint256) {
        return Math.mulDiv(amountWei, perStake, SCALE);
    }
}
