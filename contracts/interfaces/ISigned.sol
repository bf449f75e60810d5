// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title What is said of a signature that is refused
/// @notice A signature is good if it recovers to the signer, else if the signer's code accepts it (ERC-1271).
/// Where the signer sends the call itself, it may leave the signature empty.
interface ISigned {
    /// @notice The signature is not the signer's, or not of this message on this chain and contract.
    /// @param signer whose signature is needed
    error SignatureInvalid(address signer);

    /// @notice The signature could be used only before its deadline.
    /// @param deadline first second at which it is void
    error SignatureExpired(uint40 deadline);

    /// @notice The act carries another nonce than the twin has now: it was sent before, or another came first.
    /// @param given the nonce of the act
    /// @param current the twin's nonce
    error NonceWrong(uint32 given, uint32 current);
}
