// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IDigitalTwin} from "../../contracts/interfaces/IDigitalTwin.sol";
import {License} from "../../contracts/types/License.sol";
import {Pay, Share} from "../../contracts/types/Terms.sol";
import {vm} from "../invariants/Vm.sol";
import {Purse, Twins} from "./Mocks.sol";
import {OpenLicense} from "./OpenLicense.sol";
import {svm} from "./Svm.sol";

/// @title Who is paid, and that nothing is lost
/// @dev Any sender, any time, any state of the storage, and any answers of the twins; shares have one entry. Deeds that
/// move money are called whole where a license is settled, else their last steps, with any amounts.
contract PayGuards {
    Twins internal twins;
    Purse internal purse;
    OpenLicense internal licenses;

    function setUp() public {
        twins = new Twins();
        purse = new Purse();
        licenses = new OpenLicense(IDigitalTwin(address(twins)));
        svm.enableSymbolicStorage(address(twins));
        svm.enableSymbolicStorage(address(licenses));
    }

    // mutant of RoyaltyStream.sol
    // - require(!status.has(SETTLED), LicenseSettled(licenseId));
    // + status;
    function check_law17_a_settled_license_is_not_paid_out(
        bytes32 scopeHash,
        Pay memory pay,
        Share memory share,
        address sender,
        uint40 time
    ) external {
        pay.currency = address(purse);
        vm.assume(_licenseOf(scopeHash, pay, share).isSettled);

        assert(!_isDone(sender, time, abi.encodeCall(licenses.payOut, (scopeHash, pay, _list(share)))));
    }

    /// @dev Assumes that what is settled has ended: every line that settles ends it before, or asks whether it has.
    // mutant of TwinLicense.sol
    // - require(msg.sender == _ownerOf(licenseId), NotLicensee(msg.sender, _ownerOf(licenseId)));
    // + if (msg.sender == _ownerOf(licenseId)) status = status.endingAt(type(uint40).max);
    function check_law17_a_settled_license_is_not_surrendered(
        bytes32 scopeHash,
        Pay memory pay,
        Share memory share,
        address sender,
        uint40 time
    ) external {
        pay.currency = address(purse);
        License memory license = _licenseOf(scopeHash, pay, share);
        vm.assume(license.isSettled && license.end <= time);

        assert(!_isDone(sender, time, abi.encodeCall(licenses.surrender, (scopeHash, pay, _list(share)))));
    }

    /// @dev By the currency, which may refuse, or by what is booked as payable.
    // mutant of RoyaltyStream.sol
    // - address payee = shares[i].payee;
    // + address payee = msg.sender;
    function check_law16_what_is_distributed_is_paid_to_nobody_but_payees(
        uint256 licenseId,
        Pay memory pay,
        Share memory share,
        uint96 total,
        uint256 other,
        address sender
    ) external {
        svm.enableSymbolicStorage(address(purse));
        pay.currency = address(purse);
        purse.expect(share.payee, twins.payeeOf(pay.twinId));
        vm.assume(other != uint160(share.payee) && other != pay.twinId);
        uint256 before = licenses.payableTo(address(purse), other);

        vm.prank(sender);
        licenses.distribute(licenseId, pay, _list(share), total);

        assert(!purse.hasStrayed() && licenses.payableTo(address(purse), other) == before);
    }

    // mutant of RoyaltyStream.sol
    // - address licensee = _ownerOf(licenseId);
    // + address licensee = msg.sender;
    function check_law16_what_is_refunded_is_paid_to_nobody_but_the_licensee(
        uint256 licenseId,
        uint96 amount,
        uint256 other,
        address sender
    ) external {
        svm.enableSymbolicStorage(address(purse));
        address licensee = licenses.licenseOf(licenseId).licensee;
        purse.expect(licensee, licensee);
        vm.assume(other != uint160(licensee));
        uint256 before = licenses.payableTo(address(purse), other);

        vm.prank(sender);
        licenses.refund(licenseId, address(purse), amount);

        assert(!purse.hasStrayed() && licenses.payableTo(address(purse), other) == before);
    }

    // mutant of RoyaltyStream.sol
    // - address payee = account >> 160 == 0 ? address(uint160(account)) : _payeeOf(account);
    // + address payee = account >> 160 == 0 ? address(uint160(account)) : msg.sender;
    function check_law16_what_is_withdrawn_is_paid_to_nobody_but_its_payee(
        uint256 account,
        uint256 other,
        address sender
    ) external {
        svm.enableSymbolicStorage(address(purse));
        address payee = account >> 160 == 0 ? address(uint160(account)) : twins.payeeOf(account);
        purse.expect(payee, payee);
        vm.assume(other != account);
        uint256 before = licenses.payableTo(address(purse), other);

        vm.prank(sender);
        licenses.withdraw(address(purse), account);

        assert(!purse.hasStrayed() && licenses.payableTo(address(purse), other) == before);
        assert(licenses.payableTo(address(purse), account) == 0);
    }

    // mutant of RoyaltyStream.sol
    // - if (total < collected) total = collected;
    // + collected;
    function check_law17_a_settlement_loses_nothing_of_the_deposit(uint256 licenseId, uint96 total) external {
        License memory before = licenses.licenseOf(licenseId);

        uint96 refund = licenses.settle(licenseId, total);

        License memory later = licenses.licenseOf(licenseId);
        assert(uint256(refund) + later.deposited == before.deposited);
        assert(later.deposited == (total < before.collected ? before.collected : total));
        assert(later.isSettled && later.collected == before.collected && later.end == before.end);
    }

    function _isDone(address sender, uint40 time, bytes memory data) private returns (bool isDone) {
        vm.warp(time);
        vm.prank(sender);
        (isDone,) = address(licenses).call(data);
    }

    function _licenseOf(bytes32 scopeHash, Pay memory pay, Share memory share) private view returns (License memory) {
        return licenses.licenseOf(licenses.idOf(scopeHash, pay, _list(share)));
    }

    function _list(Share memory share) private pure returns (Share[] memory shares) {
        shares = new Share[](1);
        shares[0] = share;
    }
}
