// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Armed} from "./Armed.sol";

/// @title A wallet that uses the moment in which it is asked for its signature (ERC-1271)
/// @dev It makes the armed call and says yes only where that was refused: so whoever believes its signature has seen
/// the call fail.
contract CallingWallet is Armed {
    /// @notice Says that the wallet has signed, unless the armed call succeeds.
    /// @return the ERC-1271 value, or zero
    function isValidSignature(bytes32, bytes calldata) external returns (bytes4) {
        bool isDone;
        if (_target != address(0)) (isDone,) = _target.call(_data);
        return isDone ? bytes4(0) : this.isValidSignature.selector;
    }
}
