// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {TestDollar} from "./TestDollar.sol";

/// @title A token that refuses at once where little gas is left
/// @dev So whoever starves it has gas left to go on.
contract GasAsking is TestDollar {
    /// @notice A transfer wants more gas than there is.
    error GasTooLittle(uint256 left);

    uint256 private constant NEED = 80_000;

    constructor() TestDollar(6) {}

    function _beforeTokenTransfer(address from, address to, uint256) internal view override {
        bool isTransfer = from != address(0) && to != address(0);
        require(!isTransfer || gasleft() >= NEED, GasTooLittle(gasleft()));
    }
}
