// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {TestDollar} from "./TestDollar.sol";

/// @title A token that says in its own name what another contract would say
contract Forging is TestDollar {
    bytes32[4] private _topics;
    bytes private _data;

    constructor() TestDollar(6) {}

    /// @notice Prepares the event that every transfer emits.
    /// @param topics its four topics
    /// @param data the rest of it
    function forge(bytes32[4] calldata topics, bytes calldata data) external {
        (_topics, _data) = (topics, data);
    }

    function _afterTokenTransfer(address from, address to, uint256) internal override {
        if (from == address(0) || to == address(0)) return;

        bytes memory data = _data;
        (bytes32 a, bytes32 b, bytes32 c, bytes32 d) = (_topics[0], _topics[1], _topics[2], _topics[3]);
        assembly ("memory-safe") {
            log4(add(data, 0x20), mload(data), a, b, c, d)
        }
    }
}
