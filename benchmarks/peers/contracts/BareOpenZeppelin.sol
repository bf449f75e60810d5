// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// @title OpenZeppelin's ERC-721 and a mint that asks nobody
contract BareOpenZeppelin is ERC721("Bare", "BARE") {
    uint256 private _last;

    /// @notice Mints under a number that the caller names.
    function mint(address to, uint256 id) external {
        _mint(to, id);
    }

    /// @notice Mints under the next number.
    function mintNext(address to) external {
        _mint(to, ++_last + 2 ** 128);
    }
}
