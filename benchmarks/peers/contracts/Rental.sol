// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// @title The user of ERC-4907 on OpenZeppelin's ERC-721
/// @dev Written afresh from the interface that the EIP gives: no reference of it is published as a package. User and
/// expiry share one slot, which is the least it can cost.
contract Rental is ERC721("Rental", "RENT") {
    struct Use {
        address user;
        uint64 expires;
    }

    mapping(uint256 tokenId => Use use) private _uses;

    /// @notice As the EIP names it.
    event UpdateUser(uint256 indexed tokenId, address indexed user, uint64 expires);

    /// @notice Mints a token that can be lent.
    function mint(address to, uint256 id) external {
        _mint(to, id);
    }

    /// @notice Names the one user of a token until a second; the owner and who has her approval may.
    function setUser(uint256 tokenId, address user, uint64 expires) external {
        _checkAuthorized(_ownerOf(tokenId), msg.sender, tokenId);
        _uses[tokenId] = Use(user, expires);

        emit UpdateUser(tokenId, user, expires);
    }

    /// @notice The user of a token, or zero after its second.
    function userOf(uint256 tokenId) external view returns (address) {
        return block.timestamp <= _uses[tokenId].expires ? _uses[tokenId].user : address(0);
    }

    /// @notice Until when a token has its user.
    function userExpires(uint256 tokenId) external view returns (uint256) {
        return _uses[tokenId].expires;
    }

    /// @inheritdoc ERC721
    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return interfaceId == 0xad092b5c || super.supportsInterface(interfaceId);
    }
}
