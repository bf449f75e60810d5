// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Approval of an ERC-20 by signature
/// @notice Spares a payer the transaction of its own that an approval costs.
/// @dev See https://eips.ethereum.org/EIPS/eip-2612.
interface IERC20Permit {
    /// @notice Sets an allowance by the owner's signature.
    /// @param owner whose tokens
    /// @param spender who may take them
    /// @param value how many
    /// @param deadline last second of the signature
    /// @param v of the signature
    /// @param r of the signature
    /// @param s of the signature
    function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external;
}
