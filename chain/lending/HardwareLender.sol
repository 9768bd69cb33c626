// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Dollar} from "../dollar/Dollar.sol";
import {IUniswapV2Router} from "../pool/IUniswapV2.sol";
import {ProviderRegistry} from "../registry/ProviderRegistry.sol";
import {NetworkToken} from "../token/NetworkToken.sol";
import {LentRegistry} from "./LentRegistry.sol";

/// Lends providers dollars for hardware against their stake, to be paid back in equal parts of the principal, one a day, with interest. Who is
/// too late loses the stake, which is sold at once; what is then still owed is the lender's loss.
contract HardwareLender {
    using SafeERC20 for Dollar;

    error ZeroAmount();
    error NotActive(address provider);
    error LoanOpen(address provider);
    error Defaulted(address provider);
    error NoLoan(address provider);
    error NotYet(uint64 dueAt);

    event Borrowed(address indexed provider, uint256 amountMicros);
    event Repaid(address indexed provider, uint256 interestMicros, uint256 principalMicros);
    event Foreclosed(address indexed provider, uint256 principalMicros, uint256 seizedWei, uint256 receivedMicros);

    struct Terms {
        uint256 interestBpsPerYear;
        uint256 termDays;
        /// Days that an instalment may be late.
        uint256 missedDaysMax;
    }

    struct Loan {
        uint128 principalMicros;
        uint128 partMicros;
        /// Unix seconds: when the next instalment is due, and since when interest is owed.
        uint64 dueAt;
        uint64 accruedAt;
        bool isDefaulted;
    }

    uint256 private constant BPS = 10_000;
    NetworkToken public immutable token;
    Dollar public immutable dollar;
    IUniswapV2Router public immutable router;
    LentRegistry public immutable registry;
    uint256 public immutable interestBpsPerYear;
    uint256 public immutable termDays;
    uint256 public immutable missedDaysMax;

    uint256 public principalMicros;
    uint256 public lostMicros;
    mapping(address provider => Loan) public loans;

    constructor(NetworkToken token_, Dollar dollar_, IUniswapV2Router router_, LentRegistry registry_, Terms memory terms) {
        token = token_;
        dollar = dollar_;
        router = router_;
        registry = registry_;
        interestBpsPerYear = terms.interestBpsPerYear;
        termDays = terms.termDays;
        missedDaysMax = terms.missedDaysMax;
        token_.approve(address(router_), type(uint256).max);
    }

    /// One loan at a time, and none after a default. A day's part of the principal rounds up.
    function borrow(uint128 amountMicros) external {
        Loan storage loan = loans[msg.sender];
        if (amountMicros == 0) revert ZeroAmount();
        if (registry.statusOf(msg.sender) != ProviderRegistry.Status.Active) revert NotActive(msg.sender);
        if (loan.isDefaulted) revert Defaulted(msg.sender);
        if (loan.principalMicros > 0) revert LoanOpen(msg.sender);

        uint128 partMicros = uint128(Math.ceilDiv(amountMicros, termDays));
        loans[msg.sender] = Loan(amountMicros, partMicros, uint64(block.timestamp + 1 days), uint64(block.timestamp), false);
        principalMicros += amountMicros;
        dollar.safeTransfer(msg.sender, amountMicros);
        emit Borrowed(msg.sender, amountMicros);
    }

    /// Pays the next instalment: a day's part, and all interest until now.
    function repay() external {
        Loan storage loan = loans[msg.sender];
        if (loan.principalMicros == 0) revert NoLoan(msg.sender);

        (uint256 interestMicros, uint128 partMicros) = _instalment(loan);
        loan.principalMicros -= partMicros;
        loan.dueAt += 1 days;
        loan.accruedAt = uint64(block.timestamp);
        principalMicros -= partMicros;
        dollar.safeTransferFrom(msg.sender, address(this), interestMicros + partMicros);
        emit Repaid(msg.sender, interestMicros, partMicros);
    }

    /// Anybody may say that an instalment is too late. What the stake brings beyond the principal is the provider's.
    function foreclose(address provider) external {
        Loan storage loan = loans[provider];
        uint256 owedMicros = loan.principalMicros;
        if (owedMicros == 0) revert NoLoan(provider);
        if (block.timestamp <= loan.dueAt + missedDaysMax * 1 days) revert NotYet(loan.dueAt);

        loan.principalMicros = 0;
        loan.isDefaulted = true;
        principalMicros -= owedMicros;
        uint256 seizedWei = registry.evict(provider);
        uint256 receivedMicros = _sell(seizedWei);
        if (receivedMicros < owedMicros) lostMicros += owedMicros - receivedMicros;
        else dollar.safeTransfer(provider, receivedMicros - owedMicros);
        emit Foreclosed(provider, owedMicros, seizedWei, receivedMicros);
    }

    function principalOf(address provider) external view returns (uint256) {
        return loans[provider].principalMicros;
    }

    /// Principal in all and lost, in micros; then principal, next instalment, its time, and 1 after a default of each account.
    function read(address[] calldata accounts) external view returns (uint256[] memory amounts) {
        amounts = new uint256[](2 + 4 * accounts.length);
        (amounts[0], amounts[1]) = (principalMicros, lostMicros);
        for (uint256 i = 0; i < accounts.length; i++) {
            Loan storage loan = loans[accounts[i]];
            (uint256 interestMicros, uint128 partMicros) = _instalment(loan);
            amounts[2 + 4 * i] = loan.principalMicros;
            amounts[3 + 4 * i] = interestMicros + partMicros;
            amounts[4 + 4 * i] = loan.dueAt;
            amounts[5 + 4 * i] = loan.isDefaulted ? 1 : 0;
        }
    }

    /// Interest rounds up, in favour of the lender.
    function _instalment(Loan storage loan) private view returns (uint256 interestMicros, uint128 partMicros) {
        uint256 elapsed = block.timestamp - loan.accruedAt;
        interestMicros = Math.mulDiv(loan.principalMicros * interestBpsPerYear, elapsed, BPS * 365 days, Math.Rounding.Ceil);
        partMicros = loan.partMicros < loan.principalMicros ? loan.partMicros : loan.principalMicros;
    }

    /// At any price: a lender in a hurry. Some tokens tax their trades, so what comes in is counted.
    function _sell(uint256 amountWei) private returns (uint256) {
        if (amountWei == 0) return 0;
        address[] memory path = new address[](2);
        (path[0], path[1]) = (address(token), address(dollar));
        uint256 heldMicros = dollar.balanceOf(address(this));
        router.swapExactTokensForTokensSupportingFeeOnTransferTokens(amountWei, 0, path, address(this), block.timestamp);
        return dollar.balanceOf(address(this)) - heldMicros;
    }
}
