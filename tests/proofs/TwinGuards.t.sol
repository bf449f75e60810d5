// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {DigitalTwin} from "../../contracts/DigitalTwin.sol";
import {ITokenMetadata} from "../../contracts/interfaces/ITokenMetadata.sol";
import {vm} from "../invariants/Vm.sol";
import {svm} from "./Svm.sol";

/// @title What no call of DigitalTwin can do
/// @dev Any function, any arguments, any sender, any time, any state of the storage. A signature has 65 bytes; whom it
/// recovers to is left open, so these hold whoever signs.
contract TwinGuards {
    DigitalTwin internal twins;

    function setUp() public {
        twins = new DigitalTwin(ITokenMetadata(address(0)));
        svm.enableSymbolicStorage(address(twins));
    }

    // mutant of TwinState.sol
    // - epoch = counters.epoch + 1;
    // + epoch = 1;
    function check_law03_no_call_lowers_an_epoch(uint256 twinId, address sender, uint40 time) external {
        uint32 before = twins.authority(twinId).epoch;

        _callAnything(sender, time);

        assert(twins.authority(twinId).epoch >= before);
    }

    // mutant of Guardianship.sol
    // - counters.guardian = act.guardian;
    // + _transfer(_ownerOf(act.twinId), act.guardian, act.twinId);
    function check_law02_no_call_but_a_move_changes_an_owner(uint256 twinId, address sender, uint40 time) external {
        address owner = twins.authority(twinId).owner;

        bytes4 selector = _callAnything(sender, time);

        vm.assume(selector != twins.move.selector && selector != twins.completeMove.selector);
        assert(twins.authority(twinId).owner == owner);
    }

    function _callAnything(address sender, uint40 time) private returns (bytes4) {
        bytes memory data = svm.createCalldata("DigitalTwin");
        vm.warp(time);
        vm.prank(sender);
        (bool isDone,) = address(twins).call(data);
        vm.assume(isDone);
        return bytes4(data);
    }
}
