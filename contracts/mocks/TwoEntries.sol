// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SecondEntry} from "./SecondEntry.sol";
import {TestDollar} from "./TestDollar.sol";

/// @title A token that is reached at two addresses, with one ledger behind them
contract TwoEntries is TestDollar {
    /// @notice Only the other address may ask for this.
    error NotTheSecondEntry(address sender);

    /// @notice The other address.
    SecondEntry public immutable SECOND;

    modifier onlySecond() {
        require(msg.sender == address(SECOND), NotTheSecondEntry(msg.sender));
        _;
    }

    constructor() TestDollar(6) {
        SECOND = new SecondEntry(this);
    }

    /// @notice Approves, as asked at the other address.
    /// @param owner whose tokens
    /// @param spender who may take them
    /// @param amount how many
    function approveFor(address owner, address spender, uint256 amount) external onlySecond {
        _approve(owner, spender, amount);
    }

    /// @notice Moves tokens, as asked at the other address.
    /// @param sender who asked there
    /// @param from whose tokens
    /// @param to who gets them
    /// @param amount how many
    function moveFor(address sender, address from, address to, uint256 amount) external onlySecond {
        if (sender != from) _spendAllowance(from, sender, amount);
        _transfer(from, to, amount);
    }
}
