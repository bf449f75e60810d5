// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Minimal soulbound tokens
/// @notice Tells wallets and markets that a token cannot be transferred.
/// @dev See https://eips.ethereum.org/EIPS/eip-5192. Its ERC-165 id is 0xb45a3c0e.
interface IERC5192 {
    /// @notice The token cannot be transferred from now on.
    /// @param tokenId the token
    event Locked(uint256 tokenId);

    /// @notice Whether the token cannot be transferred. Reverts for a token that does not exist.
    /// @param tokenId the token
    /// @return always true for a twin that exists
    function locked(uint256 tokenId) external view returns (bool);
}
