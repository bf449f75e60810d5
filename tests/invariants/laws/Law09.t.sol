// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRoyaltyStream} from "../../../contracts/interfaces/IRoyaltyStream.sol";
import {ISigned} from "../../../contracts/interfaces/ISigned.sol";
import {ITwinLicense} from "../../../contracts/interfaces/ITwinLicense.sol";
import {License} from "../../../contracts/types/License.sol";
import {Prices} from "../../../contracts/types/RateCard.sol";
import {Ending, Terms} from "../../../contracts/types/Terms.sol";
import {vm} from "../Vm.sol";
import {Desk} from "./Desk.sol";

/// @title Notice, lapse and surrender end a license early
contract Law09 is Desk {
    function testFuzz_law09_noticeEndsItAfterAtMostNinetyDays(uint32 notice, uint32 wait) external {
        Terms memory terms = _terms();
        (terms.scope.notice, terms.pay.term) = (notice, 200 days);
        _accept(terms, FEE);
        uint256 end = clock + 200 days;
        _at(clock + wait % 200 days);
        _giveNotice(terms);
        uint256 noticed = clock + (notice < 90 days ? notice : 90 days);
        require(_license(terms).end == (noticed < end ? noticed : end), "another end");
        require(_license(terms).isNoticed && !_license(terms).isSettled, "it is not marked, or is settled");
    }

    function test_law09_noticeIsGivenOnce() external {
        Terms memory terms = _terms();
        uint256 id = _accept(terms, FEE);
        _giveNotice(terms);
        Ending memory act = _ending(terms);
        bytes memory signature = _signed(model, _digest(act, "Notice"));
        bytes32 sharesHash = _sharesHash(terms);
        _refused(ITwinLicense.NoticeGivenBefore.selector, id);
        licenses.giveNotice(act, terms.scope, terms.pay, sharesHash, signature);
    }

    /// @dev Notice, the end of a lapsed license, and declining pass the same checks.
    function testFuzz_law09_everyEndingByTheOwnerIsSignedForThisLicenseNow(uint256 which, uint32 nonce, uint256 id)
        external
    {
        which %= 3;
        Prices memory prices = _prices();
        Terms memory terms = _booking(prices);
        if (which == 1) {
            terms = _terms();
            _accept(terms, COMMITTED);
        } else {
            _book(terms, prices, FEE);
        }
        if (which == 1) _at(clock + 8 days + 1);
        uint32 current = _nonce();
        vm.assume(nonce != current && id != _id(terms));
        Ending memory act = _ending(terms);

        act.licenseId = id;
        _endingFails(
            which, act, terms, model, abi.encodeWithSelector(ITwinLicense.EndingDiffers.selector, id, _id(terms))
        );
        act = _ending(terms);
        act.deadline = uint40(clock);
        _endingFails(which, act, terms, model, abi.encodeWithSelector(ISigned.SignatureExpired.selector, clock));
        act = _ending(terms);
        act.nonce = nonce;
        _endingFails(which, act, terms, model, abi.encodeWithSelector(ISigned.NonceWrong.selector, nonce, current));
        act = _ending(terms);
        _endingFails(which, act, terms, stranger, abi.encodeWithSelector(ISigned.SignatureInvalid.selector, model));
        // One kind of ending is not another.
        bytes memory signature = _signed(model, _digest(act, _kind((which + 1) % 3)));
        (bool isDone, bytes memory found) = address(licenses).call(_call(which, act, terms, signature));
        bytes memory error = abi.encodeWithSelector(ISigned.SignatureInvalid.selector, model);
        require(!isDone && keccak256(found) == keccak256(error), "one ending is another");

        (isDone,) = address(licenses).call(_call(which, act, terms, _signed(model, _digest(act, _kind(which)))));
        require(isDone, "the right ending was refused");
        if (which == 0) _at(_license(terms).end);
        error = abi.encodeWithSelector(IRoyaltyStream.LicenseOver.selector, _id(terms), _license(terms).end);
        act = _ending(terms);
        _endingFails(which, act, terms, model, error);

        terms.scope.ref = "unknown";
        error = abi.encodeWithSelector(IRoyaltyStream.LicenseUnknown.selector, _id(terms));
        _endingFails(which, act, terms, model, error);
    }

    function testFuzz_law09_anUnpaidLicenseEndsAfterSevenDays(uint96 deposit, uint32 wait) external {
        deposit = uint96(COMMITTED + deposit % (FEE / 10));
        Terms memory terms = _terms();
        uint256 id = _accept(terms, deposit);
        uint40 paidThrough = _license(terms).paidThrough;
        uint256 begun = clock;
        _at(paidThrough + 7 days - wait % 8 days);
        Ending memory act = _ending(terms);
        bytes memory signature = _signed(model, _digest(act, "LapseEnd"));
        bytes32 sharesHash = _sharesHash(terms);
        _refused(ITwinLicense.NotLapsed.selector, id, paidThrough);
        licenses.endLapsed(act, terms.scope, terms.pay, sharesHash, signature);

        _at(paidThrough + 7 days + 1);
        _endLapsed(terms);
        License memory license = _license(terms);
        require(license.end == clock && clock < begun + TERM && !license.isSettled, "another end");
    }

    function testFuzz_law09_whoSurrendersOwesWhatIsCommittedOrEarned(uint96 deposit, uint32 wait) external {
        Terms memory terms = _terms();
        deposit = uint96(COMMITTED + deposit % (FEE - COMMITTED + 1));
        uint256 before = dollar.balanceOf(hm);
        _accept(terms, deposit);
        wait %= TERM;
        _at(clock + wait);
        _surrender(terms);
        uint256 owed = uint256(FEE) * wait / TERM;
        if (owed > deposit) owed = deposit;
        if (owed < COMMITTED) owed = COMMITTED;
        License memory license = _license(terms);
        require(license.end == clock && license.isSettled, "it goes on");
        require(before - dollar.balanceOf(hm) == owed && license.collected == owed, "it owes something else");
    }

    function testFuzz_law09_afterANoticeASurrenderOwesWhatIsEarned(uint32 wait) external {
        Terms memory terms = _terms();
        (terms.scope.notice, terms.pay.committed) = (90 days, FEE);
        uint256 before = dollar.balanceOf(hm);
        _accept(terms, FEE);
        wait %= TERM;
        _at(clock + wait);
        _giveNotice(terms);
        _surrender(terms);
        require(before - dollar.balanceOf(hm) == uint256(FEE) * wait / TERM, "it owes something else");
    }

    function test_law09_onlyTheLicenseeSurrendersAndBeforeTheEnd() external {
        Terms memory terms = _terms();
        uint256 id = _accept(terms, FEE);
        uint40 end = uint40(clock + TERM);
        bytes32 scopeHash = _scopeHash(terms);
        vm.prank(model);
        _refused(ITwinLicense.NotLicensee.selector, _n(model), _n(hm));
        licenses.surrender(scopeHash, terms.pay, terms.shares);
        _at(end);
        vm.prank(hm);
        _refused(IRoyaltyStream.LicenseOver.selector, id, end);
        licenses.surrender(scopeHash, terms.pay, terms.shares);
        _at(end - 1);
        _surrender(terms);

        terms.scope.ref = "unknown";
        (scopeHash, id) = (_scopeHash(terms), _id(terms));
        vm.prank(hm);
        _refused(IRoyaltyStream.LicenseUnknown.selector, id);
        licenses.surrender(scopeHash, terms.pay, terms.shares);
    }

    function _kind(uint256 which) private pure returns (string memory) {
        return which == 0 ? "Notice" : which == 1 ? "LapseEnd" : "Decline";
    }

    function _call(uint256 which, Ending memory act, Terms memory terms, bytes memory signature)
        private
        view
        returns (bytes memory)
    {
        bytes4 deed = which == 0
            ? licenses.giveNotice.selector
            : which == 1 ? licenses.endLapsed.selector : licenses.decline.selector;
        return abi.encodeWithSelector(deed, act, terms.scope, terms.pay, _sharesHash(terms), signature);
    }

    function _endingFails(uint256 which, Ending memory act, Terms memory terms, address signer, bytes memory error)
        private
    {
        bytes memory signature = _signed(signer, _digest(act, _kind(which)));
        (bool isDone, bytes memory found) = address(licenses).call(_call(which, act, terms, signature));
        require(!isDone && keccak256(found) == keccak256(error), "another error, or none");
    }
}
