// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUsageLedger} from "../../contracts/interfaces/IUsageLedger.sol";
import {Batch, Kind as BatchKind, Reason} from "../../contracts/types/Usage.sol";
import {EndingDeeds} from "./EndingDeeds.sol";
import {Deed} from "./World.sol";

/// @title What is recorded of publications
abstract contract UsageDeeds is EndingDeeds {
    struct Recorded {
        Batch batch;
        address reporter;
        uint40 time;
        bytes32 headBefore;
    }

    mapping(uint256 licenseId => Recorded[]) internal history;
    mapping(address licensee => mapping(address reporter => bool)) internal reports;

    function recordDeclared(uint256 seed) external deed(seed) {
        _record(Deed.RecordDeclared, BatchKind.Declared);
    }

    function recordLate(uint256 seed) external deed(seed) {
        _record(Deed.RecordLate, BatchKind.Late);
    }

    function recordRemoved(uint256 seed) external deed(seed) {
        _record(Deed.RecordRemoved, BatchKind.Removed);
    }

    function setReporter(uint256 seed) external deed(seed) {
        (address licensee, address reporter, bool isAllowed) = (_anyOf(brands), _anyOf(people), !_chance(3));
        bytes memory call = abi.encodeCall(licenses.setReporter, (reporter, isAllowed));
        _do(Deed.SetReporter, licensee, address(licenses), call, "");
        reports[licensee][reporter] = isAllowed;
    }

    function _record(Deed what, BatchKind kind) private {
        if (heldList.length == 0) return;
        Held storage held = kind == BatchKind.Declared ? _publishable() : heldList[_roll(heldList.length)];
        address reporter = _reporterOf(held);
        Batch memory batch = _draftBatch(held, kind);
        bytes memory refusal = _refusalOfBatch(held, batch, reporter);

        bytes memory call = abi.encodeCall(licenses.record, (held.id, batch));
        if (!_do(what, reporter, address(licenses), call, refusal)) return;

        history[held.id].push(Recorded(batch, reporter, _now(), held.head));
        bytes32 batchHash = keccak256(abi.encode(held.id, batch, reporter, _now()));
        held.head = keccak256(abi.encode(held.head, batchHash));
        ++held.batches;
        if (kind == BatchKind.Declared) held.used += batch.images;
    }

    /// @dev A license under which something may be published, if there is one, or will be when it has started.
    function _publishable() private returns (Held storage held) {
        uint256 first = _roll(heldList.length);
        held = heldList[first];
        for (uint256 i; i < heldList.length && (!_isLive(held, _now()) || _imagesLeft(held) == 0); ++i) {
            held = heldList[(first + i) % heldList.length];
        }
        if (held.start > _now() && held.start < held.end && _chance(2)) _warp(held.start - _roll(2));
    }

    function _reporterOf(Held storage held) private returns (address) {
        if (!_chance(3)) return held.terms.scope.licensee;
        address reporter = _anyOf(people);
        for (uint256 i; i < people.length && !reports[held.terms.scope.licensee][reporter]; ++i) {
            reporter = people[i];
        }
        return reporter;
    }

    function _draftBatch(Held storage held, BatchKind kind) private returns (Batch memory batch) {
        (uint32 uses, uint256 markets, uint32 left) =
            (held.terms.scope.uses, held.terms.scope.markets, _imagesLeft(held));
        (batch.kind, batch.manifest) = (kind, bytes32(_roll(type(uint128).max)));
        batch.number = held.batches + 1;
        if (_chance(12)) batch.number = [0, held.batches, held.batches + 2][_roll(3)];
        batch.images = [uint32(1), left, left, 1 + uint32(_roll(5))][_roll(4)];
        if (left > 3 && _chance(2)) batch.images = left / 3;
        if (_chance(8)) batch.images = left == type(uint32).max ? 0 : left + 1;
        if (_chance(12)) batch.images = 0;
        batch.uses = _chance(2) ? uses : uses & ~(uses - 1);
        if (_chance(12)) batch.uses = [0, uses | 16][_roll(2)];
        batch.markets = _chance(2) ? markets : markets & ~(markets - 1);
        if (_chance(12)) batch.markets = [0, markets | 8][_roll(2)];
        batch.root = _pair(_leafHash(batch.manifest, 0), _leafHash(batch.manifest, 1));
    }

    function _refusalOfBatch(Held storage held, Batch memory batch, address reporter)
        private
        view
        returns (bytes memory)
    {
        if (batch.kind == BatchKind.Declared) {
            Reason reason = _reason(held, reporter, batch.uses, batch.markets, batch.images, _now());
            if (reason != Reason.None) {
                return abi.encodeWithSelector(IUsageLedger.MayNotPublish.selector, held.id, reason);
            }
        } else if (!_mayReport(held, reporter)) {
            return abi.encodeWithSelector(IUsageLedger.NotReporter.selector, held.id, reporter);
        } else if (batch.images == 0) {
            return abi.encodeWithSelector(IUsageLedger.BatchEmpty.selector, held.id);
        }
        if (batch.number == held.batches + 1) return "";
        return abi.encodeWithSelector(IUsageLedger.BatchNumberWrong.selector, batch.number, held.batches + 1);
    }

    /// @dev Law 7 as it is written.
    function _isLive(Held storage held, uint256 at) internal view returns (bool) {
        uint256 paidThrough = _paidThrough(held);
        return held.start <= at && at < (held.end < paidThrough ? held.end : paidThrough);
    }

    function _mayReport(Held storage held, address who) internal view returns (bool) {
        return who == held.terms.scope.licensee || reports[held.terms.scope.licensee][who];
    }

    /// @dev Law 11 as it is written.
    function _reason(Held storage held, address who, uint32 uses, uint256 markets, uint32 images, uint256 at)
        internal
        view
        returns (Reason)
    {
        if (!_mayReport(held, who)) return Reason.NotYours;
        if (at < held.start) return Reason.NotStarted;
        if (at >= held.end) return Reason.Ended;
        if (!_isLive(held, at)) return Reason.Unpaid;
        if (uses == 0 || uses | held.terms.scope.uses != held.terms.scope.uses) return Reason.Use;
        if (markets == 0 || markets | held.terms.scope.markets != held.terms.scope.markets) return Reason.Market;
        if (images == 0 || images > _imagesLeft(held)) return Reason.Images;
        return Reason.None;
    }

    /// @dev Every tree here has two leaves, drawn from its manifest, whatever number of images the batch states.
    function _leafHash(bytes32 manifest, uint32 index) internal pure returns (bytes32) {
        bytes32 file = keccak256(abi.encode(manifest, index));
        return keccak256(abi.encode(keccak256(abi.encode(uint256(index), file, manifest))));
    }

    function _pair(bytes32 left, bytes32 right) internal pure returns (bytes32) {
        return left < right ? keccak256(abi.encode(left, right)) : keccak256(abi.encode(right, left));
    }
}
