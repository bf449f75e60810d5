// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title A token that is not for sale
/// @notice It stays with the wallet that it was made for.
interface ISoulbound {
    /// @notice Tokens of this contract cannot be transferred or approved.
    error NotTransferable();
}
