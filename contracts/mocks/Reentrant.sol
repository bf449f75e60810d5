// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Armed} from "./Armed.sol";
import {TestDollar} from "./TestDollar.sol";

/// @title A token that calls somebody in the middle of a transfer
/// @dev The call is armed once and made once, before the tokens move; the token is its sender. What came of it is an
/// event, which fits into the little gas that a pay-out gives.
contract Reentrant is Armed, TestDollar {
    /// @notice The armed call was made.
    /// @param isDone whether it succeeded
    /// @param answer what it answered, or its error
    /// @param balance what the sender of the transfer held just then
    event Called(bool isDone, bytes answer, uint256 balance);

    constructor() TestDollar(6) {}

    function _beforeTokenTransfer(address from, address to, uint256) internal override {
        address target = _target;
        if (target == address(0) || from == address(0) || to == address(0)) return;

        _target = address(0);
        uint256 balance = balanceOf(from);
        (bool isDone, bytes memory answer) = target.call(_data);

        emit Called(isDone, answer, balance);
    }
}
