// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Strategy} from "./Strategy.sol";

/**
 * A vault in the manner of Yearn v3 (not Yearn's code): strategies have debts to the vault, a report locks a profit and releases it over time,
 * takes the fee in shares, and books a loss at once. The asset is the share of the main pool. Deposits wait in the vault until a strategist
 * moves them.
 */
contract YieldVault is ERC4626, AccessControl {
    using SafeERC20 for IERC20;

    error BpsTooLarge(uint256 bps);
    error UnknownStrategy(Strategy strategy);
    error NotEnoughIdle(uint256 wanted, uint256 idle);
    error ProfitTooSmall(uint256 profit, uint256 profitMin);

    event StrategyAdded(Strategy indexed strategy);
    event DebtUpdated(Strategy indexed strategy, uint256 debt);
    event Reported(Strategy indexed strategy, uint256 profit, uint256 loss, uint256 feeShares);

    uint256 private constant BPS = 10_000;
    bytes32 public constant STRATEGIST_ROLE = keccak256("STRATEGIST_ROLE");
    address public immutable treasury;
    uint256 public immutable profitUnlockSeconds;
    uint256 public immutable performanceFeeBps;
    /// Without virtual shares the first depositor owns the rounding, as in vaults before OpenZeppelin 4.9.
    bool public immutable hasVirtualShares;
    uint8 private immutable _offset;

    Strategy[] public strategies;
    /// Pool shares that a strategy had at its last report or move.
    mapping(Strategy strategy => uint256) public debtOf;
    uint256 public totalDebt;
    uint256 private _lockedAtReport;
    uint256 private _reportedAt;

    constructor(
        IERC20 asset_,
        address admin,
        address treasury_,
        bool hasVirtualShares_,
        uint8 decimalsOffset_,
        uint256 profitUnlockSeconds_,
        uint256 performanceFeeBps_
    ) ERC20("Vault of pool shares", "yPOOL") ERC4626(asset_) {
        if (performanceFeeBps_ > BPS) revert BpsTooLarge(performanceFeeBps_);
        treasury = treasury_;
        hasVirtualShares = hasVirtualShares_;
        _offset = hasVirtualShares_ ? decimalsOffset_ : 0;
        profitUnlockSeconds = profitUnlockSeconds_;
        performanceFeeBps = performanceFeeBps_;
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
    }

    function addStrategy(Strategy strategy) external onlyRole(DEFAULT_ADMIN_ROLE) {
        strategies.push(strategy);
        emit StrategyAdded(strategy);
    }

    /// Moves shares between the vault and one strategy until its debt is the target.
    function updateDebt(Strategy strategy, uint256 target) external onlyRole(STRATEGIST_ROLE) {
        _known(strategy);
        uint256 debt = debtOf[strategy];
        if (target > debt) {
            if (target - debt > idle()) revert NotEnoughIdle(target - debt, idle());
            IERC20(asset()).safeTransfer(address(strategy), target - debt);
            strategy.invest();
        } else if (target < debt) {
            strategy.divest(debt - target);
        }
        _setDebt(strategy, target);
        emit DebtUpdated(strategy, target);
    }

    /// Harvests one strategy and books what came of it. A strategist who wants at least so much profit says so.
    function report(Strategy strategy, uint256 profitMin) external onlyRole(STRATEGIST_ROLE) {
        _known(strategy);
        strategy.harvest();
        (uint256 held, uint256 debt) = (strategy.totalShares(), debtOf[strategy]);
        uint256 profit = held > debt ? held - debt : 0;
        if (profit < profitMin) revert ProfitTooSmall(profit, profitMin);

        // Rounded down, and at the price before the profit, so that the fee lowers nobody's price.
        uint256 fee = (profit * performanceFeeBps) / BPS;
        uint256 feeShares = _convertToShares(fee, Math.Rounding.Floor);
        uint256 locked = lockedProfit() + profit - fee;
        _setDebt(strategy, held);
        _lockedAtReport = locked;
        _reportedAt = block.timestamp;
        if (feeShares > 0) _mint(treasury, feeShares);
        emit Reported(strategy, profit, debt > held ? debt - held : 0, feeShares);
    }

    /// Pool shares that belong to the holders of vault shares now.
    function totalAssets() public view override returns (uint256) {
        uint256 all = idle() + totalDebt;
        // A loss may be larger than the rest: profit that is still locked pays for it then.
        return all - Math.min(all, lockedProfit());
    }

    /// In the vault itself. What somebody gives to the vault is shared at once.
    function idle() public view returns (uint256) {
        return IERC20(asset()).balanceOf(address(this));
    }

    /// Profit that was reported and is not yet anybody's; rounded UP, so that nothing is released early.
    function lockedProfit() public view returns (uint256) {
        uint256 elapsed = block.timestamp - _reportedAt;
        if (elapsed >= profitUnlockSeconds) return 0;
        return Math.mulDiv(_lockedAtReport, profitUnlockSeconds - elapsed, profitUnlockSeconds, Math.Rounding.Ceil);
    }

    function strategyCount() external view returns (uint256) {
        return strategies.length;
    }

    /// Pays out of what is idle, then out of the strategies in their order. No loss is accepted on the way: a strategy that holds less than
    /// its debt makes the withdrawal revert, until a report has booked the loss.
    function _transferOut(address to, uint256 assets) internal override {
        for (uint256 i = 0; i < strategies.length && idle() < assets; i++) {
            Strategy strategy = strategies[i];
            uint256 debt = debtOf[strategy];
            uint256 taken = Math.min(debt, assets - idle());
            if (taken == 0) continue;
            strategy.divest(taken);
            _setDebt(strategy, debt - taken);
        }
        super._transferOut(to, assets);
    }

    function _setDebt(Strategy strategy, uint256 debt) private {
        totalDebt = totalDebt - debtOf[strategy] + debt;
        debtOf[strategy] = debt;
    }

    function _known(Strategy strategy) private view {
        for (uint256 i = 0; i < strategies.length; i++) if (address(strategies[i]) == address(strategy)) return;
        revert UnknownStrategy(strategy);
    }

    function _convertToShares(uint256 assets, Math.Rounding rounding) internal view override returns (uint256) {
        if (hasVirtualShares) return super._convertToShares(assets, rounding);
        uint256 supply = totalSupply();
        return supply == 0 ? assets : Math.mulDiv(assets, supply, totalAssets(), rounding);
    }

    function _convertToAssets(uint256 shares, Math.Rounding rounding) internal view override returns (uint256) {
        if (hasVirtualShares) return super._convertToAssets(shares, rounding);
        uint256 supply = totalSupply();
        return supply == 0 ? shares : Math.mulDiv(shares, totalAssets(), supply, rounding);
    }

    function _decimalsOffset() internal view override returns (uint8) {
        return _offset;
    }
}
