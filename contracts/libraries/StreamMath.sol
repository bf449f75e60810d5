// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title The mathematics of one license's money
/// @dev Amounts are below 2^96, times, terms and quotas below 2^40, so no product here reaches 2^137.
library StreamMath {
    /// @dev Law 13: the fee is earned by time, rounded down, or by images, rounded up, whichever is ahead; never more
    /// than is deposited. Totals, so it does not matter how often it is asked.
    function earned(uint256 fee, uint256 deposited, uint256 elapsed, uint256 term, uint256 used, uint256 quota)
        internal
        pure
        returns (uint256)
    {
        uint256 byTime = fee * elapsed / term;
        uint256 byImages = (fee * used + quota - 1) / quota;
        uint256 ahead = byTime > byImages ? byTime : byImages;
        return ahead < deposited ? ahead : deposited;
    }

    /// @dev Law 14: how much of a whole (the term, the quota) the deposit pays for. A second or an image counts only
    /// when it is paid for whole; without a fee everything is.
    function covered(uint256 whole, uint256 deposited, uint256 fee) internal pure returns (uint256) {
        return fee == 0 ? whole : whole * deposited / fee;
    }

    /// @dev Seconds of [start, end) that have passed; an end before the start leaves none.
    function passed(uint256 start, uint256 end, uint256 at) internal pure returns (uint256) {
        uint256 until = at < end ? at : end;
        return until > start ? until - start : 0;
    }
}
