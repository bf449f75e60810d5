// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @dev What a model signs to have her twin. Its EIP-712 digest is the twin's id.
/// @param memo hash of the sentence that her wallet showed (`string memo` in the signed message)
/// @param owner the wallet that will hold the twin and that signs
/// @param replica salted hash of the manifest of what is owned: scan, weights, preview, keepers, permissions
/// @param guardian account that helps after a loss, or zero for none
/// @param salt random, so that the id tells nothing
/// @param deadline first second at which the consent can no longer be used
struct Consent {
    bytes32 memo;
    address owner;
    bytes32 replica;
    address guardian;
    bytes32 salt;
    uint40 deadline;
}

/// @dev The owner's standing policy, read at every grant. All zero allows nothing.
/// @param memo hash of the sentence that her wallet showed
/// @param twinId the twin it is for
/// @param uses bits of the uses that she allows at all
/// @param categories bits of the categories that she allows at all
/// @param leastOwnerBps the least that must be left to her, in basis points of the fee
/// @param nonce the twin's present nonce, which the act raises
/// @param deadline first second at which the signature can no longer be used
struct Policy {
    bytes32 memo;
    uint256 twinId;
    uint32 uses;
    uint32 categories;
    uint16 leastOwnerBps;
    uint32 nonce;
    uint40 deadline;
}

/// @dev Makes every signature void that carries the twin's present epoch.
/// @param memo hash of the sentence that her wallet showed
/// @param twinId the twin it is for
/// @param nonce the twin's present nonce, which the act raises
/// @param deadline first second at which the signature can no longer be used
struct EpochRaise {
    bytes32 memo;
    uint256 twinId;
    uint32 nonce;
    uint40 deadline;
}

/// @dev Makes every rate card void whose serial is below `leastSerial`.
/// @param memo hash of the sentence that her wallet showed
/// @param twinId the twin it is for
/// @param leastSerial the least serial of a rate card that is still good
/// @param nonce the twin's present nonce, which the act raises
/// @param deadline first second at which the signature can no longer be used
struct SerialRaise {
    bytes32 memo;
    uint256 twinId;
    uint32 leastSerial;
    uint32 nonce;
    uint40 deadline;
}

/// @dev Ends new licenses of the twin for good; running ones go on.
/// @param memo hash of the sentence that the owner's wallet showed
/// @param twinId the twin it is for
/// @param nonce the twin's present nonce, which the act raises
/// @param deadline first second at which the signature can no longer be used
struct Retirement {
    bytes32 memo;
    uint256 twinId;
    uint32 nonce;
    uint40 deadline;
}

/// @dev What a license contract must know of a twin, in one call.
/// @param owner the wallet that holds the twin
/// @param epoch the number that offers and rate cards must carry
/// @param nonce the number that acts on the twin must carry
/// @param leastSerial the least serial of a rate card that is still good
/// @param uses bits of the uses that the policy allows
/// @param categories bits of the categories that the policy allows
/// @param leastOwnerBps the least owner's share that the policy allows, in basis points
struct Authority {
    address owner;
    uint32 epoch;
    uint32 nonce;
    uint32 leastSerial;
    uint32 uses;
    uint32 categories;
    uint16 leastOwnerBps;
}
