// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {TestDollar} from "./TestDollar.sol";

/// @title A token whose balances shrink without a transfer
contract Rebasing is TestDollar {
    constructor() TestDollar(6) {}

    /// @notice Makes a balance smaller.
    /// @param account whose
    /// @param amount by how much
    function shrink(address account, uint256 amount) external {
        _burn(account, amount);
    }
}
