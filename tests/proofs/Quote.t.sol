// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Quote} from "../../contracts/libraries/Quote.sol";
import {MarketRate, Prices, UseRate} from "../../contracts/types/RateCard.sol";
import {Pay, Scope} from "../../contracts/types/Terms.sol";
import {vm} from "../invariants/Vm.sol";
import {Lemmas} from "./Lemmas.sol";

/// @title What a booking costs
/// @dev All rates, terms and quotas, of a card that sells one use and one group of markets.
contract QuoteProofs is Lemmas {
    using Quote for Prices;

    // mutant of libraries/Quote.sol
    // - return price > pay.committed ? price : pay.committed;
    // + return price;
    function check_law05_a_quote_is_at_least_what_is_committed(
        uint96 dayRate,
        uint96 imageRate,
        uint32 factor,
        UseRate memory use,
        MarketRate memory market,
        Scope memory scope,
        Pay memory pay
    ) external view {
        assert(this.quote(_prices(dayRate, imageRate, factor, use, market), scope, pay) >= pay.committed);
    }

    // mutant of libraries/Quote.sol
    // - uint256(prices.imageRate) * pay.quota
    // + uint256(prices.imageRate) * uint16(pay.quota)
    function check_law05_a_quote_never_falls_in_images(
        uint96 dayRate,
        uint96 imageRate,
        uint32 factor,
        UseRate memory use,
        MarketRate memory market,
        Scope memory scope,
        Pay memory pay,
        uint32 more
    ) external view {
        vm.assume(pay.quota <= more);
        vm.assume(_productGrows(imageRate, pay.quota, more));
        Prices memory prices = _prices(dayRate, imageRate, factor, use, market);

        uint256 before = this.quote(prices, scope, pay);
        pay.quota = more;
        assert(before <= this.quote(prices, scope, pay));
    }

    function quote(Prices calldata prices, Scope calldata scope, Pay calldata pay) external pure returns (uint256) {
        return prices.quote(scope, pay);
    }

    function _prices(uint96 dayRate, uint96 imageRate, uint32 factor, UseRate memory use, MarketRate memory market)
        private
        pure
        returns (Prices memory prices)
    {
        (prices.dayRate, prices.imageRate, prices.exclusiveFactor) = (dayRate, imageRate, factor);
        prices.uses = new UseRate[](1);
        prices.uses[0] = use;
        prices.markets = new MarketRate[](1);
        prices.markets[0] = market;
    }
}
