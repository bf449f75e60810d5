// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LibBit} from "solady/utils/LibBit.sol";
import {LibBytes} from "solady/utils/LibBytes.sol";
import {LibString} from "solady/utils/LibString.sol";

import {CATEGORIES, GROUPS, GROUP_MASKS, MARKETS, USES} from "./Words.sol";

/// @title Sets of bits as words
/// @dev A bit without a word is named by its number, as the client does it ("use_27"), and never left out.
library Named {
    using LibString for string;
    using LibString for uint256;

    function uses(uint256 mask) internal pure returns (string[] memory) {
        return _named(mask, USES.split("|"), "use_");
    }

    function categories(uint256 mask) internal pure returns (string[] memory) {
        return _named(mask, CATEGORIES.split("|"), "category_");
    }

    /// @dev Codes in the order of their bits.
    function markets(uint256 mask) internal pure returns (string[] memory codes) {
        string memory all = MARKETS;
        uint256 known = bytes(all).length / 2;
        codes = new string[](LibBit.popCount(mask));
        // Counts from zero.
        // slither-disable-next-line uninitialized-local
        uint256 at;
        for (uint256 bit; bit < 256; ++bit) {
            if ((mask >> bit) & 1 == 0) continue;
            codes[at++] = bit < known ? all.slice(2 * bit, 2 * bit + 2) : string.concat("market_", bit.toString());
        }
    }

    /// @dev The group that is exactly these markets; empty if none is.
    function marketGroup(uint256 mask) internal pure returns (string memory) {
        bytes memory masks = GROUP_MASKS;
        for (uint256 i; i < masks.length / 32; ++i) {
            if (uint256(LibBytes.load(masks, 32 * i)) == mask) return GROUPS.split("|")[i];
        }
        return "";
    }

    function joined(string[] memory names) internal pure returns (string memory all) {
        for (uint256 i; i < names.length; ++i) {
            all = i == 0 ? names[i] : string.concat(all, " ", names[i]);
        }
    }

    function _named(uint256 mask, string[] memory words, string memory kind)
        private
        pure
        returns (string[] memory names)
    {
        names = new string[](LibBit.popCount(mask));
        // Counts from zero.
        // slither-disable-next-line uninitialized-local
        uint256 at;
        for (uint256 bit; bit < 256; ++bit) {
            if ((mask >> bit) & 1 == 0) continue;
            bool isKnown = bit < words.length && bytes(words[bit]).length != 0;
            names[at++] = isKnown ? words[bit] : string.concat(kind, bit.toString());
        }
    }
}
