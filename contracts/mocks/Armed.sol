// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Who can be told what to call, now or when its moment comes
abstract contract Armed {
    address internal _target;
    bytes internal _data;

    /// @notice Prepares the call that it makes when its moment comes.
    /// @param target who is called
    /// @param data the call
    function arm(address target, bytes calldata data) external {
        (_target, _data) = (target, data);
    }

    /// @notice Calls somebody now, in its own name.
    /// @param target who is called
    /// @param data the call
    function act(address target, bytes calldata data) external {
        (bool isDone, bytes memory answer) = target.call(data);
        if (isDone) return;
        assembly ("memory-safe") {
            revert(add(answer, 0x20), mload(answer))
        }
    }
}
