// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "solady/tokens/ERC20.sol";

/// @title A stablecoin for local chains, worth nothing
/// @dev Anyone may mint. Decimals are set once, so that tests can have tokens of 0, 6 and 18.
contract TestDollar is ERC20 {
    uint8 private immutable DECIMALS;

    constructor(uint8 initialDecimals) {
        DECIMALS = initialDecimals;
    }

    /// @notice Makes tokens from nothing.
    /// @param to who gets them
    /// @param amount how many, in the smallest unit
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    /// @inheritdoc ERC20
    function name() public pure override returns (string memory) {
        return "Test Dollar";
    }

    /// @inheritdoc ERC20
    function symbol() public pure override returns (string memory) {
        return "TUSD";
    }

    /// @inheritdoc ERC20
    function decimals() public view override returns (uint8) {
        return DECIMALS;
    }
}
