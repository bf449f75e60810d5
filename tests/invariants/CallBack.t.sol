// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IExclusivity} from "../../contracts/interfaces/IExclusivity.sol";
import {IRoyaltyStream} from "../../contracts/interfaces/IRoyaltyStream.sol";
import {Reentrant} from "../../contracts/mocks/Reentrant.sol";
import {Consent, Policy} from "../../contracts/types/Consent.sol";
import {Entry} from "../../contracts/types/License.sol";
import {Pay, Scope, Share, Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "./Digests.sol";
import {Stage} from "./Stage.sol";
import {vm} from "./Vm.sol";

/// @title A currency that is a licensee, too, and lets as much in as out while it is called
/// @dev So what arrives is exact, and only reading the state again shows what happened.
contract CallBackTest is Stage {
    Reentrant private _coin;
    uint256 private _twinId;

    function setUp() public override {
        super.setUp();
        _coin = new Reentrant();
        Consent memory consent = Consent("memo", model, "replica", guardian, "salt", type(uint40).max);
        _twinId = twins.mint(consent, _signed(model, _digest(consent)));
        Policy memory policy = Policy("memo", _twinId, 1, 1, 0, 0, type(uint40).max);
        twins.setPolicy(policy, _signed(model, _digest(policy)));
        _coin.mint(address(_coin), type(uint128).max);
        vm.prank(address(_coin));
        _coin.approve(address(licenses), type(uint128).max);
    }

    function testFuzz_law18_aTopUpSeesThatItsLicenseEndedMeanwhile(uint96 first, uint96 more) external {
        (first, more) = (first % 1000 + 1, more % 1000 + 1);
        Terms memory terms = _granted(address(_coin), "a", first);
        Terms memory other = _granted(hm, "b", 0);
        bytes[] memory deeds = new bytes[](2);
        deeds[0] = abi.encodeCall(licenses.surrender, (Digests.hash(terms.scope), terms.pay, terms.shares));
        deeds[1] = _topUp(other, first);
        _coin.arm(address(licenses), abi.encodeCall(licenses.multicall, (deeds)));

        _refusedTopUp(
            terms,
            first + more,
            more,
            abi.encodeWithSelector(IRoyaltyStream.LicenseOver.selector, uint256(_digest(terms)), block.timestamp)
        );
    }

    function testFuzz_law18_aTopUpSeesThatAnotherCameFirst(uint96 first, uint96 inner, uint96 more) external {
        (first, inner, more) = (first % 1000 + 1, inner % 1000 + 1, more % 1000 + 1);
        Terms memory terms = _granted(hm, "a", first);
        Terms memory other = _granted(address(_coin), "b", inner);
        bytes[] memory deeds = new bytes[](2);
        deeds[0] = abi.encodeCall(licenses.surrender, (Digests.hash(other.scope), other.pay, other.shares));
        deeds[1] = _topUp(terms, first + inner);
        _coin.arm(address(licenses), abi.encodeCall(licenses.multicall, (deeds)));

        _refusedTopUp(
            terms,
            first + more,
            more,
            abi.encodeWithSelector(
                IRoyaltyStream.DepositOutOfRange.selector, first + more, first + inner, terms.pay.fee
            )
        );
    }

    function test_law18_anExclusiveBuyerSeesWhatWasGrantedMeanwhile() external {
        Terms memory inner = _terms(address(_coin), "a");
        (inner.scope.exclusive, inner.pay.fee) = (true, 0);
        bytes memory call = abi.encodeCall(licenses.accept, (inner, _signed(model, _digest(inner)), 0, new Entry[](0)));
        _coin.arm(address(licenses), call);
        Terms memory terms = _terms(hm, "b");
        terms.scope.exclusive = true;
        bytes memory signature = _signed(model, _digest(terms));
        _fund(hm, terms.pay.fee);

        vm.expectRevert(abi.encodeWithSelector(IExclusivity.OpeningStale.selector, _twinId, 0));
        vm.prank(hm);
        licenses.accept(terms, signature, terms.pay.fee, new Entry[](0));
    }

    function _refusedTopUp(Terms memory terms, uint96 deposited, uint96 amount, bytes memory refusal) private {
        _fund(stranger, amount);
        bytes32 scopeHash = Digests.hash(terms.scope);
        bytes32 sharesHash = Digests.hash(terms.shares);

        vm.expectRevert(refusal);
        vm.prank(stranger);
        licenses.topUp(scopeHash, terms.pay, sharesHash, deposited);
    }

    function _granted(address licensee, bytes32 ref, uint96 deposit) private returns (Terms memory terms) {
        terms = _terms(licensee, ref);
        bytes memory signature = _signed(model, _digest(terms));
        _fund(licensee, deposit);
        vm.prank(licensee);
        licenses.accept(terms, signature, deposit, new Entry[](0));
    }

    function _fund(address payer, uint96 amount) private {
        if (payer == address(_coin)) return;
        _coin.mint(payer, amount);
        vm.prank(payer);
        _coin.approve(address(licenses), amount);
    }

    function _topUp(Terms memory terms, uint96 deposited) private view returns (bytes memory) {
        return
            abi.encodeCall(
                licenses.topUp, (Digests.hash(terms.scope), terms.pay, Digests.hash(terms.shares), deposited)
            );
    }

    function _terms(address licensee, bytes32 ref) private view returns (Terms memory terms) {
        terms.scope = Scope("memo", licensee, 0, type(uint40).max, 0, 0, false, 1, 1, 0, "agreement", 0, ref);
        terms.pay = Pay(_twinId, address(_coin), 10_000, 0, 10 days, 10);
        terms.shares = new Share[](0);
    }
}
