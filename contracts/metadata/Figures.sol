// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LibString} from "solady/utils/LibString.sol";

/// @title Numbers as people read them
library Figures {
    using LibString for address;
    using LibString for string;
    using LibString for uint256;

    /// @dev The first and the last eight figures of an id.
    function short(uint256 id) internal pure returns (string memory) {
        return _ends(id.toHexString(32), 10, 58);
    }

    /// @dev The first and the last six figures of an account.
    function short(address account) internal pure returns (string memory) {
        return _ends(account.toHexStringChecksummed(), 8, 36);
    }

    /// @dev Basis points: "60 %", "60.05 %".
    function percent(uint256 bps) internal pure returns (string memory) {
        return string.concat((bps / 100).toString(), bps % 100 == 0 ? "" : string.concat(".", two(bps % 100)), " %");
    }

    /// @dev A number below 100 with two figures.
    function two(uint256 number) internal pure returns (string memory) {
        return number < 10 ? string.concat("0", number.toString()) : number.toString();
    }

    function _ends(string memory figures, uint256 first, uint256 last) private pure returns (string memory) {
        return string.concat(figures.slice(0, first), unicode"…", figures.slice(last));
    }
}
