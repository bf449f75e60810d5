// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRoyaltyStream} from "../../../contracts/interfaces/IRoyaltyStream.sol";
import {Blocklist} from "../../../contracts/mocks/Blocklist.sol";
import {GasBurning} from "../../../contracts/mocks/GasBurning.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {vm} from "../Vm.sol";
import {Desk} from "./Desk.sol";

/// @title payOut sends to every wallet and nobody can hold it up
contract Law16 is Desk {
    event Withdrawn(address indexed currency, uint256 indexed account, address payee, uint256 amount);

    Blocklist private blocklist;

    function setUp() public override {
        super.setUp();
        blocklist = new Blocklist();
        _fund(blocklist, hm);
    }

    function _granted() private returns (Terms memory terms) {
        terms = _terms();
        terms.pay.currency = address(blocklist);
        _accept(terms, FEE);
    }

    function testFuzz_law16_whoeverRefusesWaitsAndHoldsUpNobody(uint256 refusing, uint32 wait) external {
        Terms memory terms = _granted();
        address[4] memory payees = [agency, photographer, model, hm];
        uint256[4] memory accounts = [_n(agency), _n(photographer), twinId, _n(hm)];
        for (uint256 i; i < 4; ++i) {
            if ((refusing >> i) & 1 == 1) blocklist.setBlocked(payees[i], true);
        }
        uint256 hms = blocklist.balanceOf(hm);
        _at(clock + 1 days + wait % (TERM - 1 days));
        uint256 total = _earned(terms, clock);
        uint256[4] memory parts;
        parts[0] = total * 2000 / 10_000;
        parts[1] = (total - parts[0]) * 1000 / 8000;
        (parts[2], parts[3]) = (total - parts[0] - parts[1], FEE - total);
        _surrender(terms);
        for (uint256 i; i < 4; ++i) {
            bool isRefusing = (refusing >> i) & 1 == 1;
            uint256 got = blocklist.balanceOf(payees[i]) - (i == 3 ? hms : 0);
            require(got == (isRefusing ? 0 : parts[i]), "another part was sent");
            uint256 waits = licenses.payableTo(address(blocklist), accounts[i]);
            require(waits == (isRefusing ? parts[i] : 0), "another part waits");
        }
    }

    function test_law16_whatWaitsIsWithdrawnByAnybodyToItsWalletOnce() external {
        Terms memory terms = _granted();
        blocklist.setBlocked(agency, true);
        _at(clock + TERM);
        _payOut(terms);
        _refused(
            IRoyaltyStream.WithdrawalFailed.selector, _n(address(blocklist)), _n(agency), uint256(FEE) * 2000 / 10_000
        );
        licenses.withdraw(address(blocklist), _n(agency));

        blocklist.setBlocked(agency, false);
        vm.expectEmit(address(licenses));
        emit Withdrawn(address(blocklist), _n(agency), agency, 200_000);
        vm.prank(stranger);
        licenses.withdraw(address(blocklist), _n(agency));
        require(blocklist.balanceOf(agency) == 200_000, "it got something else");
        _refused(IRoyaltyStream.NothingPayable.selector, _n(address(blocklist)), _n(agency));
        licenses.withdraw(address(blocklist), _n(agency));
    }

    function test_law16_theOwnersPartWaitsForAMoveAndIsPaidToWhoeverOwnsItThen() external {
        Terms memory terms = _granted();
        _proposeMove(otherModel);
        _at(clock + 7 days);
        _payOut(terms);
        uint256 part = licenses.payableTo(address(blocklist), twinId);
        require(part == 490_000 && blocklist.balanceOf(model) == 0, "another part waits");
        _refused(IRoyaltyStream.WithdrawalFailed.selector, _n(address(blocklist)), 0, part);
        licenses.withdraw(address(blocklist), twinId);

        twins.completeMove(twinId);
        licenses.withdraw(address(blocklist), twinId);
        require(blocklist.balanceOf(otherModel) == part, "the new owner got something else");
    }

    function testFuzz_law16_nothingPayableIsNothingToWithdraw(uint256 account) external {
        _refused(IRoyaltyStream.NothingPayable.selector, _n(address(dollar)), account);
        licenses.withdraw(address(dollar), account);
    }

    function test_law16_aPayOutWithoutNewMoneySendsNothing() external {
        Terms memory terms = _granted();
        _payOut(terms);
        _at(clock + 1 days);
        _payOut(terms);
        uint256 before = blocklist.balanceOf(agency);
        _payOut(terms);
        require(before == 20_000 && blocklist.balanceOf(agency) == before, "it was paid twice");
    }

    /// @dev With whatever gas it is called: all is sent, or nothing happens.
    function test_law16_nobodyCanStarveATransferIntoAClaim() external {
        Terms memory terms = _granted();
        _at(clock + TERM);
        bytes memory call = abi.encodeCall(licenses.payOut, (_scopeHash(terms), terms.pay, terms.shares));
        uint256 refusals;
        bool isDone;
        for (uint256 gas_ = 20_000; !isDone; gas_ += 3000) {
            bytes memory error;
            (isDone, error) = address(licenses).call{gas: gas_}(call);
            if (bytes4(error) == IRoyaltyStream.GasTooLow.selector) ++refusals;
            else require(isDone || error.length == 0, "another error");
            require(licenses.payableTo(address(blocklist), _n(agency)) == 0, "a transfer was starved");
            require(licenses.payableTo(address(blocklist), twinId) == 0, "the owner's transfer was starved");
        }
        require(refusals > 20, "the gas was never too low");
        require(blocklist.balanceOf(agency) == 200_000, "it got something else");
        require(blocklist.balanceOf(model) == 700_000, "she got something else");
    }

    function testFuzz_law16_aTransferBurnsAtMostItsGas(uint256 burn) external {
        GasBurning token = new GasBurning();
        _fund(token, hm);
        Terms memory terms = _terms();
        terms.pay.currency = address(token);
        _accept(terms, FEE);
        token.burnFor(agency, type(uint256).max - burn % 1000);
        _at(clock + TERM);
        uint256 before = gasleft();
        _payOut(terms);
        require(before - gasleft() < 500_000, "it burned more");
        require(licenses.payableTo(address(token), _n(agency)) == 200_000, "it does not wait");
        require(token.balanceOf(model) == 700_000, "she was held up");
    }
}
