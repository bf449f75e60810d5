// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

using StatusBits for Status global;

/// @dev The 96 bits beside the licensee in the license's own slot: start 40 | end 40 | marks 16.
type Status is uint96;

/// @dev It was booked from a rate card, so it can be declined before its start.
uint96 constant BOOKING = 1;
/// @dev The owner has given notice.
uint96 constant NOTICED = 2;
/// @dev Its books are closed.
uint96 constant SETTLED = 4;

/// @title Reading and changing a Status
library StatusBits {
    function from(uint40 startsAt, uint40 endsAt, uint96 marks) internal pure returns (Status) {
        return Status.wrap((uint96(startsAt) << 56) | (uint96(endsAt) << 16) | marks);
    }

    function start(Status status) internal pure returns (uint40) {
        return uint40(Status.unwrap(status) >> 56);
    }

    function end(Status status) internal pure returns (uint40) {
        // The cast cuts off the start above.
        return uint40(Status.unwrap(status) >> 16);
    }

    function has(Status status, uint96 mark) internal pure returns (bool) {
        return Status.unwrap(status) & mark != 0;
    }

    /// @dev `time` is a block time, or one that is below the present end: it fits 40 bits.
    function endingAt(Status status, uint256 time) internal pure returns (Status) {
        uint96 rest = Status.unwrap(status) & ~(uint96(type(uint40).max) << 16);
        return Status.wrap(rest | (uint96(time) << 16));
    }

    function with(Status status, uint96 mark) internal pure returns (Status) {
        return Status.wrap(Status.unwrap(status) | mark);
    }
}
