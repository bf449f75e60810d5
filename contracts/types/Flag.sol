// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @dev The owner's public doubt about an image that was published, or recorded, as under a license.
/// @param memo hash of the sentence that the owner's wallet showed
/// @param twinId the twin that the image shows
/// @param licenseId the license that it concerns, or zero for none
/// @param imageHash SHA-256 of the file
/// @param nonce the twin's present nonce, which the act raises
/// @param deadline first second at which the signature can no longer be used
struct Flag {
    bytes32 memo;
    uint256 twinId;
    uint256 licenseId;
    bytes32 imageHash;
    uint32 nonce;
    uint40 deadline;
}
