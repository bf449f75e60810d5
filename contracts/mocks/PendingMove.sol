// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Authority} from "../types/Consent.sol";

/// @title What a license contract asks of twins, for one owner whose move may be pending
contract PendingMove {
    address private immutable OWNER;

    /// @notice Whether a move is pending, so that nothing may be paid to the owner.
    bool public isPending;

    constructor(address owner) {
        OWNER = owner;
    }

    /// @notice Begins a move, or ends it.
    /// @param pending whether it is pending from now on
    function setPending(bool pending) external {
        isPending = pending;
    }

    /// @notice The owner allows everything.
    /// @return what IDigitalTwin says of a twin
    function authority(uint256) external view returns (Authority memory) {
        return Authority(OWNER, 0, 0, 0, type(uint32).max, type(uint32).max, 0);
    }

    /// @notice The wallet that is paid.
    /// @return the owner, or zero while a move is pending
    function payeeOf(uint256) external view returns (address) {
        return isPending ? address(0) : OWNER;
    }
}
