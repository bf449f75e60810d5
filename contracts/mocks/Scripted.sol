// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "solady/tokens/ERC20.sol";

/// @title A token whose name and symbol are code for whoever shows them
contract Scripted is ERC20 {
    string private constant SCRIPT = "\"}'><script>alert(1)</script><!--";

    /// @notice Makes tokens from nothing.
    /// @param to who gets them
    /// @param amount how many, in the smallest unit
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    /// @inheritdoc ERC20
    function name() public pure override returns (string memory) {
        return SCRIPT;
    }

    /// @inheritdoc ERC20
    function symbol() public pure override returns (string memory) {
        return SCRIPT;
    }
}
