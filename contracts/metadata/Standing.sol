// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LibString} from "solady/utils/LibString.sol";

import {Authority} from "../types/Consent.sol";

using StandingOf for Standing global;

/// @dev Whether a twin can be licensed now. `Moving` is told first, for its owner may want to stop it.
enum Standing {
    Moving,
    Retired,
    GrantsNothing,
    Open
}

/// @title Whether a twin can be licensed now, and how that is called
library StandingOf {
    using LibString for string;

    function from(Authority calldata authority, bool isRetired, address movingTo) internal pure returns (Standing) {
        if (movingTo != address(0)) return Standing.Moving;
        if (isRetired) return Standing.Retired;
        // A license needs a use and a category that the policy allows.
        return authority.uses == 0 || authority.categories == 0 ? Standing.GrantsNothing : Standing.Open;
    }

    function name(Standing standing) internal pure returns (string memory) {
        return string("move pending|retired|grants nothing|open to licenses").split("|")[uint8(standing)];
    }

    /// @dev The colour of its letters, and of the paper below them.
    function colours(Standing standing) internal pure returns (string memory ink, string memory paper) {
        uint256 place = 7 * uint256(standing);
        ink = string("#a4540a#5a5276#625d55#17734f").slice(place, place + 7);
        paper = string("#fbead5#e9e6f2#ebe7df#dff1e8").slice(place, place + 7);
    }
}
