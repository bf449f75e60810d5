// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ITwinLicense} from "../../../contracts/interfaces/ITwinLicense.sol";
import {License} from "../../../contracts/types/License.sol";
import {Prices} from "../../../contracts/types/RateCard.sol";
import {Ending, Terms} from "../../../contracts/types/Terms.sol";
import {vm} from "../Vm.sol";
import {Desk} from "./Desk.sol";

/// @title Half-open time, one present end, bounded terms and lead time
contract Law06 is Desk {
    function testFuzz_law06_aStartOfZeroIsTheSecondOfTheGrant(uint40 later, uint32 term) external {
        term = uint32(1 + term % 1827 days);
        Terms memory terms = _terms();
        terms.pay.term = term;
        terms.scope.validUntil = type(uint40).max;
        _at(clock + later % 1000 days);
        _accept(terms, FEE);
        License memory license = _license(terms);
        require(license.start == clock && license.end == clock + term, "another time");
    }

    function testFuzz_law06_noLicenseStartsInThePast(uint40 start) external {
        start = uint40(1 + start % (clock - 1));
        Terms memory terms = _terms();
        terms.scope.start = start;
        _acceptRefused(terms, FEE, abi.encodeWithSelector(ITwinLicense.StartInPast.selector, start));
        terms.scope.start = uint40(clock);
        _accept(terms, FEE);
    }

    function testFuzz_law06_aTermIsAtMostFiveYears(uint32 term) external {
        term = uint32(1827 days + 1 + uint256(term) % (type(uint32).max - 1827 days));
        Terms memory terms = _terms();
        terms.pay.term = term;
        _acceptRefused(terms, FEE, abi.encodeWithSelector(ITwinLicense.TermOutOfRange.selector, term));
        terms.pay.term = 0;
        _acceptRefused(terms, FEE, abi.encodeWithSelector(ITwinLicense.TermOutOfRange.selector, 0));
        terms.pay.term = 1827 days;
        _accept(terms, FEE);
        terms.pay.term = 1;
        _accept(terms, FEE);
    }

    function testFuzz_law06_anEndIsATimeOfFortyBits(uint32 over) external {
        over = uint32(1 + over % TERM);
        Terms memory terms = _terms();
        terms.scope.start = type(uint40).max - TERM + over;
        _acceptRefused(terms, FEE, abi.encodeWithSelector(ITwinLicense.TermOutOfRange.selector, TERM));
        terms.scope.start = type(uint40).max - TERM;
        _accept(terms, FEE);
        require(_license(terms).end == type(uint40).max, "another end");
    }

    function testFuzz_law06_aBookingKeepsTheLeadTime(uint32 lead, uint32 early) external {
        Prices memory prices = _prices();
        prices.leadTime = uint32(2 + lead % 300 days);
        uint40 earliest = uint40(clock + prices.leadTime);
        Terms memory terms = _booking(prices);
        terms.scope.start = earliest - 1 - early % (prices.leadTime - 1);
        uint40 latest = terms.scope.validUntil;
        _bookRefused(
            terms,
            prices,
            FEE,
            abi.encodeWithSelector(ITwinLicense.StartNotSold.selector, terms.scope.start, earliest, latest)
        );
        terms.scope.start = earliest;
        _book(terms, prices, FEE);
    }

    function testFuzz_law06_aBookingStartsNoLaterThanTheCardIsGood(uint40 late) external {
        Prices memory prices = _prices();
        Terms memory terms = _booking(prices);
        uint40 latest = terms.scope.validUntil;
        terms.scope.start = uint40(latest + 1 + late % 1000 days);
        _bookRefused(
            terms,
            prices,
            FEE,
            abi.encodeWithSelector(ITwinLicense.StartNotSold.selector, terms.scope.start, clock, latest)
        );
        terms.scope.start = latest;
        _book(terms, prices, FEE);
    }

    function testFuzz_law06_aBookingIsDeclinedBeforeItsStartAndAllIsRefunded(uint40 wait, uint96 deposit) external {
        Prices memory prices = _prices();
        Terms memory terms = _booking(prices);
        deposit = uint96(COMMITTED + deposit % (FEE - COMMITTED + 1));
        uint256 before = dollar.balanceOf(hm);
        _book(terms, prices, deposit);
        _at(clock + wait % 2 days);
        _decline(terms);
        License memory license = _license(terms);
        require(license.isSettled && license.end == clock && license.deposited == 0, "it goes on");
        require(dollar.balanceOf(hm) == before && dollar.balanceOf(address(licenses)) == 0, "not all came back");
        require(_earned(terms, clock + 100 days) == 0, "it has earned");
    }

    function test_law06_aBookingIsNotDeclinedFromItsStartOn() external {
        Prices memory prices = _prices();
        Terms memory terms = _booking(prices);
        uint256 id = _book(terms, prices, FEE);
        _at(terms.scope.start);
        Ending memory act = _ending(terms);
        bytes memory signature = _signed(model, _digest(act, "Decline"));
        bytes32 sharesHash = _sharesHash(terms);
        _refused(ITwinLicense.LicenseStarted.selector, id, terms.scope.start);
        licenses.decline(act, terms.scope, terms.pay, sharesHash, signature);
        _at(terms.scope.start - 1);
        _decline(terms);
    }

    function test_law06_anOfferThatWasAcceptedIsNotDeclined() external {
        Terms memory terms = _terms();
        terms.scope.start = uint40(clock + 1 days);
        uint256 id = _accept(terms, FEE);
        Ending memory act = _ending(terms);
        bytes memory signature = _signed(model, _digest(act, "Decline"));
        bytes32 sharesHash = _sharesHash(terms);
        _refused(ITwinLicense.NotBooking.selector, id);
        licenses.decline(act, terms.scope, terms.pay, sharesHash, signature);
    }

    function test_law06_whatGrantsNothingIsNotALicense() external {
        bytes memory error = abi.encodeWithSelector(ITwinLicense.NothingGranted.selector);
        Terms memory terms = _terms();
        terms.scope.uses = 0;
        _acceptRefused(terms, FEE, error);
        terms = _terms();
        terms.scope.markets = 0;
        _acceptRefused(terms, FEE, error);
        terms = _terms();
        terms.pay.quota = 0;
        _acceptRefused(terms, FEE, error);
    }
}
