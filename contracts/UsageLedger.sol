// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {MerkleProofLib} from "solady/utils/MerkleProofLib.sol";

import {LicenseState} from "./LicenseState.sol";
import {IUsageLedger} from "./interfaces/IUsageLedger.sol";
import {Live} from "./types/Live.sol";
import {Status} from "./types/Status.sol";
import {Batch, Kind, Leaf, Reason} from "./types/Usage.sol";

/// @title The history of TwinLicense
abstract contract UsageLedger is LicenseState, IUsageLedger {
    /// @inheritdoc IUsageLedger
    mapping(address licensee => mapping(address reporter => bool isAllowed)) public isReporter;

    /// @inheritdoc IUsageLedger
    function record(uint256 licenseId, Batch calldata batch) external {
        Live live = _live[licenseId];
        if (batch.kind == Kind.Declared) {
            Reason reason =
                _against(licenseId, live, msg.sender, batch.uses, batch.markets, batch.images, block.timestamp);
            require(reason == Reason.None, MayNotPublish(licenseId, reason));
        } else {
            require(_mayReport(_ownerOf(licenseId), msg.sender), NotReporter(licenseId, msg.sender));
            require(batch.images != 0, BatchEmpty(licenseId));
        }
        // After the last number comes none: a batch of 24 bits cannot name it, and the cast says 0.
        uint256 number = uint256(live.batches()) + 1;
        // Numbers are equal or are not.
        // slither-disable-next-line incorrect-equality
        require(batch.number == number, BatchNumberWrong(batch.number, uint24(number)));

        // Only what is declared uses quota, and Reason.Images has made sure that it is left.
        _live[licenseId] = live.recorded(batch.kind == Kind.Declared ? batch.images : 0);
        // A block time of 41 bits is 34,000 years away.
        _head[licenseId] =
            keccak256(abi.encode(_head[licenseId], batchHash(licenseId, batch, msg.sender, uint40(block.timestamp))));

        emit UsageRecorded(licenseId, msg.sender, batch);
    }

    /// @inheritdoc IUsageLedger
    function setReporter(address reporter, bool isAllowed) external {
        isReporter[msg.sender][reporter] = isAllowed;

        emit ReporterSet(msg.sender, reporter, isAllowed);
    }

    /// @inheritdoc IUsageLedger
    function mayPublish(uint256 licenseId, address who, uint32 uses, uint256 markets, uint32 images, uint40 at)
        external
        view
        returns (Reason)
    {
        return _against(licenseId, _live[licenseId], who, uses, markets, images, _nowOr(at));
    }

    /// @inheritdoc IUsageLedger
    function isLive(uint256 licenseId, uint40 at) external view returns (bool) {
        // An unknown license ends at 0, so it is live at no time.
        return _lapse(_statusOf(licenseId), _live[licenseId], _nowOr(at)) == Reason.None;
    }

    /// @inheritdoc IUsageLedger
    function isRecorded(
        uint256 licenseId,
        Batch calldata batch,
        address reporter,
        uint40 time,
        bytes32 headBefore,
        bytes32[] calldata later,
        Leaf calldata leaf,
        bytes32[] calldata proof
    ) external view returns (bool) {
        bytes32 head = keccak256(abi.encode(headBefore, batchHash(licenseId, batch, reporter, time)));
        for (uint256 i; i < later.length; ++i) {
            head = keccak256(abi.encode(head, later[i]));
        }
        bytes32 leafHash = keccak256(bytes.concat(keccak256(abi.encode(leaf.index, leaf.file, leaf.entry))));

        // Hashes are equal or are not.
        // slither-disable-next-line incorrect-equality
        return head == _head[licenseId] && leaf.index < batch.images
            && MerkleProofLib.verifyCalldata(proof, batch.root, leafHash);
    }

    /// @inheritdoc IUsageLedger
    function batchHash(uint256 licenseId, Batch calldata batch, address reporter, uint40 time)
        public
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(licenseId, batch, reporter, time));
    }

    /// @dev Law 11: the first reason against publishing, in its order.
    function _against(
        uint256 licenseId,
        Live live,
        address who,
        uint32 uses,
        uint256 markets,
        uint32 images,
        uint256 at
    ) private view returns (Reason) {
        address licensee = _ownerOf(licenseId);
        if (licensee == address(0)) return Reason.Unknown;
        if (!_mayReport(licensee, who)) return Reason.NotYours;

        Reason lapse = _lapse(_statusOf(licenseId), live, at);
        if (lapse != Reason.None) return lapse;

        if (uses == 0 || uses & ~live.uses() != 0) return Reason.Use;
        if (markets == 0 || markets & ~_marketsIn[live.marketSet()] != 0) return Reason.Market;
        if (images == 0 || images > live.imagesLeft()) return Reason.Images;
        return Reason.None;
    }

    /// @dev Law 7, half-open: the start is in, the end and the paid-through are out.
    function _lapse(Status status, Live live, uint256 at) private pure returns (Reason) {
        if (at < status.start()) return Reason.NotStarted;
        if (at >= status.end()) return Reason.Ended;
        if (at >= live.paidThrough()) return Reason.Unpaid;
        return Reason.None;
    }

    function _mayReport(address licensee, address who) private view returns (bool) {
        return who == licensee || isReporter[licensee][who];
    }

    function _nowOr(uint40 at) private view returns (uint256) {
        require(at == 0 || at >= block.timestamp, AtInPast(at));
        return at == 0 ? block.timestamp : at;
    }
}
