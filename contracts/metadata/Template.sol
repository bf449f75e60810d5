// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LibString} from "solady/utils/LibString.sol";

using Template for Sheet global;

/// @dev A text that is being filled: its parts between the gaps, how many gaps are filled, and the text so far.
struct Sheet {
    string[] parts;
    uint256 filled;
    string text;
}

/// @title A text with gaps ("~"), filled one after the other
/// @dev The text stands in one piece, where it can be read; a concatenation of as many pieces would not fit the limit
/// of EIP-170.
library Template {
    using LibString for string;
    using LibString for uint256;

    function open(string memory template) internal pure returns (Sheet memory sheet) {
        sheet.parts = template.split("~");
        sheet.text = sheet.parts[0];
    }

    /// @dev The same sheet with its next gap filled.
    function put(Sheet memory sheet, string memory value) internal pure returns (Sheet memory) {
        sheet.text = string.concat(sheet.text, value, sheet.parts[++sheet.filled]);
        return sheet;
    }

    function put(Sheet memory sheet, uint256 value) internal pure returns (Sheet memory) {
        return put(sheet, value.toString());
    }
}
