// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {TwinLicense} from "../../contracts/TwinLicense.sol";
import {IDigitalTwin} from "../../contracts/interfaces/IDigitalTwin.sol";
import {ITokenMetadata} from "../../contracts/interfaces/ITokenMetadata.sol";
import {License} from "../../contracts/types/License.sol";
import {vm} from "../invariants/Vm.sol";
import {Currency, Twins} from "./Mocks.sol";
import {svm} from "./Svm.sol";

/// @title What no call of TwinLicense can do
/// @dev Any arguments, any sender, any time, any state of the storage, and any answers of the twins. A signature has 65
/// bytes; whom it recovers to is left open.
contract LicenseGuards {
    TwinLicense internal licenses;

    function setUp() public {
        Twins twins = new Twins();
        licenses = new TwinLicense(IDigitalTwin(address(twins)), ITokenMetadata(address(0)));
        svm.enableSymbolicStorage(address(new Currency()));
        svm.enableSymbolicStorage(address(twins));
        svm.enableSymbolicStorage(address(licenses));
    }

    // mutant of TwinLicense.sol
    // - if (end < status.end()) status = status.endingAt(end);
    // + status = status.endingAt(end);
    function check_law09_no_call_but_grant_pay_out_and_surrender_raises_an_end(
        uint256 licenseId,
        address sender,
        uint40 time
    ) external {
        License memory before = licenses.licenseOf(licenseId);
        vm.assume(before.licensee != address(0));

        _callAnythingElse(sender, time);

        assert(licenses.licenseOf(licenseId).end <= before.end);
    }

    /// @dev Assumes that what is settled has ended: every line that settles ends it before, or asks whether it has.
    // mutant of RoyaltyStream.sol
    // - require(block.timestamp < status.end(), LicenseOver(licenseId, status.end()));
    // + status.end();
    function check_law17_no_call_but_grant_pay_out_and_surrender_changes_settled_books(
        uint256 licenseId,
        address sender,
        uint40 time
    ) external {
        License memory before = licenses.licenseOf(licenseId);
        vm.assume(before.licensee != address(0) && before.isSettled && before.end <= time);

        _callAnythingElse(sender, time);

        License memory later = licenses.licenseOf(licenseId);
        assert(later.isSettled && later.deposited == before.deposited && later.collected == before.collected);
    }

    function _callAnythingElse(address sender, uint40 time) private {
        bytes memory data = svm.createCalldata("TwinLicense");
        bytes4 selector = bytes4(data);
        vm.assume(selector != licenses.accept.selector && selector != licenses.book.selector);
        vm.assume(selector != licenses.payOut.selector && selector != licenses.surrender.selector);
        vm.assume(selector != licenses.multicall.selector);
        vm.warp(time);
        vm.prank(sender);
        (bool isDone,) = address(licenses).call(data);
        vm.assume(isDone);
    }
}
