// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BurnEngine} from "../burn/BurnEngine.sol";
import {Dollar} from "../dollar/Dollar.sol";
import {EmissionController} from "../emissions/EmissionController.sol";
import {JobMarket} from "../market/JobMarket.sol";
import {WorkOracle} from "../oracle/WorkOracle.sol";
import {IUniswapV2Pair} from "../pool/IUniswapV2.sol";
import {ProviderRegistry} from "../registry/ProviderRegistry.sol";
import {RewardDistributor} from "../rewards/RewardDistributor.sol";
import {NetworkToken} from "../token/NetworkToken.sol";
import {OutsideVenue} from "../venue/OutsideVenue.sol";

/// Reads the whole world in one call.
contract WorldLens {
    struct Contracts {
        NetworkToken token;
        Dollar dollar;
        IUniswapV2Pair pair;
        ProviderRegistry registry;
        JobMarket market;
        WorkOracle oracle;
        EmissionController emissions;
        RewardDistributor rewards;
        BurnEngine burn;
        OutsideVenue venue;
    }

    uint256 private constant HEAD = 15;
    NetworkToken private immutable _token;
    Dollar private immutable _dollar;
    IUniswapV2Pair private immutable _pair;
    ProviderRegistry private immutable _registry;
    JobMarket private immutable _market;
    WorkOracle private immutable _oracle;
    EmissionController private immutable _emissions;
    RewardDistributor private immutable _rewards;
    BurnEngine private immutable _burn;
    OutsideVenue private immutable _venue;

    constructor(Contracts memory contracts) {
        _token = contracts.token;
        _dollar = contracts.dollar;
        _pair = contracts.pair;
        _registry = contracts.registry;
        _market = contracts.market;
        _oracle = contracts.oracle;
        _emissions = contracts.emissions;
        _rewards = contracts.rewards;
        _burn = contracts.burn;
        _venue = contracts.venue;
    }

    /**
     * Layout of the answer:
     *    0  block number           5  pool shares in all      10  emitted wei
     *    1  token supply, wei      6  total stake, wei        11  carried wei
     *    2  dollar supply, micros  7  escrow, micros          12  burned wei
     *    3  pool tokens, wei       8  oracle's next epoch     13  spent micros
     *    4  pool dollars, micros   9  reports for that epoch  14  venue price, micros
     * then for each holder: token balance, dollar balance;
     * then for each liquidity provider: pool shares;
     * then for each provider: accrued wei, and its record as
     *    stake wei | GPUs << 128 | unbonds at << 160 | registry number << 200 | status << 232
     * where the registry number is 1 + index (0: never registered) and the status 0 absent, 1 active, 2 unbonding.
     */
    function read(address[] calldata holders, address[] calldata liquidityProviders, address[] calldata providers)
        external
        view
        returns (uint256[] memory world)
    {
        world = new uint256[](HEAD + 2 * holders.length + liquidityProviders.length + 2 * providers.length);
        _readHead(world);
        uint256 cursor = HEAD;
        for (uint256 i = 0; i < holders.length; i++) {
            world[cursor++] = _token.balanceOf(holders[i]);
            world[cursor++] = _dollar.balanceOf(holders[i]);
        }
        for (uint256 i = 0; i < liquidityProviders.length; i++) world[cursor++] = _pair.balanceOf(liquidityProviders[i]);
        for (uint256 i = 0; i < providers.length; i++) {
            world[cursor++] = _rewards.accruedWei(providers[i]);
            world[cursor++] = _record(providers[i]);
        }
    }

    function _readHead(uint256[] memory world) private view {
        (uint256 reserve0, uint256 reserve1,) = _pair.getReserves();
        bool tokenFirst = _pair.token0() == address(_token);
        world[0] = block.number;
        world[1] = _token.totalSupply();
        world[2] = _dollar.totalSupply();
        world[3] = tokenFirst ? reserve0 : reserve1;
        world[4] = tokenFirst ? reserve1 : reserve0;
        world[5] = _pair.totalSupply();
        world[6] = _registry.totalStakeWei();
        world[7] = _market.escrowMicros();
        world[8] = _oracle.nextEpoch();
        world[9] = _oracle.reportCount(_oracle.nextEpoch());
        world[10] = _emissions.emittedWei();
        world[11] = _rewards.carriedWei();
        world[12] = _burn.burnedWei();
        world[13] = _burn.spentMicros();
        world[14] = _venue.priceMicros();
    }

    function _record(address provider) private view returns (uint256) {
        ProviderRegistry.Provider memory one = _registry.providerOf(provider);
        return uint256(one.stakeWei) | (uint256(one.gpuCount) << 128) | (uint256(one.unbondsAt) << 160) | (uint256(one.number) << 200)
            | (uint256(one.status) << 232);
    }
}
