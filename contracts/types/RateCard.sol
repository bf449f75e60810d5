// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @dev What one use weighs in the price.
/// @param use the number of the use (its bit)
/// @param weight in 1/10,000
struct UseRate {
    uint8 use;
    uint32 weight;
}

/// @dev What a group of markets weighs in the price, paid whole as soon as one of them is asked.
/// @param markets bits of the markets; one that an earlier group lists belongs to that one
/// @param weight in 1/10,000
struct MarketRate {
    uint256 markets;
    uint32 weight;
}

/// @dev The half of a rate card that a booking does not repeat in its terms. The other half (twin, currency,
/// floor, epoch, validity, category, notice, agreement, memo, shares) is taken from the terms: a booking that
/// changes one of them makes another digest, and so is not under this card.
/// @param licensee the only account that may book, or zero for anyone
/// @param serial number of the card, good from the twin's least serial up
/// @param dayRate price of one day at weight 1, in the smallest unit
/// @param imageRate price of one image of the quota, in the smallest unit
/// @param exclusiveFactor factor for exclusivity in 1/10,000, or zero where it is not sold
/// @param minDays the least term, in days
/// @param maxDays the greatest term, in days
/// @param maxQuota the greatest quota
/// @param leadTime the least seconds between booking and start
/// @param uses the uses on sale, each with its weight
/// @param markets the market groups on sale, each with its weight
struct Prices {
    address licensee;
    uint32 serial;
    uint96 dayRate;
    uint96 imageRate;
    uint32 exclusiveFactor;
    uint16 minDays;
    uint16 maxDays;
    uint32 maxQuota;
    uint32 leadTime;
    UseRate[] uses;
    MarketRate[] markets;
}
