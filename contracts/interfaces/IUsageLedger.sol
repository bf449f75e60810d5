// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Batch, Leaf, Reason} from "../types/Usage.sol";

/// @title The history of what was published
/// @notice Answers whether an image may be published, and keeps an append-only history of what was.
/// @dev The chain keeps one hash for each license, the head; events carry the batches. A root of fewer images than
/// it claims, or a use that nobody recorded, is found by audit, not by the chain.
interface IUsageLedger {
    /// @notice The licensee may not declare these images now.
    /// @param licenseId the license
    /// @param reason the first that applies
    error MayNotPublish(uint256 licenseId, Reason reason);

    /// @notice A batch must name the license's next number, so that a retry cannot count twice.
    /// @param given the number of the batch
    /// @param expected the next number, or 0 after the 16,777,215th batch, which is the last
    error BatchNumberWrong(uint24 given, uint24 expected);

    /// @notice A batch must hold at least one image.
    /// @param licenseId the license
    error BatchEmpty(uint256 licenseId);

    /// @notice Only the licensee and its reporters record usage.
    /// @param licenseId the license
    /// @param sender who tried
    error NotReporter(uint256 licenseId, address sender);

    /// @notice The past is not answered from the present: ask the block of then.
    /// @param at the time asked for
    error AtInPast(uint40 at);

    /// @notice A usage batch was recorded.
    /// @param licenseId the license
    /// @param reporter who recorded it
    /// @param batch what it states
    event UsageRecorded(uint256 indexed licenseId, address indexed reporter, Batch batch);

    /// @notice A licensee named or dismissed somebody who may record usage of all its licenses.
    /// @param licensee the licensee
    /// @param reporter its agency or tool
    /// @param isAllowed whether it may, from now on
    event ReporterSet(address indexed licensee, address indexed reporter, bool isAllowed);

    /// @notice Appends a batch to the usage history of a license.
    /// @dev Laws 11, 19. Reverts with MayNotPublish (declared), NotReporter or BatchEmpty (late, removed);
    /// BatchNumberWrong.
    /// @param licenseId the license
    /// @param batch what is stated
    function record(uint256 licenseId, Batch calldata batch) external;

    /// @notice Names or dismisses somebody who may record usage of all of the sender's licenses.
    /// @dev Warning: images that it declares use up quota, and earn what is deposited for them (law 13).
    /// @param reporter its agency or tool
    /// @param isAllowed whether it may, from now on
    function setReporter(address reporter, bool isAllowed) external;

    /// @notice Whether somebody may publish images of a license, from what the chain knows in this block.
    /// @dev Law 11. Reverts with AtInPast.
    /// @param licenseId the license
    /// @param who the licensee or one of its reporters
    /// @param uses bits of all uses asked
    /// @param markets bits of all markets asked
    /// @param images how many images
    /// @param at the time of publication, now or later, or 0 for now
    /// @return the first reason against it, or none
    function mayPublish(uint256 licenseId, address who, uint32 uses, uint256 markets, uint32 images, uint40 at)
        external
        view
        returns (Reason);

    /// @notice Whether a license is live at a time: started, not ended, and paid for.
    /// @dev Law 7. Answers from what the chain knows in this block. Reverts with AtInPast.
    /// @param licenseId the license
    /// @param at the time asked for, now or later, or 0 for now
    /// @return false also for an unknown license
    function isLive(uint256 licenseId, uint40 at) external view returns (bool);

    /// @notice Whether an image stands in the usage history of a license.
    /// @dev Law 20. The chain keeps only the head, so the proof brings the batch and what surrounds it.
    /// @param licenseId the license
    /// @param batch the batch that holds the image
    /// @param reporter who recorded it
    /// @param time the second in which it was recorded
    /// @param headBefore the head before that batch
    /// @param later hashes of the batches after it, in order
    /// @param leaf the image
    /// @param proof its path in the batch's tree
    /// @return false if anything does not fit, or the index is not below the images of the batch
    function isRecorded(
        uint256 licenseId,
        Batch calldata batch,
        address reporter,
        uint40 time,
        bytes32 headBefore,
        bytes32[] calldata later,
        Leaf calldata leaf,
        bytes32[] calldata proof
    ) external view returns (bool);

    /// @notice The hash that a batch adds to the head.
    /// @param licenseId the license
    /// @param batch the batch
    /// @param reporter who recorded it
    /// @param time the second in which it was recorded
    /// @return keccak256 of all of it
    function batchHash(uint256 licenseId, Batch calldata batch, address reporter, uint40 time)
        external
        pure
        returns (bytes32);

    /// @notice Whether somebody may record usage of a licensee's licenses.
    /// @param licensee the licensee
    /// @param reporter its agency or tool
    /// @return true if the licensee has named it
    function isReporter(address licensee, address reporter) external view returns (bool);
}
