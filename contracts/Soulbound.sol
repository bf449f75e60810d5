// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC721} from "solady/tokens/ERC721.sol";

import {ISoulbound} from "./interfaces/ISoulbound.sol";

/// @title An ERC-721 without transfers and approvals
abstract contract Soulbound is ERC721, ISoulbound {
    /// @dev Laws 2, 5: refused; `safeTransferFrom` comes here too.
    // Payable as in ERC-721, and reverts: no ether is kept.
    // slither-disable-next-line locked-ether
    function transferFrom(address, address, uint256) public payable override {
        revert NotTransferable();
    }

    /// @dev Laws 2, 5: refused.
    function approve(address, uint256) public payable override {
        revert NotTransferable();
    }

    /// @dev Laws 2, 5: refused.
    function setApprovalForAll(address, bool) public pure override {
        revert NotTransferable();
    }
}
