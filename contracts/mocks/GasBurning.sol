// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {TestDollar} from "./TestDollar.sol";

/// @title A token that burns gas when it is sent to some wallets
contract GasBurning is TestDollar {
    /// @notice How much gas sending to this wallet burns.
    mapping(address payee => uint256 amount) public burnOf;

    constructor() TestDollar(6) {}

    /// @notice Lets transfers to a wallet burn gas.
    /// @param payee the wallet
    /// @param amount how much; the maximum burns whatever there is
    function burnFor(address payee, uint256 amount) external {
        burnOf[payee] = amount;
    }

    function _beforeTokenTransfer(address, address to, uint256) internal view override {
        uint256 left = gasleft();
        uint256 burn = burnOf[to];
        while (burn != 0 && (burn > left || gasleft() > left - burn)) continue;
    }
}
