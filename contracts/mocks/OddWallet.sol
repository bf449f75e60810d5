// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title A wallet that is a contract and answers oddly when it is asked for its signature (ERC-1271)
contract OddWallet {
    enum Answer {
        Approved,
        Padded,
        Huge,
        Writing,
        Lying
    }

    bytes4 private constant YES = 0x1626ba7e;
    uint256 private constant HUGE = 100_000;

    Answer public immutable ANSWER;

    mapping(bytes32 hash => bool) public isApproved;
    uint256 public asked;

    constructor(Answer answer) {
        ANSWER = answer;
    }

    /// @notice Approves a message on the chain, as a Safe can; its signature is empty then.
    /// @param hash what is approved
    function approveHash(bytes32 hash) external {
        isApproved[hash] = true;
    }

    /// @notice Whether the wallet has signed.
    /// @param hash what was signed
    /// @param signature read by none of these wallets, but that of an approved message is empty
    function isValidSignature(bytes32 hash, bytes calldata signature) external {
        bytes32 word = bytes32(YES);
        uint256 length = 32;
        if (ANSWER == Answer.Approved && (signature.length != 0 || !isApproved[hash])) word = 0;
        if (ANSWER == Answer.Padded) word |= bytes32(uint256(1));
        if (ANSWER == Answer.Huge) length = HUGE;
        if (ANSWER == Answer.Writing) ++asked;
        if (ANSWER == Answer.Lying) word = bytes32(uint256(1));
        assembly {
            mstore(0, word)
            return(0, length)
        }
    }
}
