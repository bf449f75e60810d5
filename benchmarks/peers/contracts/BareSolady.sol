// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC721} from "solady/tokens/ERC721.sol";

/// @title Solady's ERC-721 and a mint that asks nobody
contract BareSolady is ERC721 {
    uint256 private _last;

    /// @notice Mints under a number that the caller names.
    function mint(address to, uint256 id) external {
        _mint(to, id);
    }

    /// @notice Mints under the next number.
    function mintNext(address to) external {
        _mint(to, ++_last + 2 ** 128);
    }

    /// @inheritdoc ERC721
    function name() public pure override returns (string memory) {
        return "Bare";
    }

    /// @inheritdoc ERC721
    function symbol() public pure override returns (string memory) {
        return "BARE";
    }

    /// @inheritdoc ERC721
    function tokenURI(uint256) public pure override returns (string memory) {
        return "";
    }
}
