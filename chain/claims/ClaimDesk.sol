// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {NetworkToken} from "../token/NetworkToken.sol";
import {ReferencePrice} from "./ReferencePrice.sol";

/// Claims of one dollar each, with six decimals: made by burning tokens at the reference price, and turned back into newly minted tokens at
/// the reference price of that day. Nothing stands behind them but that promise. A limit a day and a least backing can hold it up.
contract ClaimDesk is ReferencePrice {
    error ZeroAmount();
    error InsufficientClaims(uint256 heldMicros, uint256 neededMicros);
    error NothingRedeemable();

    event Issued(address indexed account, uint256 claimMicros, uint256 burnedWei);
    event ClaimsRedeemed(address indexed account, uint256 claimMicros, uint256 mintedWei);

    struct Terms {
        uint256 microsPerDayMax;
        /// Market worth of all tokens over all claims below which none are redeemed.
        uint256 backingMinBps;
    }

    /// Claims of somebody before the network opens; the tokens for them were burned before its time.
    struct Holding {
        address account;
        uint256 claimMicros;
    }

    uint256 private constant BPS = 10_000;
    uint256 private constant WEI_PER_TOKEN = 1e18;
    NetworkToken public immutable token;
    uint256 public immutable microsPerDayMax;
    uint256 public immutable backingMinBps;

    uint256 public totalMicros;
    mapping(address account => uint256) public claimsOf;
    uint128 private _day;
    uint128 private _redeemedMicros;

    constructor(NetworkToken token_, Source memory source, Terms memory terms, Holding[] memory holdings)
        ReferencePrice(source, address(token_))
    {
        token = token_;
        microsPerDayMax = terms.microsPerDayMax;
        backingMinBps = terms.backingMinBps;
        for (uint256 i = 0; i < holdings.length; i++) {
            claimsOf[holdings[i].account] += holdings[i].claimMicros;
            totalMicros += holdings[i].claimMicros;
        }
    }

    /// Burns the caller's tokens for claims of their worth, rounded down.
    function issue(uint256 amountWei) external {
        _observe();
        uint256 claimMicros = Math.mulDiv(amountWei, referenceMicros(), WEI_PER_TOKEN);
        if (claimMicros == 0) revert ZeroAmount();

        claimsOf[msg.sender] += claimMicros;
        totalMicros += claimMicros;
        token.burnFrom(msg.sender, amountWei);
        emit Issued(msg.sender, claimMicros, amountWei);
    }

    /// Mints the worth of the caller's claims, rounded down: of as many of them as may still be redeemed today.
    function redeem(uint256 claimMicros) external {
        _observe();
        uint256 heldMicros = claimsOf[msg.sender];
        if (claimMicros > heldMicros) revert InsufficientClaims(heldMicros, claimMicros);
        uint256 redeemedMicros = Math.min(claimMicros, redeemableMicros());
        if (redeemedMicros == 0) revert NothingRedeemable();

        uint128 today = uint128(block.timestamp / 1 days);
        _redeemedMicros = uint128(redeemedMicros) + (today == _day ? _redeemedMicros : 0);
        _day = today;
        claimsOf[msg.sender] = heldMicros - redeemedMicros;
        totalMicros -= redeemedMicros;
        uint256 mintedWei = Math.mulDiv(redeemedMicros, WEI_PER_TOKEN, referenceMicros());
        token.mint(msg.sender, mintedWei);
        emit ClaimsRedeemed(msg.sender, redeemedMicros, mintedWei);
    }

    /// What is left of today's limit; nothing while the backing is too low, or a feed has no fresh price.
    function redeemableMicros() public view returns (uint256) {
        if (referenceMicros() == 0) return 0;
        uint256 worthMicros = Math.mulDiv(token.totalSupply(), referenceMicros(), WEI_PER_TOKEN);
        if (worthMicros * BPS < totalMicros * backingMinBps) return 0;
        return microsPerDayMax - (_day == block.timestamp / 1 days ? _redeemedMicros : 0);
    }

    /// All claims, redeemable today, reference price; then the claims of each account.
    function read(address[] calldata accounts) external view returns (uint256[] memory amounts) {
        amounts = new uint256[](3 + accounts.length);
        (amounts[0], amounts[1], amounts[2]) = (totalMicros, redeemableMicros(), referenceMicros());
        for (uint256 i = 0; i < accounts.length; i++) amounts[3 + i] = claimsOf[accounts[i]];
    }
}
