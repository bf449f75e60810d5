// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @dev Names the account that helps to move the twin after a loss, in the place of the one before.
/// @param memo hash of the sentence that the owner's wallet showed
/// @param twinId the twin it is for
/// @param guardian the account, or zero for none
/// @param nonce the twin's present nonce, which the act raises
/// @param deadline first second at which the signature can no longer be used
struct GuardianChange {
    bytes32 memo;
    uint256 twinId;
    address guardian;
    uint32 nonce;
    uint40 deadline;
}

/// @dev Moves the twin to another wallet, which must accept. Signed as `MoveAtOnce` by owner, guardian and new wallet,
/// it moves without delay; signed as `Move` by owner or guardian, and the new wallet, it waits. So nobody can make of
/// one what was signed as the other. Whoever is both guardian and new wallet signs as both.
/// @param memo hash of the sentence that their wallets showed
/// @param twinId the twin it is for
/// @param to the wallet that shall hold the twin, and that must accept
/// @param nonce the twin's present nonce, which the act raises
/// @param deadline first second at which the signatures can no longer be used
struct Move {
    bytes32 memo;
    uint256 twinId;
    address to;
    uint32 nonce;
    uint40 deadline;
}

/// @dev Drops the move that is pending.
/// @param memo hash of the sentence that the owner's wallet showed
/// @param twinId the twin it is for
/// @param nonce the twin's present nonce, which the act raises
/// @param deadline first second at which the signature can no longer be used
struct MoveDrop {
    bytes32 memo;
    uint256 twinId;
    uint32 nonce;
    uint40 deadline;
}

/// @dev A move that waits. All zero where none does.
/// @param to the wallet that has accepted
/// @param readyAt first second at which it can be completed
/// @param byGuardian whether the guardian proposed it, not the owner
struct PendingMove {
    address to;
    uint40 readyAt;
    bool byGuardian;
}
