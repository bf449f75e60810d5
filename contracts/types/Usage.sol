// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @dev What a usage batch states. `Declared` before publication; `Late` afterwards; `Removed` taken down.
enum Kind {
    Declared,
    Late,
    Removed
}

/// @dev Why an image may not be published, the first that applies; `None` means that it may.
enum Reason {
    None,
    Unknown,
    NotYours,
    NotStarted,
    Ended,
    Unpaid,
    Use,
    Market,
    Images
}

/// @dev Images recorded together.
/// @param number the license's next batch number, from 1
/// @param kind what the batch states
/// @param root root of the tree of its images
/// @param images how many they are
/// @param uses bits of the uses they are published in
/// @param markets bits of the markets they are published in
/// @param manifest salted hash of the list of its images
struct Batch {
    uint24 number;
    Kind kind;
    bytes32 root;
    uint32 images;
    uint32 uses;
    uint256 markets;
    bytes32 manifest;
}

/// @dev One image of a batch; hashed twice, as in OpenZeppelin's standard tree.
/// @param index its place in the batch, from 0
/// @param file SHA-256 of the file
/// @param entry salted hash of its manifest entry
struct Leaf {
    uint32 index;
    bytes32 file;
    bytes32 entry;
}
