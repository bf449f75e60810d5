// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Dividing a growing total without dust
/// @dev Law 15, nested division: each part is taken from what the earlier ones left. Every part and every rest grows
/// with the total, and they sum to it exactly. (Differences of prefix sums do not: they can fall.)
library ShareMath {
    uint256 internal constant WHOLE = 10_000;

    /// @dev What is left of two totals, and of the whole in basis points, after the shares taken so far.
    struct Rest {
        uint256 earlier;
        uint256 later;
        uint256 bps;
    }

    /// @dev Takes the next share; returns by how much its part of the later total exceeds that of the earlier one.
    /// `bps` must be positive and the shares at most the whole, so the divisor is positive.
    function take(Rest memory rest, uint256 bps) internal pure returns (uint256) {
        // Totals are below 2^96 and `bps` at most `rest.bps`, so a part is at most its rest; parts grow with totals.
        unchecked {
            uint256 before = rest.earlier * bps / rest.bps;
            uint256 part = rest.later * bps / rest.bps;

            rest.earlier -= before;
            rest.later -= part;
            rest.bps -= bps;

            return part - before;
        }
    }
}
