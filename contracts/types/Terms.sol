// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @dev What is licensed, to whom, when, and under which words.
/// @param memo hash of the sentence that the owner's wallet showed; in a booking, that of the rate card
/// @param licensee the only account that may accept or book
/// @param epoch the twin's epoch at the signing
/// @param validUntil first second at which the terms can no longer be accepted or booked
/// @param start first licensed second, or 0 for the second of the grant
/// @param category the industry, in which an exclusive license excludes others
/// @param exclusive whether other licensees are excluded from the same uses, markets and time
/// @param uses bits of the uses granted
/// @param markets bits of the markets granted
/// @param notice seconds between the owner's notice and the end; read as 90 days if it is more
/// @param agreement hash of the human-readable contract
/// @param card digest of the rate card of a booking; zero in an offer
/// @param ref salted campaign or order number, which keeps equal bookings apart
struct Scope {
    bytes32 memo;
    address licensee;
    uint32 epoch;
    uint40 validUntil;
    uint40 start;
    uint8 category;
    bool exclusive;
    uint32 uses;
    uint256 markets;
    uint32 notice;
    bytes32 agreement;
    bytes32 card;
    bytes32 ref;
}

/// @dev What is paid, in the smallest unit of the currency.
/// @param twinId the twin
/// @param currency the ERC-20 in which everything of this license is paid
/// @param fee the one price, for the whole term and the whole quota
/// @param committed the part of the fee that is due even if the licensee leaves early
/// @param term licensed seconds, from the start
/// @param quota the most images
struct Pay {
    uint256 twinId;
    address currency;
    uint96 fee;
    uint96 committed;
    uint32 term;
    uint32 quota;
}

/// @dev A part of the fee for somebody beside the owner, who has what these leave.
/// @param payee the wallet that is paid
/// @param bps its part in basis points of the fee
/// @param role what it is paid for (the number in the list of roles)
struct Share {
    address payee;
    uint16 bps;
    uint8 role;
}

/// @dev All that a license grants and costs. Its EIP-712 digest is the license's id.
struct Terms {
    Scope scope;
    Pay pay;
    Share[] shares;
}

/// @dev What the owner signs to end a license: by notice, because it is unpaid, or by declining a booking.
/// @param memo hash of the sentence that her wallet showed
/// @param licenseId the license
/// @param nonce the twin's present nonce; any later act on the twin makes an unsent one void
/// @param deadline first second at which the signature can no longer be used
struct Ending {
    bytes32 memo;
    uint256 licenseId;
    uint32 nonce;
    uint40 deadline;
}

/// @dev What the owner signs to withdraw one offer or one rate card.
/// @param memo hash of the sentence that her wallet showed
/// @param twinId her twin
/// @param digest the EIP-712 digest of the offer or of the card
/// @param deadline first second at which the signature can no longer be used
struct Revocation {
    bytes32 memo;
    uint256 twinId;
    bytes32 digest;
    uint40 deadline;
}
