// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title A wallet that uses the moment in which it is asked for its signature (ERC-1271)
/// @dev It makes the armed call and says yes only where that was refused: so whoever believes its signature has seen
/// the call fail.
contract CallingWallet {
    address private _target;
    bytes private _data;

    /// @notice Prepares the call that it makes when it is asked.
    /// @param target who is called
    /// @param data the call
    function arm(address target, bytes calldata data) external {
        (_target, _data) = (target, data);
    }

    /// @notice Calls somebody now, as the wallet.
    /// @param target who is called
    /// @param data the call
    function act(address target, bytes calldata data) external {
        (bool isDone, bytes memory answer) = target.call(data);
        if (isDone) return;
        assembly ("memory-safe") {
            revert(add(answer, 0x20), mload(answer))
        }
    }

    /// @notice Says that the wallet has signed, unless the armed call succeeds.
    /// @return the ERC-1271 value, or zero
    function isValidSignature(bytes32, bytes calldata) external returns (bytes4) {
        bool isDone;
        if (_target != address(0)) (isDone,) = _target.call(_data);
        return isDone ? bytes4(0) : this.isValidSignature.selector;
    }
}
