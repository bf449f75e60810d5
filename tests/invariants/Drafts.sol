// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {MarketRate, Prices, UseRate} from "../../contracts/types/RateCard.sol";
import {Share, Terms} from "../../contracts/types/Terms.sol";
import {Stamps} from "./Stamps.sol";

/// @title Terms and rate cards as people might draft them
/// @dev One field in some twenty is at fault, so that most can be granted and each refusal is met.
abstract contract Drafts is Stamps {
    uint256 internal constant FAULT = 100;

    uint40 private constant LATEST = type(uint40).max;

    function _draftOffer(Twin storage twin, bool exclusive) internal returns (Terms memory terms) {
        _draftScope(terms, twin, exclusive);
        terms.scope.start = [0, 0, _now(), _now() + 1, _now() + 3 days, _now() + 30 days][_roll(6)];
        if (_chance(FAULT)) terms.scope.start = _chance(2) ? _now() - 1 : LATEST - 5;
        if (_chance(FAULT)) terms.scope.card = "card";
        terms.pay.fee = [0, 1, 7, 999, 12_345_678, 1_000_000, 10 ** 20, type(uint96).max][_roll(8)];
        terms.pay.term = [uint32(1), 10, 1 days, 7 days, 30 days, 365 days, 1827 days][_roll(7)];
        if (_chance(FAULT)) terms.pay.term = _chance(2) ? 0 : 1827 days + 1;
        terms.pay.quota = [uint32(1), 3, 10, 1000, type(uint32).max][_roll(5)];
        if (_chance(FAULT)) terms.pay.quota = 0;
        terms.pay.committed = [0, 0, terms.pay.fee / 3, terms.pay.fee / 2, terms.pay.fee][_roll(5)];
        if (_chance(FAULT) && terms.pay.fee < 1000) terms.pay.committed = terms.pay.fee + 1;
    }

    function _draftBooking(Twin storage twin, bool exclusive)
        internal
        returns (Terms memory terms, Prices memory prices)
    {
        _draftScope(terms, twin, exclusive);
        _draftPrices(prices, terms.scope.licensee, twin.leastSerial);
        terms.pay.term = uint32((_roll(prices.maxDays) + 1) * 1 days);
        if (_chance(FAULT)) terms.pay.term += [uint32(1), 1 days * prices.maxDays][_roll(2)];
        terms.pay.quota = uint32(_roll(prices.maxQuota) + 1);
        if (_chance(FAULT)) terms.pay.quota = prices.maxQuota + 1;
        terms.pay.committed = [0, 0, 500, 5_000_000][_roll(4)];
        uint40 earliest = _now() + prices.leadTime;
        terms.scope.start = [earliest, earliest, earliest + 1, earliest + 2 days][_roll(4)];
        if (prices.leadTime == 0 && _chance(2)) terms.scope.start = 0;
        if (_chance(FAULT)) terms.scope.start = [earliest - 1, terms.scope.validUntil + 1][_roll(2)];
        if (terms.scope.validUntil > _now() + 1 && _chance(FAULT)) terms.scope.start = terms.scope.validUntil;
        terms.pay.fee = uint96(_price(terms, prices));
        if (_chance(FAULT)) terms.pay.fee += 1;
        terms.scope.card = _digestOfCard(terms, prices);
        if (_chance(FAULT)) terms.scope.card = "other";
    }

    function _draftScope(Terms memory terms, Twin storage twin, bool exclusive) private {
        (terms.scope.memo, terms.scope.agreement) = ("memo", "agreement");
        (terms.scope.licensee, terms.scope.ref) = (_anyOf(brands), bytes32(_roll(type(uint128).max)));
        terms.scope.epoch = _chance(FAULT) ? twin.epoch + 1 : twin.epoch;
        terms.scope.validUntil = _chance(2) ? _now() + 1 : _now() + 40 days;
        if (_chance(FAULT)) terms.scope.validUntil = _now();
        terms.scope.category = _chance(FAULT) ? [2, 31, 32, 255][_roll(4)] : uint8(_roll(2));
        terms.scope.exclusive = exclusive;
        // Single uses and markets as often as many, so that exclusives find room beside each other.
        terms.scope.uses = _chance(2) ? uint32(1) << uint32(_roll(4)) : uint32(_roll(15)) + 1;
        if (_chance(FAULT)) terms.scope.uses = [0, 16, uint32(1) << 31][_roll(3)];
        terms.scope.markets = _chance(2) ? 1 << _roll(3) : _roll(7) + 1;
        if (_chance(FAULT)) terms.scope.markets = [0, uint256(1) << 255][_roll(2)];
        terms.scope.notice = [0, 1, 10 days, 90 days, 91 days, type(uint32).max][_roll(6)];
        terms.pay.twinId = twin.id;
        // Half of all licenses are paid in a currency that delivers what it is asked to.
        terms.pay.currency = currencies[_roll(_chance(2) ? HONEST : currencies.length)].at;
        // One that delivers nothing is refused every time, and one that calls back has more to tell.
        if (_currency(terms.pay.currency).kind == Kind.Empty && !_chance(4)) {
            terms.pay.currency = currencies[currencies.length - 1].at;
        }
        terms.shares = _draftShares();
    }

    function _draftShares() private returns (Share[] memory shares) {
        uint256 count = [0, 1, 2, 3, 7, 15][_roll(6)];
        if (_chance(FAULT)) count = 16;
        shares = new Share[](count);
        uint256 first = _roll(payees.length);
        uint256 left = _chance(6) ? 10_000 : 6000;
        for (uint256 i; i < count; ++i) {
            uint256 bps = 1 + _roll(left / (count - i) - 1);
            if (i + 1 == count && _chance(8)) bps = left;
            shares[i] = Share(payees[(first + i) % payees.length], uint16(bps), uint8(i));
            left -= bps;
        }
        if (count == 0 || !_chance(FAULT / 4)) return shares;
        uint256 last = count - 1;
        uint256 fault = _roll(5);
        if (fault == 0) shares[last].payee = address(0);
        if (fault == 1) shares[last].payee = address(licenses);
        if (fault == 2) shares[last].payee = shares[0].payee;
        if (fault == 3) shares[last].bps = 0;
        if (fault == 4) shares[last].bps = 10_001;
    }

    function _draftPrices(Prices memory prices, address licensee, uint32 leastSerial) private {
        prices.licensee = _chance(2) ? licensee : address(0);
        if (_chance(FAULT)) prices.licensee = stranger;
        prices.serial = leastSerial + uint32(_roll(2));
        if (leastSerial != 0 && _chance(FAULT / 4)) prices.serial = leastSerial - 1;
        prices.dayRate = [0, 1, 100, 12_345_678][_roll(4)];
        prices.imageRate = [0, 0, 1, 50_000][_roll(4)];
        prices.exclusiveFactor = [0, 10_000, 10_001, 25_000][_chance(FAULT) ? 0 : _roll(3) + 1];
        (prices.minDays, prices.maxDays) = (1, uint16(_roll(30)) + 1);
        (prices.maxQuota, prices.leadTime) = (uint32(_roll(20)) + 1, [uint32(0), 1, 2 days][_roll(3)]);
        prices.uses = new UseRate[](_chance(FAULT) ? 2 : 5);
        for (uint8 i; i < prices.uses.length; ++i) {
            // The last is named a second time, and counts once.
            prices.uses[i] = UseRate(i < 4 ? i : 3, [uint32(10_000), 5001, 20_000, 1, 777][i]);
        }
        prices.markets = new MarketRate[](_chance(FAULT) ? 1 : 3);
        for (uint256 i; i < prices.markets.length; ++i) {
            // The second group lists a market of the first.
            prices.markets[i] = MarketRate([uint256(3), 6, 1 << 255][i], [uint32(10_000), 7003, 1][i]);
        }
    }

    /// @dev What a card gives, from docs/money.md; what is not on sale weighs nothing here.
    function _price(Terms memory terms, Prices memory prices) internal pure returns (uint256) {
        (uint256 byUse, uint256 byMarket) = (0, 0);
        for (uint256 use; use < 32; ++use) {
            if (terms.scope.uses >> use & 1 != 0) byUse += _weightOf(prices, use);
        }
        for (uint256 i; i < prices.markets.length; ++i) {
            uint256 own = prices.markets[i].markets;
            for (uint256 j; j < i; ++j) {
                own &= ~prices.markets[j].markets;
            }
            if (own & terms.scope.markets != 0) byMarket += prices.markets[i].weight;
        }
        uint256 byTime = uint256(prices.dayRate) * (terms.pay.term / 1 days) * byUse * byMarket;
        byTime *= terms.scope.exclusive ? prices.exclusiveFactor : 10_000;
        uint256 price = byTime / 10 ** 12 + (byTime % 10 ** 12 == 0 ? 0 : 1);
        price += uint256(prices.imageRate) * terms.pay.quota;
        return price < terms.pay.committed ? terms.pay.committed : price;
    }

    function _weightOf(Prices memory prices, uint256 use) private pure returns (uint256) {
        for (uint256 i; i < prices.uses.length; ++i) {
            if (prices.uses[i].use == use) return prices.uses[i].weight;
        }
        return 0;
    }
}
