// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {DateTimeLib} from "solady/utils/DateTimeLib.sol";
import {LibString} from "solady/utils/LibString.sol";

import {Figures} from "./Figures.sol";

/// @title Seconds as days, in UTC
library Day {
    using LibString for uint256;

    /// @dev The day that a second is in: "2026-03-31".
    function at(uint256 time) internal pure returns (string memory) {
        (uint256 year, uint256 month, uint256 day) = DateTimeLib.timestampToDate(time);
        return string.concat(year.toString(), "-", Figures.two(month), "-", Figures.two(day));
    }

    /// @dev The last day of what stops at a second: "through" a day includes it.
    function through(uint256 end) internal pure returns (string memory) {
        return at(end == 0 ? 0 : end - 1);
    }

    /// @dev The minute that a second is in: "2026-03-31 09:05 UTC".
    function minute(uint256 time) internal pure returns (string memory) {
        return
            string.concat(
                at(time), " ", Figures.two(time / 1 hours % 24), ":", Figures.two(time / 1 minutes % 60), " UTC"
            );
    }
}
