// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRoyaltyStream} from "../../../contracts/interfaces/IRoyaltyStream.sol";
import {License} from "../../../contracts/types/License.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Kind} from "../../../contracts/types/Usage.sol";
import {vm} from "../Vm.sol";
import {Desk} from "./Desk.sol";

/// @title A license settles once, at or after its end
contract Law17 is Desk {
    event Settled(uint256 indexed licenseId, uint96 earned, uint96 refunded);

    function testFuzz_law17_theFirstPayOutFromTheEndOnSettles(uint96 deposit, uint32 notice, uint40 late) external {
        Terms memory terms = _terms();
        terms.scope.notice = notice % 9 days;
        deposit = uint96(COMMITTED + deposit % (FEE - COMMITTED + 1));
        uint256 before = dollar.balanceOf(hm);
        _accept(terms, deposit);
        _giveNotice(terms);
        License memory license = _license(terms);
        uint256 earned = uint256(FEE) * terms.scope.notice / TERM;
        if (earned > deposit) earned = deposit;

        _at(license.end + late % 1000 days);
        _payOut(terms);
        license = _license(terms);
        require(license.isSettled && license.deposited == earned && license.collected == earned, "another sum");
        require(before - dollar.balanceOf(hm) == earned, "the rest is not the licensee's");
        require(dollar.balanceOf(address(licenses)) == 0, "something is left");
        _isSettled(terms);
    }

    function _isSettled(Terms memory terms) private {
        (bytes32 scopeHash, uint256 id) = (_scopeHash(terms), _id(terms));
        _refused(IRoyaltyStream.LicenseSettled.selector, id);
        licenses.payOut(scopeHash, terms.pay, terms.shares);
    }

    function test_law17_aPayOutTheSecondBeforeTheEndDoesNotSettle() external {
        Terms memory terms = _terms();
        _accept(terms, FEE);
        uint256 end = clock + TERM;
        _at(end - 1);
        _payOut(terms);
        require(!_license(terms).isSettled && _license(terms).deposited == FEE, "it is settled");
        _at(end);
        _settles(terms, FEE, 0);
        _payOut(terms);
        require(_license(terms).isSettled, "it is not settled");
        _isSettled(terms);
    }

    function _settles(Terms memory terms, uint96 earned, uint96 refunded) private {
        uint256 id = _id(terms);
        vm.expectEmit(address(licenses));
        emit Settled(id, earned, refunded);
    }

    function test_law17_aSurrenderSettles() external {
        Terms memory terms = _terms();
        _accept(terms, FEE);
        _settles(terms, COMMITTED, FEE - COMMITTED);
        _surrender(terms);
        _isSettled(terms);
    }

    function test_law17_aLateImageNeverChangesWhatWasSettled() external {
        Terms memory terms = _terms();
        _accept(terms, FEE);
        _surrender(terms);
        _record(terms, _batch(1, Kind.Late, 5));
        require(_earned(terms, clock) == COMMITTED, "it has earned more");
        _isSettled(terms);
    }

    function testFuzz_law17_aSettlementCountsNoLessThanWasCollected(uint32 back) external {
        Terms memory terms = _terms();
        _accept(terms, FEE);
        uint256 begun = clock;
        _at(begun + 5 days);
        _payOut(terms);
        // Only a node whose clock is put back comes here.
        _at(begun + back % 5 days);
        _settles(terms, FEE / 2, FEE / 2);
        _surrender(terms);
        require(_license(terms).collected == FEE / 2 && dollar.balanceOf(address(licenses)) == 0, "another sum");
    }
}
