// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LibString} from "solady/utils/LibString.sol";

import {Template} from "./Template.sol";

/// @title A list of words in lines of a picture, which does not break them itself
library Lines {
    using LibString for string;
    using LibString for uint256;

    /// @dev How many letters fit, in the widest of the usual fonts.
    uint256 private constant WIDTH = 42;
    /// @dev What ", +249 more" takes.
    uint256 private constant REST = 11;

    /// @dev Words with commas in at most `most` lines from `y` on; the last one counts what does not fit: "+3 more".
    function drawn(string[] memory words, uint256 y, uint256 most) internal pure returns (string memory svg) {
        if (words.length == 0) return _text(y, "none");
        uint256 next;
        while (next < words.length && most != 0) {
            string memory line;
            (line, next) = _line(words, next, most == 1);
            svg = string.concat(svg, _text(y, line));
            y += 16;
            --most;
        }
    }

    /// @dev The line that begins with a word, and the word after it.
    function _line(string[] memory words, uint256 first, bool isLast)
        private
        pure
        returns (string memory line, uint256 next)
    {
        line = words[first];
        for (next = first + 1; next < words.length; ++next) {
            string memory longer = string.concat(line, ", ", words[next]);
            // What follows must fit, too: nothing, a count, or a comma.
            uint256 room = next + 1 == words.length ? WIDTH : isLast ? WIDTH - REST : WIDTH - 1;
            if (bytes(longer).length > room) break;
            line = longer;
        }
        if (next == words.length) return (line, next);
        line = string.concat(line, ",");
        if (isLast) line = string.concat(line, " +", (words.length - next).toString(), " more");
    }

    function _text(uint256 y, string memory line) private pure returns (string memory) {
        return Template.open('<text x="24" y="~">~</text>').put(y).put(line.escapeHTML()).text;
    }
}
