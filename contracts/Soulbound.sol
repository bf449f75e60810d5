// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC721} from "solady/tokens/ERC721.sol";

import {ISoulbound} from "./interfaces/ISoulbound.sol";

/// @title An ERC-721 without transfers and approvals
abstract contract Soulbound is ERC721, ISoulbound {
    /// @dev Refused; `safeTransferFrom` comes here too.
    function transferFrom(address, address, uint256) public payable override {
        revert NotTransferable();
    }

    /// @dev Refused.
    function approve(address, uint256) public payable override {
        revert NotTransferable();
    }

    /// @dev Refused.
    function setApprovalForAll(address, bool) public pure override {
        revert NotTransferable();
    }
}
