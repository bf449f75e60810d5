// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {TwoEntries} from "./TwoEntries.sol";

/// @title The other address of TwoEntries
contract SecondEntry {
    TwoEntries private immutable LEDGER;

    constructor(TwoEntries ledger) {
        LEDGER = ledger;
    }

    /// @notice Approves a spender of the sender's tokens.
    /// @param spender who may take them
    /// @param amount how many
    /// @return true
    function approve(address spender, uint256 amount) external returns (bool) {
        LEDGER.approveFor(msg.sender, spender, amount);
        return true;
    }

    /// @notice Sends the sender's tokens.
    /// @param to who gets them
    /// @param amount how many
    /// @return true
    function transfer(address to, uint256 amount) external returns (bool) {
        LEDGER.moveFor(msg.sender, msg.sender, to, amount);
        return true;
    }

    /// @notice Sends somebody's tokens by an allowance.
    /// @param from whose tokens
    /// @param to who gets them
    /// @param amount how many
    /// @return true
    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        LEDGER.moveFor(msg.sender, from, to, amount);
        return true;
    }

    /// @notice What an account holds, at either address.
    /// @param account whose
    /// @return how many
    function balanceOf(address account) external view returns (uint256) {
        return LEDGER.balanceOf(account);
    }
}
