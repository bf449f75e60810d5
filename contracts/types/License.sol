// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @dev Everything that the chain keeps of a license, for readers.
/// @param licensee the account that holds it
/// @param start first licensed second
/// @param end present end: the first second that is no longer licensed
/// @param paidThrough the second from which the deposit no longer covers it; once settled, as it was before
/// @param deposited what has been paid in, less what was refunded, in the smallest unit
/// @param collected what has been paid out by shares, in the smallest unit
/// @param imagesLeft images that the deposit covers and that are not yet declared; once settled, as it was before
/// @param uses bits of the uses granted
/// @param markets bits of the markets granted
/// @param batches how many usage batches have been recorded
/// @param head hash that closes the usage history; zero before the first batch
/// @param isBooking whether it was booked from a rate card
/// @param isNoticed whether the owner has given notice
/// @param isSettled whether it has been settled
struct License {
    address licensee;
    uint40 start;
    uint40 end;
    uint40 paidThrough;
    uint96 deposited;
    uint96 collected;
    uint32 imagesLeft;
    uint32 uses;
    uint256 markets;
    uint24 batches;
    bytes32 head;
    bool isBooking;
    bool isNoticed;
    bool isSettled;
}

/// @dev One link of the conflict book: a grant as it was made.
/// @param licenseId the license
/// @param start its start
/// @param end its end as granted; the present one is read where it matters
/// @param uses bits of its uses
/// @param markets bits of its markets
struct Entry {
    uint256 licenseId;
    uint40 start;
    uint40 end;
    uint32 uses;
    uint256 markets;
}
