// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRoyaltyStream} from "../../../contracts/interfaces/IRoyaltyStream.sol";
import {ITwinLicense} from "../../../contracts/interfaces/ITwinLicense.sol";
import {License} from "../../../contracts/types/License.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Kind} from "../../../contracts/types/Usage.sol";
import {vm} from "../Vm.sol";
import {Desk} from "./Desk.sol";

/// @title Paid through and images open follow the deposit
contract Law14 is Desk {
    function testFuzz_law14_secondsAndImagesCountWhenTheyArePaidForWhole(uint96 fee, uint96 deposit, uint96 total)
        external
    {
        Terms memory terms = _terms();
        fee = fee == 0 ? 1 : fee;
        (terms.pay.fee, terms.pay.committed) = (fee, 0);
        deposit = uint96(deposit % (uint256(fee) + 1));
        _accept(terms, deposit);
        _covers(terms, deposit);
        if (_license(terms).imagesLeft != 0) _record(terms, _batch(1, Kind.Declared, 1));
        uint32 used = _license(terms).batches;

        total = uint96(uint256(deposit) + total % (uint256(fee) - deposit + 1));
        _topUp(terms, total);
        _covers(terms, total, used);
    }

    function _covers(Terms memory terms, uint256 deposit) private view {
        _covers(terms, deposit, 0);
    }

    function _covers(Terms memory terms, uint256 deposit, uint256 used) private view {
        License memory license = _license(terms);
        uint256 seconds_ = uint256(TERM) * deposit / terms.pay.fee;
        require(license.deposited == deposit, "something else is deposited");
        require(license.paidThrough == license.start + seconds_, "another second is paid for");
        require(license.imagesLeft == uint256(QUOTA) * deposit / terms.pay.fee - used, "other images are paid for");
    }

    function test_law14_withoutAFeeEverythingIsPaidFor() external {
        Terms memory terms = _terms();
        (terms.pay.fee, terms.pay.committed) = (0, 0);
        _accept(terms, 0);
        License memory license = _license(terms);
        require(license.paidThrough == license.end && license.imagesLeft == QUOTA, "it is not");
        _record(terms, _batch(1, Kind.Declared, QUOTA));
        _at(clock + TERM);
        _payOut(terms);
        require(_license(terms).isSettled && dollar.balanceOf(address(licenses)) == 0, "there was money");
    }

    function testFuzz_law14_theDepositIsFromTheCommittedToTheFee(uint96 deposit) external {
        Terms memory terms = _terms();
        bytes memory error = abi.encodeWithSelector(IRoyaltyStream.DepositOutOfRange.selector, deposit, COMMITTED, FEE);
        if (deposit >= COMMITTED && deposit <= FEE) _accept(terms, deposit);
        else _acceptRefused(terms, deposit, error);
    }

    function test_law14_theEdgesOfTheDepositAreIn() external {
        Terms memory terms = _terms();
        bytes4 error = IRoyaltyStream.DepositOutOfRange.selector;
        _acceptRefused(terms, COMMITTED - 1, abi.encodeWithSelector(error, COMMITTED - 1, COMMITTED, FEE));
        _acceptRefused(terms, FEE + 1, abi.encodeWithSelector(error, FEE + 1, COMMITTED, FEE));
        _accept(terms, COMMITTED);
        terms.scope.ref = "whole";
        _accept(terms, FEE);
    }

    function testFuzz_law14_anExclusiveLicensePaysTheWholeFee(uint96 deposit) external {
        Terms memory terms = _terms();
        terms.scope.exclusive = true;
        deposit = deposit % FEE;
        bytes memory error = abi.encodeWithSelector(IRoyaltyStream.DepositOutOfRange.selector, deposit, FEE, FEE);
        _acceptRefused(terms, deposit, error);
        _accept(terms, FEE);
    }

    function testFuzz_law14_noMoreIsCommittedThanTheFee(uint96 committed) external {
        Terms memory terms = _terms();
        terms.pay.committed = uint96(FEE + 1 + uint256(committed) % (type(uint96).max - FEE));
        _acceptRefused(
            terms, FEE, abi.encodeWithSelector(ITwinLicense.CommittedOverFee.selector, terms.pay.committed, FEE)
        );
        terms.pay.committed = FEE;
        _accept(terms, FEE);
    }

    function testFuzz_law14_aTopUpNamesTheTotalSoThatARetryPaysNothingTwice(uint96 total) external {
        Terms memory terms = _terms();
        total = uint96(COMMITTED + total % (FEE - COMMITTED + 1));
        _accept(terms, COMMITTED);
        _topUp(terms, total);
        bytes32 before = keccak256(abi.encode(_license(terms)));
        uint256 balance = dollar.balanceOf(hm);
        _topUp(terms, total);
        _topUp(terms, COMMITTED);
        _topUp(terms, 0);
        require(dollar.balanceOf(hm) == balance, "it paid twice");
        require(keccak256(abi.encode(_license(terms))) == before, "the license has changed");
    }

    function testFuzz_law14_aTopUpEndsAtTheFee(uint96 total) external {
        Terms memory terms = _terms();
        _accept(terms, COMMITTED);
        total = uint96(FEE + 1 + uint256(total) % (type(uint96).max - FEE));
        (bytes32 scopeHash, bytes32 sharesHash) = (_scopeHash(terms), _sharesHash(terms));
        vm.prank(hm);
        _refused(IRoyaltyStream.DepositOutOfRange.selector, total, COMMITTED, FEE);
        licenses.topUp(scopeHash, terms.pay, sharesHash, total);
        _topUp(terms, FEE);
    }
}
