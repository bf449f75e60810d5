// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LibString} from "solady/utils/LibString.sol";

import {License} from "../types/License.sol";

using PhaseOf for Phase global;

/// @dev Where a license is in its life. `Unpaid` has started, has not ended, and is not paid through.
enum Phase {
    NotStarted,
    Live,
    Unpaid,
    Ended,
    Settled
}

/// @title Where a license is in its life, and how that is called
library PhaseOf {
    using LibString for string;

    function at(License calldata license, uint256 time) internal pure returns (Phase) {
        if (license.isSettled) return Phase.Settled;
        if (time >= license.end) return Phase.Ended;
        if (time < license.start) return Phase.NotStarted;
        return time < license.paidThrough ? Phase.Live : Phase.Unpaid;
    }

    function name(Phase phase) internal pure returns (string memory) {
        return string("not started|live|unpaid|ended|settled").split("|")[uint8(phase)];
    }

    /// @dev The colour of its letters, and of the paper below them.
    function colours(Phase phase) internal pure returns (string memory ink, string memory paper) {
        uint256 place = 7 * uint256(phase);
        ink = string("#2f578f#17734f#a4540a#625d55#5a5276").slice(place, place + 7);
        paper = string("#e5edf8#dff1e8#fbead5#ebe7df#e9e6f2").slice(place, place + 7);
    }
}
