// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IBonding} from "../emissions/IBonding.sol";
import {NetworkToken} from "../token/NetworkToken.sol";

/// Providers, their stake, unbonding and slashing. A slashed stake is burned.
contract ProviderRegistry is IBonding {
    using SafeERC20 for NetworkToken;

    error ZeroGpus();
    error InsufficientStake(uint256 stakeWei, uint256 requiredWei);
    error AlreadyRegistered(address provider);
    error NotActive(address provider);
    error ZeroAmount();
    error NotUnbonding(address provider);
    error StillUnbonding(uint40 unbondsAt);
    error NotOracle(address caller);

    event Registered(address indexed provider, uint32 gpuCount, uint128 stakeWei);
    event StakeAdded(address indexed provider, uint128 amountWei);
    event ExitRequested(address indexed provider, uint40 unbondsAt);
    event Withdrawn(address indexed provider, uint128 amountWei);
    event Slashed(address indexed provider, uint128 amountWei);

    enum Status {
        Absent,
        Active,
        Unbonding
    }

    /// One storage slot.
    struct Provider {
        uint128 stakeWei;
        uint32 gpuCount;
        /// Unix seconds from which an unbonding stake can be withdrawn; 0 while active or absent.
        uint40 unbondsAt;
        /// 1 + index in the list, kept for ever; 0 for an account that never registered.
        uint32 number;
        Status status;
    }

    uint256 private constant BPS = 10_000;
    NetworkToken public immutable token;
    address public immutable oracle;
    uint256 public immutable stakeWeiPerGpu;
    uint256 public immutable unbondingSeconds;

    uint256 public totalStakeWei;
    /// GPUs of all active providers.
    uint256 public activeGpus;
    mapping(address account => Provider) internal _providers;
    address[] private _list;

    constructor(NetworkToken token_, address oracle_, uint256 stakeWeiPerGpu_, uint256 unbondingSeconds_) {
        token = token_;
        oracle = oracle_;
        stakeWeiPerGpu = stakeWeiPerGpu_;
        unbondingSeconds = unbondingSeconds_;
    }

    function register(uint32 gpuCount, uint128 stakeWei) external {
        Provider storage provider = _providers[msg.sender];
        uint256 requiredWei = gpuCount * stakeWeiPerGpu;
        if (gpuCount == 0) revert ZeroGpus();
        if (stakeWei < requiredWei) revert InsufficientStake(stakeWei, requiredWei);
        if (provider.status != Status.Absent) revert AlreadyRegistered(msg.sender);

        if (provider.number == 0) {
            _list.push(msg.sender);
            provider.number = uint32(_list.length);
        }
        provider.stakeWei = stakeWei;
        provider.gpuCount = gpuCount;
        provider.status = Status.Active;
        totalStakeWei += stakeWei;
        activeGpus += gpuCount;
        token.safeTransferFrom(msg.sender, address(this), stakeWei);
        emit Registered(msg.sender, gpuCount, stakeWei);
    }

    function addStake(uint128 amountWei) external {
        Provider storage provider = _providers[msg.sender];
        if (provider.status != Status.Active) revert NotActive(msg.sender);
        if (amountWei == 0) revert ZeroAmount();

        provider.stakeWei += amountWei;
        totalStakeWei += amountWei;
        token.safeTransferFrom(msg.sender, address(this), amountWei);
        emit StakeAdded(msg.sender, amountWei);
    }

    function requestExit() public virtual {
        Provider storage provider = _providers[msg.sender];
        if (provider.status != Status.Active) revert NotActive(msg.sender);

        provider.status = Status.Unbonding;
        provider.unbondsAt = uint40(block.timestamp + unbondingSeconds);
        activeGpus -= provider.gpuCount;
        emit ExitRequested(msg.sender, provider.unbondsAt);
    }

    function withdraw() external {
        Provider storage provider = _providers[msg.sender];
        if (provider.status != Status.Unbonding) revert NotUnbonding(msg.sender);
        if (block.timestamp < provider.unbondsAt) revert StillUnbonding(provider.unbondsAt);

        uint128 amountWei = provider.stakeWei;
        _providers[msg.sender] = Provider({stakeWei: 0, gpuCount: 0, unbondsAt: 0, number: provider.number, status: Status.Absent});
        totalStakeWei -= amountWei;
        token.safeTransfer(msg.sender, amountWei);
        emit Withdrawn(msg.sender, amountWei);
    }

    /// Burns a share of the stake, rounded down; an absent provider has none.
    function slash(address account, uint256 bps) external virtual returns (uint128 amountWei) {
        if (msg.sender != oracle) revert NotOracle(msg.sender);

        Provider storage provider = _providers[account];
        amountWei = uint128((provider.stakeWei * bps) / BPS);
        if (amountWei == 0) return 0;
        provider.stakeWei -= amountWei;
        totalStakeWei -= amountWei;
        token.burn(amountWei);
        emit Slashed(account, amountWei);
    }

    function providerOf(address account) external view returns (Provider memory) {
        return _providers[account];
    }

    function statusOf(address account) external view returns (Status) {
        return _providers[account].status;
    }

    /// Every account that ever registered, in order of first registration.
    function list() external view returns (address[] memory) {
        return _list;
    }

    function count() external view returns (uint256) {
        return _list.length;
    }
}
