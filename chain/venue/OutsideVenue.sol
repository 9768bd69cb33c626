// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Dollar} from "../dollar/Dollar.sol";
import {NetworkToken} from "../token/NetworkToken.sol";

/// The rest of the world's market for the token, as a desk: trades at a posted price and a fee, and settles dollars with the issuer.
contract OutsideVenue {
    using SafeERC20 for NetworkToken;
    using SafeERC20 for Dollar;

    error NotOperator(address caller);
    error ZeroPrice();
    error ZeroAmount();
    error InsufficientInventory(uint256 inventoryWei, uint256 amountWei);
    error BpsTooLarge(uint256 bps);

    event Posted(uint128 priceMicros);
    event Sold(address indexed seller, uint128 tokenWei, uint256 dollarMicros);
    event Bought(address indexed buyer, uint128 tokenWei, uint256 dollarMicros);

    uint256 private constant BPS = 10_000;
    uint256 private constant WEI_PER_TOKEN = 1e18;
    bytes32 private constant PURPOSE = "venue";
    NetworkToken public immutable token;
    Dollar public immutable dollar;
    address public immutable operator;
    uint256 public immutable feeBps;

    /// Micro-dollars for one whole token.
    uint128 public priceMicros;

    constructor(NetworkToken token_, Dollar dollar_, address operator_, uint256 feeBps_, uint128 priceMicros_) {
        if (feeBps_ > BPS) revert BpsTooLarge(feeBps_);
        if (priceMicros_ == 0) revert ZeroPrice();
        token = token_;
        dollar = dollar_;
        operator = operator_;
        feeBps = feeBps_;
        priceMicros = priceMicros_;
    }

    function post(uint128 priceMicros_) external {
        if (msg.sender != operator) revert NotOperator(msg.sender);
        if (priceMicros_ == 0) revert ZeroPrice();

        priceMicros = priceMicros_;
        emit Posted(priceMicros_);
    }

    /// The seller's dollars round down, in favour of the venue.
    function sellTokens(uint128 amountWei) external {
        if (amountWei == 0) revert ZeroAmount();

        uint256 dollarMicros = Math.mulDiv(uint256(amountWei) * priceMicros, BPS - feeBps, BPS * WEI_PER_TOKEN);
        token.safeTransferFrom(msg.sender, address(this), amountWei);
        dollar.mint(msg.sender, dollarMicros, PURPOSE);
        emit Sold(msg.sender, amountWei, dollarMicros);
    }

    /// The buyer's dollars round up, in favour of the venue.
    function buyTokens(uint128 amountWei) external {
        if (amountWei == 0) revert ZeroAmount();
        uint256 inventoryWei = token.balanceOf(address(this));
        if (amountWei > inventoryWei) revert InsufficientInventory(inventoryWei, amountWei);

        uint256 dollarMicros = Math.mulDiv(uint256(amountWei) * priceMicros, BPS + feeBps, BPS * WEI_PER_TOKEN, Math.Rounding.Ceil);
        dollar.safeTransferFrom(msg.sender, address(this), dollarMicros);
        dollar.redeem(dollarMicros, PURPOSE);
        token.safeTransfer(msg.sender, amountWei);
        emit Bought(msg.sender, amountWei, dollarMicros);
    }
}
