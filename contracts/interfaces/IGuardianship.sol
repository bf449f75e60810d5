// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Consent} from "../types/Consent.sol";
import {GuardianChange, Move, MoveDrop, PendingMove} from "../types/Moves.sol";

/// @title How a twin outlives a lost key
/// @notice A twin moves only to a wallet that has accepted: at once if owner and guardian sign; else 7 days after the
/// owner's or 14 days after the guardian's proposal, unless the owner drops it; and not later than 30 days after that.
/// @dev Help against loss, not against theft: nobody moves a twin against its owner's key, so whoever has stolen that
/// key has the twin, and at once, for it can name a guardian of its own. An owner who fears theft holds the twin in a
/// contract wallet (ERC-1271). A guardian that was deceived cannot take its proposal back: only the owner drops it.
interface IGuardianship {
    /// @notice The consent that was brought is another twin's.
    /// @param given the digest of that consent
    /// @param twinId the twin of the act
    error ConsentDiffers(uint256 given, uint256 twinId);

    /// @notice One move at a time.
    /// @param twinId the twin
    /// @param to where the pending move leads
    error MovePending(uint256 twinId, address to);

    /// @notice No move is pending; one that was may be void.
    /// @param twinId the twin
    error NoMovePending(uint256 twinId);

    /// @notice The pending move must wait.
    /// @param twinId the twin
    /// @param readyAt first second at which it can be completed
    error MoveNotReady(uint256 twinId, uint40 readyAt);

    /// @notice The owner has named another guardian, or none.
    /// @param twinId the twin
    /// @param guardian the new one, or zero
    event GuardianSet(uint256 indexed twinId, address indexed guardian);

    /// @notice A move waits. What is due to the owner waits, too.
    /// @param twinId the twin
    /// @param to the wallet that has accepted
    /// @param byGuardian whether the guardian proposed it, not the owner
    /// @param readyAt first second at which it can be completed
    event MoveProposed(uint256 indexed twinId, address indexed to, bool byGuardian, uint40 readyAt);

    /// @notice The pending move was dropped.
    /// @param twinId the twin
    event MoveDropped(uint256 indexed twinId);

    /// @notice The twin has another owner; a move that was pending is over.
    /// @param twinId the twin
    /// @param from the owner before
    /// @param to the owner now
    /// @param epoch the new epoch
    event TwinMoved(uint256 indexed twinId, address indexed from, address indexed to, uint32 epoch);

    /// @notice Names another guardian, or none, at once; a move that the guardian has proposed is dropped.
    /// @dev Law 2. Reverts with TwinUnknown, SignatureExpired, NonceWrong, SignatureInvalid.
    /// @param act what the owner signed
    /// @param signature hers; may be empty if she sends it herself
    function setGuardian(GuardianChange calldata act, bytes calldata signature) external;

    /// @notice Moves the twin at once, by owner and guardian together.
    /// @dev Laws 2, 3. Reverts with TwinUnknown, ConsentDiffers, SignatureExpired, NonceWrong, SignatureInvalid (of
    /// zero where there is no guardian). Each signature may be empty if its signer sends the call.
    /// @param act what all three signed, as `MoveAtOnce`
    /// @param consent the twin's consent, which names the first guardian; not read once the owner has named another
    /// @param ownerSignature the owner's
    /// @param guardianSignature the guardian's
    /// @param acceptance the new wallet's
    function move(
        Move calldata act,
        Consent calldata consent,
        bytes calldata ownerSignature,
        bytes calldata guardianSignature,
        bytes calldata acceptance
    ) external;

    /// @notice The owner's proposal to move the twin, ready after 7 days.
    /// @dev Law 2. Reverts with TwinUnknown, SignatureExpired, NonceWrong, SignatureInvalid, MovePending.
    /// @param act what owner and new wallet signed, as `Move`
    /// @param signature the owner's
    /// @param acceptance the new wallet's
    function proposeMove(Move calldata act, bytes calldata signature, bytes calldata acceptance) external;

    /// @notice The guardian's proposal to move the twin, ready after 14 days.
    /// @dev Law 2. Reverts with TwinUnknown, ConsentDiffers, SignatureExpired, NonceWrong, SignatureInvalid (of zero
    /// where there is no guardian), MovePending.
    /// @param act what guardian and new wallet signed, as `Move`
    /// @param consent the twin's consent, which names the first guardian; not read once the owner has named another
    /// @param signature the guardian's
    /// @param acceptance the new wallet's
    function proposeRescue(
        Move calldata act,
        Consent calldata consent,
        bytes calldata signature,
        bytes calldata acceptance
    ) external;

    /// @notice Drops the pending move, whoever proposed it.
    /// @dev Law 2. Reverts with TwinUnknown, SignatureExpired, NonceWrong, SignatureInvalid, NoMovePending.
    /// @param act what the owner signed
    /// @param signature hers; may be empty if she sends it herself
    function dropMove(MoveDrop calldata act, bytes calldata signature) external;

    /// @notice Completes a move that has waited long enough. Anyone may send it.
    /// @dev Laws 2, 3. Reverts with NoMovePending, MoveNotReady.
    /// @param twinId the twin
    function completeMove(uint256 twinId) external;

    /// @notice The present guardian.
    /// @dev Reverts with TwinUnknown, ConsentDiffers.
    /// @param twinId the twin
    /// @param consent the twin's consent, which names the first guardian; not read once the owner has named another
    /// @return the guardian, or zero for none
    function guardianOf(uint256 twinId, Consent calldata consent) external view returns (address);

    /// @notice The pending move.
    /// @param twinId the twin
    /// @return all zero where none is pending, or the last is void
    function moveOf(uint256 twinId) external view returns (PendingMove memory);
}
