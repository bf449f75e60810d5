// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUsageLedger} from "../../../contracts/interfaces/IUsageLedger.sol";
import {License} from "../../../contracts/types/License.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Batch, Kind, Reason} from "../../../contracts/types/Usage.sol";
import {vm} from "../Vm.sol";
import {Desk} from "./Desk.sol";

/// @title Usage is append-only, each batch names its number
contract Law19 is Desk {
    function testFuzz_law19_everyBatchClosesTheHead(uint256 kinds, uint32 images) external {
        Terms memory terms = _terms();
        uint256 id = _accept(terms, FEE);
        bytes32 head;
        for (uint24 i; i < 5; ++i) {
            Batch memory batch = _batch(i + 1, Kind((kinds >> (8 * i)) % 3), 1 + images % 2);
            _at(clock + 1 hours);
            _record(terms, batch);
            bytes32 hash = keccak256(abi.encode(id, batch, hm, clock));
            require(licenses.batchHash(id, batch, hm, uint40(clock)) == hash, "the batch hashes otherwise");
            head = keccak256(abi.encode(head, hash));
            require(_license(terms).head == head && _license(terms).batches == i + 1, "another head");
        }
    }

    function testFuzz_law19_aBatchNamesItsNumber(uint24 number, uint256 kind) external {
        Terms memory terms = _terms();
        uint256 id = _accept(terms, FEE);
        _record(terms, _batch(1, Kind.Declared, 1));
        vm.assume(number != 2);
        Batch memory batch = _batch(number, Kind(kind % 3), 1);
        vm.prank(hm);
        _refused(IUsageLedger.BatchNumberWrong.selector, number, 2);
        licenses.record(id, batch);
        _record(terms, _batch(2, Kind.Declared, 1));
    }

    function testFuzz_law19_afterTheLastNumberComesNone(uint24 number) external {
        Terms memory terms = _terms();
        uint256 id = _accept(terms, FEE);
        _setBatches(id, type(uint24).max - 1);
        _record(terms, _batch(type(uint24).max, Kind.Late, 1));
        License memory last = _license(terms);
        require(last.batches == type(uint24).max && last.imagesLeft == QUOTA, "the last has no number");
        Batch memory batch = _batch(number, Kind.Late, 1);
        vm.prank(hm);
        _refused(IUsageLedger.BatchNumberWrong.selector, number, 0);
        licenses.record(id, batch);
    }

    /// @dev Sixteen million batches cannot be recorded in a test: their number is written where it is kept.
    function _setBatches(uint256 id, uint256 batches) private {
        for (uint256 slot; slot < 20; ++slot) {
            bytes32 place = keccak256(abi.encode(id, slot));
            uint256 word = uint256(vm.load(address(licenses), place));
            if (word >> 160 != FEE) continue;
            vm.store(address(licenses), place, bytes32(word | (batches << 64)));
        }
        require(licenses.licenseOf(id).batches == batches, "it is kept elsewhere");
    }

    function testFuzz_law19_onlyWhatIsDeclaredUsesQuota(uint256 kind, uint32 images) external {
        Terms memory terms = _terms();
        _accept(terms, FEE);
        images = 1 + images % QUOTA;
        kind %= 3;
        _record(terms, _batch(1, Kind(kind), images));
        require(_license(terms).imagesLeft == QUOTA - (kind == 0 ? images : 0), "another quota is left");
        require((_earned(terms, clock) == 0) == (kind != 0), "it earns otherwise");
    }

    function test_law19_whatIsLateOrRemovedIsRecordedAlsoAfterTheEnd() external {
        Terms memory terms = _terms();
        uint256 id = _accept(terms, COMMITTED);
        _at(clock + TERM);
        Batch memory batch = _batch(1, Kind.Declared, 1);
        vm.prank(hm);
        _refused(IUsageLedger.MayNotPublish.selector, id, uint256(Reason.Ended));
        licenses.record(id, batch);
        _record(terms, _batch(1, Kind.Late, 1000));
        _record(terms, _batch(2, Kind.Removed, type(uint32).max));
    }

    function testFuzz_law19_onlyTheLicenseeAndItsReportersRecord(address sender, uint256 kind) external {
        vm.assume(sender != hm);
        Terms memory terms = _terms();
        uint256 id = _accept(terms, FEE);
        Batch memory batch = _batch(1, Kind(1 + kind % 2), 1);
        vm.prank(sender);
        _refused(IUsageLedger.NotReporter.selector, id, _n(sender));
        licenses.record(id, batch);
        vm.prank(hm);
        licenses.setReporter(sender, true);
        vm.prank(sender);
        licenses.record(id, batch);
    }

    function testFuzz_law19_aBatchHasImages(uint256 kind) external {
        Terms memory terms = _terms();
        uint256 id = _accept(terms, FEE);
        Batch memory batch = _batch(1, Kind(1 + kind % 2), 0);
        vm.prank(hm);
        _refused(IUsageLedger.BatchEmpty.selector, id);
        licenses.record(id, batch);
    }
}
