// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {TestDollar} from "./TestDollar.sol";

/// @title A token whose issuer can block a wallet
contract Blocklist is TestDollar {
    /// @notice The wallet neither sends nor receives.
    error WalletBlocked(address wallet);

    /// @notice Whether a wallet is blocked.
    mapping(address wallet => bool) public isBlocked;

    constructor() TestDollar(6) {}

    /// @notice Blocks a wallet, or not any more.
    /// @param wallet the wallet
    /// @param blocked whether it is blocked from now on
    function setBlocked(address wallet, bool blocked) external {
        isBlocked[wallet] = blocked;
    }

    function _beforeTokenTransfer(address from, address to, uint256) internal view override {
        require(!isBlocked[from], WalletBlocked(from));
        require(!isBlocked[to], WalletBlocked(to));
    }
}
