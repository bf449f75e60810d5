// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUsageLedger} from "../../../contracts/interfaces/IUsageLedger.sol";
import {License} from "../../../contracts/types/License.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Batch, Kind, Reason} from "../../../contracts/types/Usage.sol";
import {vm} from "../Vm.sol";
import {Desk} from "./Desk.sol";

/// @title mayPublish gives the first reason that applies
contract Law11 is Desk {
    event ReporterSet(address indexed licensee, address indexed reporter, bool isAllowed);

    function testFuzz_law11_theFirstReasonIsGiven(
        uint96 deposit,
        uint256 who,
        uint32 uses,
        uint256 markets,
        uint32 images,
        uint40 at
    ) external {
        Terms memory terms = _terms();
        (terms.scope.start, terms.scope.uses, terms.scope.markets) = (uint40(clock + 2 days), 3, 3);
        deposit = uint96(COMMITTED + deposit % (FEE - COMMITTED + 1));
        _accept(terms, deposit);
        address sender = [hm, stranger, agency, model][who % 4];
        vm.prank(hm);
        licenses.setReporter(agency, true);
        (uses, markets, images) = (uses % 8, markets % 8, images % 12);
        at = uint40(clock + 1 + at % 14 days);

        Reason expected = _first(_license(terms), sender, uses, markets, images, at);
        require(licenses.mayPublish(_id(terms), sender, uses, markets, images, at) == expected, "another reason");
        _at(at);
        require(licenses.mayPublish(_id(terms), sender, uses, markets, images, 0) == expected, "another reason now");

        Batch memory batch = Batch(1, Kind.Declared, "root", images, uses, markets, "manifest");
        uint256 id = _id(terms);
        vm.prank(sender);
        if (expected != Reason.None) _refused(IUsageLedger.MayNotPublish.selector, id, uint256(expected));
        licenses.record(id, batch);
        require(_license(terms).batches == (expected == Reason.None ? 1 : 0), "it was recorded otherwise");
    }

    function _first(License memory license, address sender, uint32 uses, uint256 markets, uint32 images, uint40 at)
        private
        view
        returns (Reason)
    {
        if (sender != hm && sender != agency) return Reason.NotYours;
        if (at < license.start) return Reason.NotStarted;
        if (at >= license.end) return Reason.Ended;
        if (at >= license.paidThrough) return Reason.Unpaid;
        if (uses == 0 || uses > 3) return Reason.Use;
        if (markets == 0 || markets > 3) return Reason.Market;
        return images == 0 || images > license.imagesLeft ? Reason.Images : Reason.None;
    }

    function testFuzz_law11_anUnknownLicenseComesFirst(uint256 id, address who, uint32 uses, uint32 images) external {
        require(licenses.mayPublish(id, who, uses, 1, images, 0) == Reason.Unknown, "it is known");
        _refused(IUsageLedger.MayNotPublish.selector, id, uint256(Reason.Unknown));
        licenses.record(id, _batch(1, Kind.Declared, 1));
    }

    function test_law11_theStartTheEndAndThePaidThroughAreHalfOpen() external {
        Terms memory terms = _terms();
        terms.scope.start = uint40(clock + 1 days);
        uint256 id = _accept(terms, COMMITTED);
        uint40 start = terms.scope.start;
        require(_ask(id, start - 1) == Reason.NotStarted && _ask(id, start) == Reason.None, "another start");
        require(_ask(id, start + 1 days - 1) == Reason.None, "another second of the deposit");
        require(_ask(id, start + 1 days) == Reason.Unpaid, "it is paid for");
        require(_ask(id, start + TERM - 1) == Reason.Unpaid && _ask(id, start + TERM) == Reason.Ended, "another end");
    }

    function _ask(uint256 id, uint40 at) private view returns (Reason) {
        return licenses.mayPublish(id, hm, 1, 1, 1, at);
    }

    function test_law11_useThenMarketThenImages() external {
        Terms memory terms = _terms();
        (terms.scope.uses, terms.scope.markets) = (2, 2);
        uint256 id = _accept(terms, FEE);
        require(licenses.mayPublish(id, hm, 0, 0, 0, 0) == Reason.Use, "no use is a use");
        require(licenses.mayPublish(id, hm, 3, 0, 0, 0) == Reason.Use, "one use of two is enough");
        require(licenses.mayPublish(id, hm, 2, 0, 0, 0) == Reason.Market, "no market is a market");
        require(licenses.mayPublish(id, hm, 2, 3, 0, 0) == Reason.Market, "one market of two is enough");
        require(licenses.mayPublish(id, hm, 2, 2, 0, 0) == Reason.Images, "no image is an image");
        require(licenses.mayPublish(id, hm, 2, 2, 1, 0) == Reason.None, "it may not");
    }

    function test_law11_theLastImageIsTheLast() external {
        Terms memory terms = _terms();
        uint256 id = _accept(terms, FEE);
        require(licenses.mayPublish(id, hm, 1, 1, QUOTA + 1, 0) == Reason.Images, "one too many");
        _record(terms, _batch(1, Kind.Declared, QUOTA));
        require(licenses.mayPublish(id, hm, 1, 1, 1, 0) == Reason.Images, "there is one left");
    }

    function testFuzz_law11_nobodyAsksAboutThePast(uint40 at) external {
        at = uint40(1 + at % (clock - 1));
        _refused(IUsageLedger.AtInPast.selector, at);
        licenses.mayPublish(1, hm, 1, 1, 1, at);
    }

    function testFuzz_law11_aReporterIsAllowedByItsLicenseeOnly(address reporter) external {
        vm.assume(reporter != hm && reporter != rival);
        Terms memory terms = _terms();
        uint256 id = _accept(terms, FEE);
        vm.prank(rival);
        licenses.setReporter(reporter, true);
        require(licenses.mayPublish(id, reporter, 1, 1, 1, 0) == Reason.NotYours, "another's reporter may");
        vm.expectEmit(address(licenses));
        emit ReporterSet(hm, reporter, true);
        vm.prank(hm);
        licenses.setReporter(reporter, true);
        require(licenses.isReporter(hm, reporter), "it is not a reporter");
        require(licenses.mayPublish(id, reporter, 1, 1, 1, 0) == Reason.None, "the reporter may not");
        vm.prank(hm);
        licenses.setReporter(reporter, false);
        require(licenses.mayPublish(id, reporter, 1, 1, 1, 0) == Reason.NotYours, "the reporter still may");
    }
}
