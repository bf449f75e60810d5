// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

/// @title What it holds, pushed to its payees
/// @dev Ours: it stands for a push split, of which none is published as a package. Its code holds the hash of payees and
/// parts, which come in with the call; one unit stays, so that the balance is changed and not made anew each time. It
/// guards against nothing: one payee who refuses stops the others.
contract BareSplit {
    bytes32 private immutable PARTS;

    event Distributed(address indexed currency, uint256 amount);

    error PartsDiffer();

    constructor(address[] memory payees, uint256[] memory parts) {
        PARTS = keccak256(abi.encode(payees, parts));
    }

    /// @notice Sends all but one unit of a currency to the payees; parts are in 1/10,000.
    function distribute(address currency, address[] calldata payees, uint256[] calldata parts) external {
        require(keccak256(abi.encode(payees, parts)) == PARTS, PartsDiffer());
        uint256 amount = SafeTransferLib.balanceOf(currency, address(this)) - 1;

        for (uint256 i; i < payees.length; ++i) {
            SafeTransferLib.safeTransfer(currency, payees[i], amount * parts[i] / 10_000);
        }

        emit Distributed(currency, amount);
    }
}
