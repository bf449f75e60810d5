// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRoyaltyStream} from "../../../contracts/interfaces/IRoyaltyStream.sol";
import {ITwinLicense} from "../../../contracts/interfaces/ITwinLicense.sol";
import {ContractWallet} from "../../../contracts/mocks/ContractWallet.sol";
import {TestDollar} from "../../../contracts/mocks/TestDollar.sol";
import {Entry} from "../../../contracts/types/License.sol";
import {Prices} from "../../../contracts/types/RateCard.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {vm} from "../Vm.sol";
import {Desk} from "./Desk.sol";

/// @title Only the named licensee accepts and pays the first deposit
contract Law10 is Desk {
    function testFuzz_law10_nobodyElseAcceptsOrBooks(address sender) external {
        vm.assume(sender != hm);
        Terms memory terms = _terms();
        bytes memory signature = _signed(model, _digest(terms));
        vm.prank(sender);
        _refused(ITwinLicense.NotLicensee.selector, _n(sender), _n(hm));
        licenses.accept(terms, signature, FEE, new Entry[](0));

        Prices memory prices = _prices();
        terms = _booking(prices);
        signature = _signed(model, terms.scope.card);
        vm.prank(sender);
        _refused(ITwinLicense.NotLicensee.selector, _n(sender), _n(hm));
        licenses.book(terms, prices, signature, FEE, new Entry[](0));
    }

    function testFuzz_law10_theDepositIsTheLicenseesOwnMoney(uint96 deposit) external {
        deposit = uint96(COMMITTED + deposit % (FEE - COMMITTED + 1));
        uint256 before = dollar.balanceOf(hm);
        _accept(_terms(), deposit);
        require(before - dollar.balanceOf(hm) == deposit, "it paid something else");
        require(dollar.balanceOf(address(licenses)) == deposit, "something else arrived");
    }

    function test_law10_whoeverHasNoMoneyOrGaveNoAllowanceGetsNothing() external {
        TestDollar other = new TestDollar(18);
        Terms memory terms = _terms();
        terms.pay.currency = address(other);
        bytes memory error = abi.encodeWithSelector(IRoyaltyStream.PaymentFailed.selector, other, hm, FEE);
        other.mint(hm, FEE);
        _acceptRefused(terms, FEE, error);
        vm.prank(hm);
        other.approve(address(licenses), FEE - 1);
        _acceptRefused(terms, FEE, error);
        vm.prank(hm);
        other.approve(address(licenses), FEE);
        _accept(terms, FEE);
        require(other.balanceOf(hm) == 0, "something is left");
    }

    function testFuzz_law10_anyoneTopsUpAndGetsNoClaim(uint96 total, uint32 wait) external {
        Terms memory terms = _terms();
        _accept(terms, COMMITTED);
        uint256 hms = dollar.balanceOf(hm);
        total = uint96(COMMITTED + 1 + total % (FEE - COMMITTED));
        bytes32 scopeHash = _scopeHash(terms);
        bytes32 sharesHash = _sharesHash(terms);
        vm.prank(rival);
        licenses.topUp(scopeHash, terms.pay, sharesHash, total);
        require(FUNDS - dollar.balanceOf(rival) == total - COMMITTED, "the rival paid something else");
        require(licenses.ownerOf(_id(terms)) == hm, "the license has moved");

        _at(clock + wait % TERM);
        uint256 earned = _earned(terms, clock);
        _surrender(terms);
        uint256 owed = earned < COMMITTED ? COMMITTED : earned;
        require(dollar.balanceOf(hm) - hms == total - owed, "the rest is not the licensee's");
    }

    function testFuzz_law10_aPermitPaysInTheSameTransaction(uint96 amount) external {
        Terms memory terms = _terms();
        terms.scope.licensee = stranger;
        dollar.mint(stranger, FEE);
        uint256 allowed = uint256(FEE) + amount;
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(keyOf[stranger], _digestOfPermit(dollar, stranger, allowed, clock + 1));
        bytes[] memory deeds = new bytes[](2);
        deeds[0] = abi.encodeCall(licenses.permit, (address(dollar), allowed, clock + 1, v, r, s));
        bytes memory signature = _signed(model, _digest(terms));
        deeds[1] = abi.encodeCall(licenses.accept, (terms, signature, FEE, new Entry[](0)));
        vm.prank(stranger);
        licenses.multicall(deeds);
        require(dollar.allowance(stranger, address(licenses)) == allowed - FEE, "another allowance");
        require(licenses.ownerOf(_id(terms)) == stranger, "somebody else has it");
    }

    function testFuzz_law10_aPermitThatFailsStopsNothing(address currency, uint8 v, bytes32 r) external {
        vm.prank(hm);
        licenses.permit(address(dollar), 1, clock, v, r, r);
        require(dollar.allowance(hm, address(licenses)) == type(uint256).max, "the allowance has changed");
        vm.assume(currency.code.length == 0 && uint160(currency) > 1000);
        licenses.permit(currency, 1, clock, v, r, r);
    }

    function test_law10_ofSeveralDeedsAllAreDoneOrNone() external {
        Terms memory terms = _terms();
        terms.scope.ref = "first";
        bytes[] memory deeds = new bytes[](2);
        bytes memory signature = _signed(model, _digest(terms));
        deeds[0] = abi.encodeCall(licenses.accept, (terms, signature, FEE, new Entry[](0)));
        deeds[1] = abi.encodeCall(licenses.withdraw, (address(dollar), 7));
        vm.prank(hm);
        _refused(IRoyaltyStream.NothingPayable.selector, _n(address(dollar)), 7);
        licenses.multicall(deeds);
        require(_license(terms).licensee == address(0), "the first was done");
    }

    function test_law10_aContractWalletAcceptsAndPays() external {
        Terms memory terms = _terms();
        terms.scope.licensee = walletBrand;
        dollar.mint(walletBrand, FEE);
        bytes memory signature = _signed(model, _digest(terms));
        address keeper = vm.addr(keyOf[walletBrand]);
        vm.prank(keeper);
        ContractWallet(walletBrand).execute(address(dollar), abi.encodeCall(dollar.approve, (address(licenses), FEE)));
        vm.prank(keeper);
        ContractWallet(walletBrand)
            .execute(address(licenses), abi.encodeCall(licenses.accept, (terms, signature, FEE, new Entry[](0))));
        require(licenses.ownerOf(_id(terms)) == walletBrand, "somebody else has it");
    }
}
