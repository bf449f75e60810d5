// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IDigitalTwin} from "../../../contracts/interfaces/IDigitalTwin.sol";
import {ISigned} from "../../../contracts/interfaces/ISigned.sol";
import {ITwinLicense} from "../../../contracts/interfaces/ITwinLicense.sol";
import {Entry, License} from "../../../contracts/types/License.sol";
import {MarketRate, Prices, UseRate} from "../../../contracts/types/RateCard.sol";
import {Share, Terms} from "../../../contracts/types/Terms.sol";
import {vm} from "../Vm.sol";
import {Desk} from "./Desk.sol";

/// @title A license exists only by signed terms or exact card terms, once
contract Law05 is Desk {
    function testFuzz_law05_theLicenseIsTheDigestOfItsTerms(bytes32 ref, uint32 uses, uint256 markets) external {
        Terms memory terms = _terms();
        (terms.scope.ref, terms.scope.uses, terms.scope.markets) = (ref, uses | 1, markets | 1);
        uint256 id = _accept(terms, FEE);
        require(id == _id(terms) && id == licenses.licenseIdOf(terms), "the id is another digest");
        License memory license = licenses.licenseOf(id);
        require(license.licensee == hm && licenses.ownerOf(id) == hm, "somebody else has it");
        require(license.uses == uses | 1 && license.markets == markets | 1, "it grants something else");
        require(!license.isBooking && !license.isNoticed && !license.isSettled, "it is marked");
        require(license.batches == 0 && license.head == 0 && license.collected == 0, "it has a past");
    }

    function testFuzz_law05_oneOtherFieldIsNotSigned(uint256 which) external {
        Terms memory terms = _terms();
        bytes memory signature = _signed(model, _digest(terms));
        which %= 13;
        if (which == 0) terms.scope.memo = "other";
        if (which == 1) terms.scope.validUntil += 1;
        if (which == 2) terms.scope.start = uint40(clock + 1);
        if (which == 3) terms.scope.category = 1;
        if (which == 4) terms.scope.uses = 2;
        if (which == 5) terms.scope.markets = 2;
        if (which == 6) terms.scope.notice = 1;
        if (which == 7) terms.scope.agreement = "other";
        if (which == 8) terms.scope.ref = "other";
        if (which == 9) terms.pay.committed = 0;
        if (which == 10) terms.pay.term = 9 days;
        if (which == 11) terms.pay.quota = 11;
        if (which == 12) terms.shares[1].role = 3;
        vm.prank(hm);
        _refused(ISigned.SignatureInvalid.selector, _n(model));
        licenses.accept(terms, signature, FEE, new Entry[](0));
    }

    function test_law05_termsMakeOneLicense() external {
        Terms memory terms = _terms();
        uint256 id = _accept(terms, FEE);
        _acceptRefused(terms, FEE, abi.encodeWithSelector(ITwinLicense.LicenseExists.selector, id));
    }

    function test_law05_termsAreGoodUntilTheSecondBeforeTheirEnd() external {
        Terms memory terms = _terms();
        uint40 until = terms.scope.validUntil;
        _at(until);
        _acceptRefused(terms, FEE, abi.encodeWithSelector(ITwinLicense.TermsExpired.selector, until));
        _at(until - 1);
        _accept(terms, FEE);
    }

    function test_law05_anOfferNamesNoCard() external {
        Terms memory terms = _terms();
        terms.scope.card = "card";
        _acceptRefused(terms, FEE, abi.encodeWithSelector(ITwinLicense.CardDiffers.selector, bytes32("card"), 0));
    }

    function testFuzz_law05_anOfferOfAnUnknownTwinGrantsNothing(uint256 id) external {
        vm.assume(id != twinId);
        Terms memory terms = _terms();
        terms.pay.twinId = id;
        _acceptRefused(terms, FEE, abi.encodeWithSelector(IDigitalTwin.TwinUnknown.selector, id));
    }

    function test_law05_anOwnerWhoIsTheLicenseeNeedNotSign() external {
        _fund(dollar, model);
        Terms memory terms = _terms();
        terms.scope.licensee = model;
        vm.prank(model);
        licenses.accept(terms, "", FEE, new Entry[](0));
    }

    // What a card gives

    function test_law05_aBookingIsMarkedAsOne() external {
        Prices memory prices = _prices();
        Terms memory terms = _booking(prices);
        require(licenses.cardDigestOf(terms, prices) == terms.scope.card, "the card is another digest");
        require(_book(terms, prices, FEE) == _id(terms) && _license(terms).isBooking, "it is not marked");
    }

    function testFuzz_law05_termsThatTheCardDoesNotGiveAreAnotherCard(uint256 which) external {
        Prices memory prices = _prices();
        Terms memory terms = _booking(prices);
        bytes32 card = terms.scope.card;
        which %= 8;
        if (which == 0) terms.scope.memo = "other";
        if (which == 1) terms.scope.validUntil += 1;
        if (which == 2) terms.scope.category = 1;
        if (which == 3) terms.scope.notice = 1;
        if (which == 4) terms.scope.agreement = "other";
        if (which == 5) terms.pay.committed = 0;
        if (which == 6) terms.shares = new Share[](0);
        if (which == 7) terms.scope.epoch = 7;
        _bookRefused(
            terms,
            prices,
            FEE,
            abi.encodeWithSelector(ITwinLicense.CardDiffers.selector, card, _digestOfCard(terms, prices))
        );
    }

    function test_law05_aCardThatTheOwnerDidNotSignGivesNothing() external {
        Prices memory prices = _prices();
        Terms memory terms = _booking(prices);
        bytes memory signature = _signed(stranger, terms.scope.card);
        vm.prank(hm);
        _refused(ISigned.SignatureInvalid.selector, _n(model));
        licenses.book(terms, prices, signature, FEE, new Entry[](0));
    }

    function test_law05_aCardForOneIsNotForOthers() external {
        Prices memory prices = _prices();
        prices.licensee = rival;
        Terms memory terms = _booking(prices);
        _bookRefused(terms, prices, FEE, abi.encodeWithSelector(ITwinLicense.CardNotForSender.selector, rival));
        terms.scope.licensee = rival;
        _book(terms, prices, FEE);
    }

    function testFuzz_law05_wholeDaysAreSold(uint32 term) external {
        Prices memory prices = _prices();
        (prices.minDays, prices.maxDays) = (2, 5);
        term = uint32(1 + term % 10 days);
        Terms memory terms = _booking(prices);
        terms.pay.term = term;
        terms.pay.fee = uint96(uint256(100_000) * (term / 1 days));
        if (terms.pay.fee < COMMITTED) terms.pay.fee = COMMITTED;
        terms.scope.card = _digestOfCard(terms, prices);
        bool isSold = term % 1 days == 0 && term >= 2 days && term <= 5 days;
        bytes memory error = abi.encodeWithSelector(ITwinLicense.DaysOutOfRange.selector, term, 2, 5);
        if (isSold) _book(terms, prices, terms.pay.fee);
        else _bookRefused(terms, prices, terms.pay.fee, error);
    }

    function test_law05_daysAreSoldFromTheLeastToTheMost() external {
        Prices memory prices = _prices();
        (prices.minDays, prices.maxDays) = (10, 10);
        _book(_booking(prices), prices, FEE);
        (prices.minDays, prices.maxDays) = (11, 11);
        bytes memory error = abi.encodeWithSelector(ITwinLicense.DaysOutOfRange.selector, TERM, 11, 11);
        _bookRefused(_booking(prices), prices, FEE, error);
        (prices.minDays, prices.maxDays) = (9, 9);
        error = abi.encodeWithSelector(ITwinLicense.DaysOutOfRange.selector, TERM, 9, 9);
        _bookRefused(_booking(prices), prices, FEE, error);
        Terms memory terms = _booking(prices);
        terms.pay.term = 9 days + 1;
        error = abi.encodeWithSelector(ITwinLicense.DaysOutOfRange.selector, 9 days + 1, 9, 9);
        _bookRefused(terms, prices, FEE, error);
    }

    function testFuzz_law05_noMoreImagesThanTheCardSells(uint32 quota) external {
        Prices memory prices = _prices();
        Terms memory terms = _booking(prices);
        terms.pay.quota = uint32(101 + uint256(quota) % (type(uint32).max - 100));
        _bookRefused(
            terms, prices, FEE, abi.encodeWithSelector(ITwinLicense.QuotaOverCard.selector, terms.pay.quota, 100)
        );
        terms.pay.quota = 100;
        _book(terms, prices, FEE);
    }

    function testFuzz_law05_theFeeIsWhatTheCardGives(uint96 fee) external {
        vm.assume(fee != FEE && fee >= COMMITTED);
        Prices memory prices = _prices();
        Terms memory terms = _booking(prices);
        terms.pay.fee = fee;
        _bookRefused(terms, prices, fee, abi.encodeWithSelector(ITwinLicense.FeeNotQuoted.selector, fee, FEE));
    }

    function testFuzz_law05_thePriceIsTheFormulaRoundedUp(uint96 dayRate, uint96 imageRate, uint32 factor, uint96 floor)
        external
        view
    {
        Prices memory prices = _prices();
        (prices.dayRate, prices.imageRate, prices.exclusiveFactor) = (dayRate, imageRate, factor | 1);
        Terms memory terms = _terms();
        (terms.pay.committed, terms.pay.term) = (floor, 7 days);
        (terms.scope.uses, terms.scope.markets) = (3, 5);
        // Both uses weigh 1.5, and both groups of markets 3.
        uint256 byTime = (uint256(dayRate) * 7 * 15_000 * 30_000 * 10_000 + 10 ** 12 - 1) / 10 ** 12;
        _quotes(terms, prices, byTime);
        terms.scope.exclusive = true;
        byTime = (uint256(dayRate) * 7 * 15_000 * 30_000 * (factor | 1) + 10 ** 12 - 1) / 10 ** 12;
        _quotes(terms, prices, byTime);
    }

    function _quotes(Terms memory terms, Prices memory prices, uint256 byTime) private view {
        uint256 price = byTime + uint256(prices.imageRate) * QUOTA;
        uint256 expected = price > terms.pay.committed ? price : terms.pay.committed;
        require(licenses.quote(terms.scope, terms.pay, prices) == expected, "another price");
    }

    function test_law05_aMarketIsPaidInTheFirstGroupThatListsIt() external view {
        Prices memory prices = _prices();
        Terms memory terms = _terms();
        terms.pay.committed = 0;
        terms.scope.markets = 2; // listed twice, first at 1.0
        require(licenses.quote(terms.scope, terms.pay, prices) == FEE, "another group");
        terms.scope.markets = 4; // only in the second, at 2.0
        require(licenses.quote(terms.scope, terms.pay, prices) == 2 * FEE, "another group");
    }

    function testFuzz_law05_whatTheCardDoesNotListIsNotSold(uint32 uses, uint256 markets) external {
        Prices memory prices = _prices();
        Terms memory terms = _terms();
        terms.scope.uses = uses | 4;
        _refused(ITwinLicense.UsesNotSold.selector, (uses | 4) & ~uint32(3));
        licenses.quote(terms.scope, terms.pay, prices);
        (terms.scope.uses, terms.scope.markets) = (3, markets | 16);
        _refused(ITwinLicense.MarketsNotSold.selector, (markets | 16) & ~uint256(15));
        licenses.quote(terms.scope, terms.pay, prices);
    }

    function test_law05_aUseBeyondTheWordOrListedTwiceCostsOnce() external view {
        Prices memory prices = _prices();
        Terms memory terms = _terms();
        prices.uses = new UseRate[](3);
        (prices.uses[0], prices.uses[1], prices.uses[2]) =
        (UseRate(255, 30_000), UseRate(0, 10_000), UseRate(0, 20_000));
        prices.markets = new MarketRate[](1);
        prices.markets[0] = MarketRate(1, 10_000);
        require(licenses.quote(terms.scope, terms.pay, prices) == FEE, "another price");
    }

    function test_law05_exclusivityIsNotSoldWithoutAFactor() external {
        Prices memory prices = _prices();
        prices.exclusiveFactor = 0;
        Terms memory terms = _terms();
        terms.scope.exclusive = true;
        vm.expectRevert(abi.encodeWithSelector(ITwinLicense.ExclusiveNotSold.selector));
        licenses.quote(terms.scope, terms.pay, prices);
    }

    function test_law05_theTokenSaysWhatItIs() external view {
        require(keccak256(bytes(licenses.name())) == keccak256("TwinRights License"), "another name");
        require(keccak256(bytes(licenses.symbol())) == keccak256("LICENSE"), "another symbol");
    }
}
