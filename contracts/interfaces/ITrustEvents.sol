// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Flag} from "../types/Flag.sol";

/// @title What people say about each other in public
/// @notice Words, each worth what its speaker is worth: they grant nothing and take nothing.
interface ITrustEvents {
    /// @notice Somebody vouches that a wallet is whose it says: an agency for its model, a domain for its brand.
    /// @param voucher who says so
    /// @param subject the wallet
    /// @param commitment salted hash of what is said; never a name in clear
    /// @param until first second at which it is said no longer
    event Vouched(address indexed voucher, address indexed subject, bytes32 indexed commitment, uint40 until);

    /// @notice Somebody says it no longer.
    /// @param voucher who had said so
    /// @param subject the wallet
    /// @param commitment what was said
    event VouchWithdrawn(address indexed voucher, address indexed subject, bytes32 indexed commitment);

    /// @notice A twin's owner doubts an image in public.
    /// @param twinId the twin that the image shows
    /// @param licenseId the license that it concerns, or zero for none
    /// @param imageHash SHA-256 of the file
    event Flagged(uint256 indexed twinId, uint256 indexed licenseId, bytes32 indexed imageHash);

    /// @notice Vouches for a wallet; said again, it holds until the new time.
    /// @param subject the wallet
    /// @param commitment salted hash of what is said
    /// @param until first second at which it is said no longer
    function vouch(address subject, bytes32 commitment, uint40 until) external;

    /// @notice Takes a word back.
    /// @param subject the wallet
    /// @param commitment what was said
    function withdrawVouch(address subject, bytes32 commitment) external;

    /// @notice The owner's doubt about an image. Anyone may send it.
    /// @dev This contract knows no licenses: whether the license is of this twin, the reader checks. Reverts with
    /// TwinUnknown, SignatureExpired, NonceWrong, SignatureInvalid.
    /// @param act what the owner signed
    /// @param signature hers; may be empty if she sends it herself
    function flag(Flag calldata act, bytes calldata signature) external;
}
