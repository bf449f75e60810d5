// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRoyaltyStream} from "../../../contracts/interfaces/IRoyaltyStream.sol";
import {IUsageLedger} from "../../../contracts/interfaces/IUsageLedger.sol";
import {License} from "../../../contracts/types/License.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {vm} from "../Vm.sol";
import {Desk} from "./Desk.sol";

/// @title Live means started, not ended, paid through
contract Law07 is Desk {
    function testFuzz_law07_liveIsFromTheStartToTheEndOrThePaidThrough(uint96 deposit, uint40 start, uint40 at)
        external
    {
        Terms memory terms = _terms();
        terms.scope.start = uint40(clock + 1 + start % 100 days);
        deposit = uint96(COMMITTED + deposit % (FEE - COMMITTED + 1));
        uint256 id = _accept(terms, deposit);
        License memory license = _license(terms);
        at = uint40(clock + 1 + at % 120 days);
        bool isLive = at >= license.start && at < license.end && at < license.paidThrough;
        require(licenses.isLive(id, at) == isLive, "it is the other");
        _at(at);
        require(licenses.isLive(id, 0) == isLive, "it is the other now");
    }

    function test_law07_theStartIsInAndTheEndIsOut() external {
        Terms memory terms = _terms();
        terms.scope.start = uint40(clock + 1 days);
        uint256 id = _accept(terms, FEE);
        uint40 end = terms.scope.start + TERM;
        require(!licenses.isLive(id, terms.scope.start - 1), "it is live before its start");
        require(licenses.isLive(id, terms.scope.start), "it is not live at its start");
        require(licenses.isLive(id, end - 1) && !licenses.isLive(id, end), "its end is another");
    }

    function test_law07_thePaidThroughIsOut() external {
        Terms memory terms = _terms();
        uint256 id = _accept(terms, COMMITTED);
        uint256 paidThrough = clock + 1 days;
        require(_license(terms).paidThrough == paidThrough, "another second");
        require(licenses.isLive(id, uint40(paidThrough - 1)), "it is not live before");
        require(!licenses.isLive(id, uint40(paidThrough)), "it is live unpaid");
    }

    function test_law07_aLateTopUpPaysFromTheStartAndHealsNothing() external {
        Terms memory terms = _terms();
        uint256 id = _accept(terms, COMMITTED);
        uint256 start = clock;
        _at(start + 5 days);
        require(!licenses.isLive(id, 0), "it is live unpaid");
        _topUp(terms, FEE / 2);
        require(!licenses.isLive(id, 0), "half pays for more than half");
        _topUp(terms, FEE / 2 + 1);
        require(_license(terms).paidThrough == start + 5 days, "one unit pays for a second");
        _topUp(terms, FEE / 2 + 2);
        require(licenses.isLive(id, 0), "it is not live paid");
        require(_license(terms).end == start + TERM, "its end has moved");
    }

    function testFuzz_law07_nobodyAsksAboutThePast(uint40 at) external {
        Terms memory terms = _terms();
        uint256 id = _accept(terms, FEE);
        at = uint40(1 + at % (clock - 1));
        _refused(IUsageLedger.AtInPast.selector, at);
        licenses.isLive(id, at);
        require(licenses.isLive(id, uint40(clock)), "now is past");
    }

    function testFuzz_law07_anUnknownLicenseIsNeverLive(uint256 id, uint40 at) external view {
        at = uint40(clock + at % 100 days);
        require(!licenses.isLive(id, at), "it is live");
    }

    function testFuzz_law07_nothingIsToppedUpFromTheEndOn(uint40 late) external {
        Terms memory terms = _terms();
        uint256 id = _accept(terms, COMMITTED);
        uint40 end = uint40(clock + TERM);
        _at(end + late % 100 days);
        (bytes32 scopeHash, bytes32 sharesHash) = (_scopeHash(terms), _sharesHash(terms));
        vm.prank(hm);
        _refused(IRoyaltyStream.LicenseOver.selector, id, end);
        licenses.topUp(scopeHash, terms.pay, sharesHash, FEE);
        _at(end - 1);
        _topUp(terms, FEE);
    }
}
