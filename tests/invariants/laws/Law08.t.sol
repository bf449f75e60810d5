// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IExclusivity} from "../../../contracts/interfaces/IExclusivity.sol";
import {Entry} from "../../../contracts/types/License.sol";
import {Prices} from "../../../contracts/types/RateCard.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {vm} from "../Vm.sol";
import {Desk} from "./Desk.sol";

/// @title Exclusive licenses never overlap others of the same category
contract Law08 is Desk {
    /// @dev Ten days of the first two uses and markets, from the tenth day on.
    function _exclusive() private view returns (Terms memory terms) {
        terms = _terms();
        (terms.scope.exclusive, terms.scope.start) = (true, uint40(clock + 10 days));
        (terms.scope.uses, terms.scope.markets) = (3, 3);
    }

    /// @dev The same for the rival, not exclusive.
    function _rivals() private view returns (Terms memory terms) {
        terms = _exclusive();
        (terms.scope.licensee, terms.scope.exclusive) = (rival, false);
    }

    function testFuzz_law08_anotherLicenseeGetsNothingThatOverlaps(
        uint32 uses,
        uint256 markets,
        uint40 start,
        uint32 term
    ) external {
        Terms memory first = _exclusive();
        uint256 id = _accept(first, FEE);
        Terms memory terms = _rivals();
        (terms.scope.uses, terms.scope.markets) = (1 + uses % 15, 1 + markets % 15);
        (terms.scope.start, terms.pay.term) = (uint40(clock + start % 30 days), uint32(1 + term % 20 days));
        bool overlaps = terms.scope.uses & 3 != 0 && terms.scope.markets & 3 != 0
            && terms.scope.start < first.scope.start + TERM && first.scope.start < terms.scope.start + terms.pay.term;
        bytes memory error = abi.encodeWithSelector(IExclusivity.ExclusivityConflict.selector, id);
        if (overlaps) _acceptRefused(terms, FEE, error);
        else _accept(terms, FEE);

        // The other way round: the exclusive license comes second, and opens the book.
        (terms.scope.category, first.scope.category, first.scope.ref) = (1, 1, "second");
        id = _accept(terms, FEE);
        Entry[] memory opening = _opening(terms);
        error = abi.encodeWithSelector(IExclusivity.ExclusivityConflict.selector, id);
        if (overlaps) _acceptRefused(first, FEE, opening, error);
        else _accept(first, FEE, opening);
    }

    function test_law08_timesThatOnlyTouchDoNotOverlap() external {
        Terms memory first = _exclusive();
        uint256 id = _accept(first, FEE);
        bytes memory error = abi.encodeWithSelector(IExclusivity.ExclusivityConflict.selector, id);
        Terms memory terms = _rivals();
        terms.scope.start = first.scope.start - TERM + 1;
        _acceptRefused(terms, FEE, error);
        terms.scope.start = first.scope.start - TERM;
        _accept(terms, FEE);
        terms.scope.start = first.scope.start + TERM - 1;
        _acceptRefused(terms, FEE, error);
        terms.scope.start = first.scope.start + TERM;
        _accept(terms, FEE);
    }

    function test_law08_ofTwoExclusiveLicensesOnlyOneIsGranted() external {
        Terms memory first = _exclusive();
        uint256 id = _accept(first, FEE);
        Terms memory terms = _rivals();
        terms.scope.exclusive = true;
        Entry[] memory opening = _opening(first);
        _acceptRefused(terms, FEE, opening, abi.encodeWithSelector(IExclusivity.ExclusivityConflict.selector, id));
    }

    function test_law08_theSameLicenseeExcludesNotItself() external {
        Terms memory first = _exclusive();
        _accept(first, FEE);
        Terms memory terms = _exclusive();
        (terms.scope.ref, terms.scope.exclusive) = ("second", false);
        _accept(terms, FEE);
        terms.scope.exclusive = true;
        Entry[] memory opening = new Entry[](2);
        (opening[0], opening[1]) = (_entry(first), _entry(_second()));
        _accept(terms, FEE, opening);
    }

    function _second() private view returns (Terms memory terms) {
        terms = _exclusive();
        (terms.scope.ref, terms.scope.exclusive) = ("second", false);
    }

    function test_law08_aMarketOrAUseOfItsOwnIsFree() external {
        Terms memory first = _exclusive();
        _accept(first, FEE);
        Terms memory terms = _rivals();
        terms.scope.uses = 4;
        _accept(terms, FEE);
        (terms.scope.uses, terms.scope.markets) = (3, 4);
        _accept(terms, FEE);
        terms = _rivals();
        terms.scope.category = 1;
        _accept(terms, FEE);
    }

    function _elsewhere(bytes32 ref) private view returns (Terms memory terms) {
        terms = _rivals();
        (terms.scope.uses, terms.scope.markets, terms.scope.ref) = (4, 4, ref);
    }

    function testFuzz_law08_anOpeningThatIsNotTheBookIsStale(uint256 which, uint32 by) external {
        (Terms memory first, Terms memory second) = (_elsewhere("first"), _elsewhere("second"));
        _accept(first, FEE);
        _accept(second, FEE);
        Entry[] memory opening = new Entry[](2);
        (opening[0], opening[1]) = (_entry(first), _entry(second));
        Terms memory terms = _exclusive();
        bytes memory error = abi.encodeWithSelector(IExclusivity.OpeningStale.selector, twinId, 0);

        _acceptRefused(terms, FEE, error);
        which %= 7;
        by |= 1;
        if (which == 0) opening[0].licenseId ^= by;
        if (which == 1) opening[1].start ^= by;
        // An end in the past would leave a link out; it must give the book's hash all the same.
        if (which == 2) opening[1].end = by;
        if (which == 3) opening[0].uses ^= by;
        if (which == 4) opening[0].markets ^= by;
        if (which == 5) (opening[0], opening[1]) = (opening[1], opening[0]);
        if (which == 6) opening = _opening(first);
        // A forged entry may meet the new one before the hash is asked: then no wrong id gets past either.
        bytes memory signature = _signed(model, _digest(terms));
        vm.prank(hm);
        (bool isDone, bytes memory found) =
            address(licenses).call(abi.encodeCall(licenses.accept, (terms, signature, FEE, opening)));
        bool isConflict = bytes4(found) == IExclusivity.ExclusivityConflict.selector && (which == 3 || which == 4);
        require(!isDone && (isConflict || keccak256(found) == keccak256(error)), "a forged book was opened");

        opening = new Entry[](2);
        (opening[0], opening[1]) = (_entry(first), _entry(second));
        _accept(terms, FEE, opening);
    }

    function test_law08_thereAreEightPlacesAndFourForBookings() external {
        Entry[] memory opening = new Entry[](0);
        Prices memory prices = _prices();
        for (uint256 i; i < 4; ++i) {
            opening = _with(opening, _bookExclusive(prices, i, opening));
        }
        Terms memory terms = _exclusiveBooking(prices, 4);
        bytes memory error = abi.encodeWithSelector(IExclusivity.ExclusivesFull.selector, twinId, 0);
        bytes memory signature = _signed(model, terms.scope.card);
        vm.prank(hm);
        vm.expectRevert(error);
        licenses.book(terms, prices, signature, 2 * FEE, opening);

        for (uint256 i = 4; i < 8; ++i) {
            terms = _exclusive();
            terms.scope.ref = bytes32(i);
            _accept(terms, FEE, opening);
            opening = _with(opening, _entry(terms));
        }
        terms.scope.ref = "ninth";
        _acceptRefused(terms, FEE, opening, error);
        (uint248 granted, uint256[] memory exclusives) = licenses.bookOf(twinId, 0);
        require(granted != 0 && exclusives.length == 8, "another book");
        for (uint256 i; i < 8; ++i) {
            require(exclusives[i] == opening[i].licenseId, "another license");
        }

        // What is not exclusive needs no place, and no opening.
        terms.scope.exclusive = false;
        _accept(terms, FEE);
    }

    function test_law08_anEndFreesThePlaceAndTheTime() external {
        (Terms memory first, Terms memory second, Entry[] memory opening) = _acceptTwo();

        _surrender(first);
        Terms memory terms = _rivals();
        (terms.scope.exclusive, terms.scope.start) = (true, uint40(clock));
        _accept(terms, FEE, opening);
        (, uint256[] memory exclusives) = licenses.bookOf(twinId, 0);
        require(exclusives.length == 2, "the ended one keeps its place");
        require(exclusives[0] == _id(second) && exclusives[1] == _id(terms), "another license was dropped");
    }

    function test_law08_whatHasPassedItsEndLeavesTheBook() external {
        (Terms memory first, Terms memory second, Entry[] memory opening) = _acceptTwo();

        _at(clock + TERM);
        Terms memory third = _exclusive();
        (third.scope.ref, third.scope.start) = ("third", uint40(clock + 30 days));
        _accept(third, FEE, opening);

        // The first entry is gone: the book is that of the other two.
        (opening[0], opening[1]) = (_entry(second), _entry(third));
        Terms memory fourth = _exclusive();
        (fourth.scope.ref, fourth.scope.start) = ("fourth", uint40(clock + 60 days));
        _accept(fourth, FEE, opening);
    }

    function test_law08_whatEndedBeforeItsStartExcludesNobody() external {
        Prices memory prices = _prices();
        Terms memory first = _exclusiveBooking(prices, 0);
        _book(first, prices, 2 * FEE);
        _decline(first);
        Terms memory terms = _rivals();
        terms.scope.start = first.scope.start;
        _accept(terms, FEE);
        (terms.scope.exclusive, terms.scope.ref) = (true, "exclusive");
        Entry[] memory opening = new Entry[](2);
        Terms memory plain = _rivals();
        plain.scope.start = first.scope.start;
        (opening[0], opening[1]) = (_entry(first), _entry(plain));
        _accept(terms, FEE, opening);
    }

    function _acceptTwo() private returns (Terms memory first, Terms memory second, Entry[] memory opening) {
        (first, second) = (_exclusive(), _exclusive());
        first.scope.start = uint40(clock);
        (second.scope.ref, second.scope.start) = ("second", uint40(clock + 20 days));
        _accept(first, FEE);
        _accept(second, FEE, _opening(first));
        opening = _with(_opening(first), _entry(second));
    }

    function _exclusiveBooking(Prices memory prices, uint256 ref) private view returns (Terms memory terms) {
        terms = _booking(prices);
        (terms.scope.exclusive, terms.scope.ref, terms.pay.fee) = (true, bytes32(ref), 2 * FEE);
    }

    function _bookExclusive(Prices memory prices, uint256 ref, Entry[] memory opening) private returns (Entry memory) {
        Terms memory terms = _exclusiveBooking(prices, ref);
        _book(terms, prices, 2 * FEE, opening);
        return _entry(terms);
    }

    function _with(Entry[] memory opening, Entry memory entry) private pure returns (Entry[] memory longer) {
        longer = new Entry[](opening.length + 1);
        for (uint256 i; i < opening.length; ++i) {
            longer[i] = opening[i];
        }
        longer[opening.length] = entry;
    }
}
