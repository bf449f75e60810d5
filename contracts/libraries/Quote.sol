// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ITwinLicense} from "../interfaces/ITwinLicense.sol";
import {MarketRate, Prices, UseRate} from "../types/RateCard.sol";
import {Pay, Scope} from "../types/Terms.sol";

/// @title The price of a booking
library Quote {
    uint256 private constant ONE = 10_000;

    /// @dev The three weights, each in 1/10,000.
    uint256 private constant WEIGHTS = 10 ** 12;

    /// @dev max(floor, ceil(dayRate x days x U x M x X / 10^12) + imageRate x quota), the floor being what is
    /// committed. The product stays below 2^96 x 2^16 x 2^37 x 2^40 x 2^32 = 2^221: weights are 32 bits, and there
    /// are at most 32 uses and 256 markets to count them for.
    function quote(Prices calldata prices, Scope calldata scope, Pay calldata pay) internal pure returns (uint256) {
        require(!scope.exclusive || prices.exclusiveFactor != 0, ITwinLicense.ExclusiveNotSold());

        // Whole days are sold, and what is cut off here was refused before.
        // slither-disable-next-line divide-before-multiply
        uint256 product = uint256(prices.dayRate) * (pay.term / 1 days) * _sumUses(prices, scope.uses)
            * _sumMarkets(prices, scope.markets) * (scope.exclusive ? prices.exclusiveFactor : ONE);
        uint256 byTime = (product + WEIGHTS - 1) / WEIGHTS;
        uint256 price = byTime + uint256(prices.imageRate) * pay.quota;

        return price > pay.committed ? price : pay.committed;
    }

    /// @dev U: the weights of all uses asked.
    function _sumUses(Prices calldata prices, uint32 uses) private pure returns (uint256 sum) {
        UseRate[] calldata rates = prices.uses;
        for (uint256 i; i < rates.length; ++i) {
            // A number above 31 shifts past the 32 bits and is no use at all.
            uint256 use = (1 << uint256(rates[i].use)) & uses;
            if (use == 0) continue;
            sum += rates[i].weight;
            // `use` is a bit of `uses`.
            uses ^= uint32(use);
        }
        require(uses == 0, ITwinLicense.UsesNotSold(uses));
    }

    /// @dev M: the weights of all groups touched; a market belongs to the first group that lists it.
    function _sumMarkets(Prices calldata prices, uint256 markets) private pure returns (uint256 sum) {
        MarketRate[] calldata rates = prices.markets;
        for (uint256 i; i < rates.length; ++i) {
            uint256 group = rates[i].markets;
            if (group & markets == 0) continue;
            sum += rates[i].weight;
            markets &= ~group;
        }
        require(markets == 0, ITwinLicense.MarketsNotSold(markets));
    }
}
