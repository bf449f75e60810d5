// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRoyaltyStream} from "../../../contracts/interfaces/IRoyaltyStream.sol";
import {License} from "../../../contracts/types/License.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Kind} from "../../../contracts/types/Usage.sol";
import {Desk} from "./Desk.sol";

/// @title Earned follows seconds or images, and never falls
contract Law13 is Desk {
    function testFuzz_law13_earnedIsTheFormula(
        uint96 fee,
        uint96 deposit,
        uint32 term,
        uint32 quota,
        uint32 images,
        uint40 at
    ) external {
        Terms memory terms = _terms();
        deposit = uint96(deposit % (uint256(fee) + 1));
        (term, quota) = (uint32(1 + term % 1827 days), quota == 0 ? 1 : quota);
        (terms.pay.fee, terms.pay.committed, terms.pay.term, terms.pay.quota) = (fee, 0, term, quota);
        _accept(terms, deposit);
        License memory license = _license(terms);
        images = uint32(images % (uint256(license.imagesLeft) + 1));
        if (images != 0 && license.paidThrough > clock) _record(terms, _batch(1, Kind.Declared, images));
        else images = 0;

        uint256 elapsed = at <= clock ? 0 : at - clock < term ? at - clock : term;
        uint256 byTime = uint256(fee) * elapsed / term;
        uint256 byImages = (uint256(fee) * images + quota - 1) / quota;
        uint256 ahead = byTime > byImages ? byTime : byImages;
        require(_earned(terms, at) == (ahead < deposit ? ahead : deposit), "it has earned something else");
    }

    function testFuzz_law13_earnedNeverFalls(uint40 one, uint40 other, uint96 deposit) external {
        Terms memory terms = _terms();
        _accept(terms, uint96(COMMITTED + deposit % (FEE - COMMITTED + 1)));
        (one, other) = (uint40(clock + one % 20 days), uint40(clock + other % 20 days));
        uint256 before = _earned(terms, one);
        require(one > other || before <= _earned(terms, other), "it falls with time");
        _record(terms, _batch(1, Kind.Declared, 1));
        uint256 recorded = _earned(terms, one);
        require(before <= recorded, "it falls by an image");
        _topUp(terms, FEE);
        require(recorded <= _earned(terms, one), "it falls by a top-up");
    }

    function test_law13_nothingIsEarnedBeforeTheFirstSecondHasPassedAndAllAtTheEnd() external {
        Terms memory terms = _terms();
        terms.scope.start = uint40(clock + 1 days);
        _accept(terms, FEE);
        uint256 start = terms.scope.start;
        require(_earned(terms, 0) == 0 && _earned(terms, start) == 0, "it earns before");
        require(_earned(terms, start + 1) == uint256(FEE) / TERM, "a second earns something else");
        require(_earned(terms, start + TERM - 1) == uint256(FEE) * (TERM - 1) / TERM, "another second before the end");
        require(_earned(terms, start + TERM) == FEE && _earned(terms, type(uint40).max) == FEE, "not all is earned");
    }

    function test_law13_anImageEarnsItsPartRoundedUp() external {
        Terms memory terms = _terms();
        (terms.pay.quota, terms.pay.fee) = (3, 1_000_000);
        _accept(terms, FEE);
        _record(terms, _batch(1, Kind.Declared, 1));
        require(_earned(terms, clock) == 333_334, "it is not rounded up");
        _record(terms, _batch(2, Kind.Declared, 2));
        require(_earned(terms, clock) == FEE, "the whole quota earns something else");
    }

    function testFuzz_law13_anUnknownLicenseHasEarnedNothing(bytes32 ref) external {
        Terms memory terms = _terms();
        terms.scope.ref = ref;
        uint256 id = _id(terms);
        (bytes32 scopeHash, bytes32 sharesHash) = (_scopeHash(terms), _sharesHash(terms));
        _refused(IRoyaltyStream.LicenseUnknown.selector, id);
        licenses.earned(scopeHash, terms.pay, sharesHash, uint40(clock));
        _refused(IRoyaltyStream.LicenseUnknown.selector, id);
        licenses.payOut(scopeHash, terms.pay, terms.shares);
        _refused(IRoyaltyStream.LicenseUnknown.selector, id);
        licenses.topUp(scopeHash, terms.pay, sharesHash, FEE);
    }

    function test_law13_onceSettledItIsWhatWasLeftInIt() external {
        Terms memory terms = _terms();
        _accept(terms, FEE);
        _at(clock + 5 days);
        _surrender(terms);
        require(_earned(terms, 0) == FEE / 2 && _earned(terms, clock + 9 days) == FEE / 2, "it still moves");
    }
}
