// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {NetworkToken} from "./NetworkToken.sol";

/// A network token that taxes what enters or leaves one pool, trades and liquidity alike. The collector itself trades free of tax.
contract TaxedToken is NetworkToken {
    error BpsTooLarge(uint256 bps);

    event PoolTaxed(address indexed pool);
    event Taxed(address indexed from, address indexed to, uint256 amountWei);

    uint256 private constant BPS = 10_000;
    address public immutable collector;
    uint256 public immutable buyBps;
    uint256 public immutable sellBps;

    /// Zero until the opening liquidity is there.
    address public pool;

    constructor(address admin, address treasury, uint256 supplyWei, address collector_, uint256 buyBps_, uint256 sellBps_)
        NetworkToken(admin, treasury, supplyWei)
    {
        if (buyBps_ > BPS) revert BpsTooLarge(buyBps_);
        if (sellBps_ > BPS) revert BpsTooLarge(sellBps_);
        collector = collector_;
        buyBps = buyBps_;
        sellBps = sellBps_;
    }

    function taxPool(address pool_) external onlyRole(DEFAULT_ADMIN_ROLE) {
        pool = pool_;
        emit PoolTaxed(pool_);
    }

    /// The tax rounds down, in favour of who pays it.
    function _update(address from, address to, uint256 amountWei) internal override {
        uint256 taxWei = pool == address(0) || from == collector || to == collector
            ? 0
            : (amountWei * (from == pool ? buyBps : to == pool ? sellBps : 0)) / BPS;
        super._update(from, to, amountWei - taxWei);
        if (taxWei == 0) return;
        super._update(from, collector, taxWei);
        emit Taxed(from, to, taxWei);
    }
}
