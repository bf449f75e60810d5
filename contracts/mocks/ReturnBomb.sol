// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {TestDollar} from "./TestDollar.sol";

/// @title A token that answers with as much data as its gas pays for
/// @dev Whoever copies the answer pays for that memory once more.
contract ReturnBomb is TestDollar {
    enum Bomb {
        None,
        Returning,
        Reverting
    }

    /// @notice What a transfer to this wallet answers with.
    mapping(address payee => Bomb) public bombOf;

    /// @dev About 60,000 gas of memory.
    uint256 private constant SIZE = 150_000;

    constructor() TestDollar(6) {}

    /// @notice Lays a bomb in front of a wallet, or takes it away.
    /// @param payee the wallet
    /// @param bomb the kind
    function lay(address payee, Bomb bomb) external {
        bombOf[payee] = bomb;
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        Bomb bomb = bombOf[to];
        if (bomb == Bomb.Reverting) {
            assembly ("memory-safe") {
                revert(mload(0x40), SIZE)
            }
        }
        bool isSent = super.transfer(to, amount);
        if (bomb == Bomb.Returning) {
            assembly ("memory-safe") {
                let at := mload(0x40)
                mstore(at, isSent)
                return(at, SIZE)
            }
        }
        return isSent;
    }
}
