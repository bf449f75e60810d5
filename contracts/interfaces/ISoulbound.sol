// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title A token that is not for sale
/// @notice Nobody can transfer it, or approve anybody for it.
interface ISoulbound {
    /// @notice Tokens of this contract cannot be transferred or approved.
    error NotTransferable();
}
