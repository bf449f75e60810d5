// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {TwinState} from "./TwinState.sol";
import {ITrustEvents} from "./interfaces/ITrustEvents.sol";
import {Flag} from "./types/Flag.sol";

/// @title What people say about each other in public
/// @dev Events only: nothing is stored, nothing moves, and no contract reads it.
abstract contract TrustEvents is TwinState, ITrustEvents {
    bytes32 private constant FLAG_TYPEHASH =
        keccak256("Flag(string memo,uint256 twinId,uint256 licenseId,bytes32 imageHash,uint32 nonce,uint40 deadline)");

    /// @inheritdoc ITrustEvents
    function vouch(address subject, bytes32 commitment, uint40 until) external {
        emit Vouched(msg.sender, subject, commitment, until);
    }

    /// @inheritdoc ITrustEvents
    function withdrawVouch(address subject, bytes32 commitment) external {
        emit VouchWithdrawn(msg.sender, subject, commitment);
    }

    /// @inheritdoc ITrustEvents
    function flag(Flag calldata act, bytes calldata signature) external {
        bytes32 structHash = keccak256(
            abi.encode(FLAG_TYPEHASH, act.memo, act.twinId, act.licenseId, act.imageHash, act.nonce, act.deadline)
        );
        _ownersAct(act.twinId, act.nonce, act.deadline, structHash, signature);

        emit Flagged(act.twinId, act.licenseId, act.imageHash);
    }
}
