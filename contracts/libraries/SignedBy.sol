// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ECDSA} from "solady/utils/ECDSA.sol";
import {SignatureCheckerLib} from "solady/utils/SignatureCheckerLib.sol";

import {ISigned} from "../interfaces/ISigned.sol";

/// @title Whether an account has signed
library SignedBy {
    /// @dev ECDSA first: it is cheaper, and an account with delegated code (EIP-7702) can still sign by its key.
    function requireSigned(address signer, bytes32 digest, bytes calldata signature) internal view {
        // Zero is what recovery gives for a bad signature, and who calls a view from nowhere.
        require(signer != address(0), ISigned.SignatureInvalid(signer));
        if (signature.length == 0 && msg.sender == signer) return;

        if (ECDSA.tryRecoverCalldata(digest, signature) == signer) return;
        require(
            SignatureCheckerLib.isValidERC1271SignatureNowCalldata(signer, digest, signature),
            ISigned.SignatureInvalid(signer)
        );
    }

    /// @dev Half-open, like every time here: the deadline itself is too late.
    function requireBefore(uint40 deadline) internal view {
        require(block.timestamp < deadline, ISigned.SignatureExpired(deadline));
    }
}
