// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {TestDollar} from "./TestDollar.sol";

/// @title A token that says false where others revert
contract FalseReturn is TestDollar {
    /// @notice Whether transfers to this wallet are refused.
    mapping(address payee => bool) public isRefused;

    constructor() TestDollar(6) {}

    /// @notice Refuses a wallet, or not any more.
    /// @param payee the wallet
    /// @param refused whether it is refused from now on
    function refuse(address payee, bool refused) external {
        isRefused[payee] = refused;
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        return !isRefused[to] && balanceOf(msg.sender) >= amount && super.transfer(to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        bool isCovered = balanceOf(from) >= amount && allowance(from, msg.sender) >= amount;
        return isCovered && super.transferFrom(from, to, amount);
    }
}
