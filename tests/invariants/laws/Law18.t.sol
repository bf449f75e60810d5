// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRoyaltyStream} from "../../../contracts/interfaces/IRoyaltyStream.sol";
import {ITwinLicense} from "../../../contracts/interfaces/ITwinLicense.sol";
import {FalseReturn} from "../../../contracts/mocks/FalseReturn.sol";
import {FeeOnTransfer} from "../../../contracts/mocks/FeeOnTransfer.sol";
import {Hollow} from "../../../contracts/mocks/Hollow.sol";
import {NoReturn} from "../../../contracts/mocks/NoReturn.sol";
import {Rebasing} from "../../../contracts/mocks/Rebasing.sol";
import {Reentrant} from "../../../contracts/mocks/Reentrant.sol";
import {ReturnBomb} from "../../../contracts/mocks/ReturnBomb.sol";
import {TestDollar} from "../../../contracts/mocks/TestDollar.sol";
import {Entry} from "../../../contracts/types/License.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {vm} from "../Vm.sol";
import {Desk} from "./Desk.sol";

/// @title Odd tokens are refused or harmless to others' money
contract Law18 is Desk {
    function _in(TestDollar token) private returns (Terms memory terms) {
        _fund(token, hm);
        terms = _terms();
        terms.pay.currency = address(token);
    }

    function testFuzz_law18_aTokenThatTakesAFeeIsRefused(uint96 deposit) external {
        Terms memory terms = _in(new FeeOnTransfer());
        deposit = uint96(COMMITTED + deposit % (FEE - COMMITTED + 1));
        _acceptRefused(
            terms,
            deposit,
            abi.encodeWithSelector(
                IRoyaltyStream.PaymentInexact.selector, terms.pay.currency, deposit, deposit - deposit / 100
            )
        );
    }

    function testFuzz_law18_aTokenThatMovesNothingIsRefused(uint96 deposit) external {
        Terms memory terms = _in(new Hollow());
        deposit = uint96(COMMITTED + deposit % (FEE - COMMITTED + 1));
        bytes memory error =
            abi.encodeWithSelector(IRoyaltyStream.PaymentInexact.selector, terms.pay.currency, deposit, 0);
        _acceptRefused(terms, deposit, error);
    }

    function testFuzz_law18_whatIsNoTokenIsRefused(address currency) external {
        vm.assume(currency.code.length == 0 && uint160(currency) > 1000);
        Terms memory terms = _terms();
        terms.pay.currency = currency;
        _acceptRefused(terms, FEE, abi.encodeWithSelector(IRoyaltyStream.PaymentFailed.selector, currency, hm, FEE));
    }

    function test_law18_aTokenThatSaysFalseIsRefusedAndItsPayeesWait() external {
        FalseReturn token = new FalseReturn();
        Terms memory terms = _terms();
        terms.pay.currency = address(token);
        _acceptRefused(terms, FEE, abi.encodeWithSelector(IRoyaltyStream.PaymentFailed.selector, token, hm, FEE));

        _fund(token, hm);
        _accept(terms, FEE);
        token.refuse(agency, true);
        _at(clock + TERM);
        _payOut(terms);
        require(licenses.payableTo(address(token), _n(agency)) == 200_000, "it does not wait");
        require(token.balanceOf(model) == 700_000, "she was held up");
    }

    function test_law18_aTokenThatAnswersNothingIsTakenAtItsBalance() external {
        NoReturn token = new NoReturn();
        Terms memory terms = _in(token);
        _accept(terms, FEE);
        _at(clock + TERM);
        _payOut(terms);
        require(token.balanceOf(agency) == 200_000 && token.balanceOf(model) == 700_000, "another part was sent");
        require(licenses.payableTo(address(token), _n(agency)) == 0, "something waits");
    }

    function test_law18_aTokenThatAnswersTooMuchIsHeldToOneWord() external {
        ReturnBomb token = new ReturnBomb();
        Terms memory terms = _in(token);
        _accept(terms, FEE);
        token.lay(agency, ReturnBomb.Bomb.Reverting);
        token.lay(photographer, ReturnBomb.Bomb.Returning);
        _at(clock + TERM);
        uint256 before = gasleft();
        _payOut(terms);
        require(before - gasleft() < 500_000, "the bomb was paid for");
        require(licenses.payableTo(address(token), _n(agency)) == 200_000, "it does not wait");
        require(token.balanceOf(photographer) == 100_000 && token.balanceOf(model) == 700_000, "another part");
    }

    function test_law18_aTokenThatShrinksHarmsOnlyItsOwnLicenses() external {
        Rebasing token = new Rebasing();
        Terms memory terms = _in(token);
        _accept(terms, FEE);
        Terms memory other = _terms();
        _accept(other, FEE);
        token.shrink(address(licenses), FEE - 100_000);
        _at(clock + TERM);
        _payOut(terms);
        require(licenses.payableTo(address(token), _n(agency)) == 200_000, "it does not wait");
        require(token.balanceOf(photographer) == 100_000, "what is there was not sent");
        require(licenses.payableTo(address(token), twinId) == 700_000, "hers does not wait");
        _payOut(other);
        require(dollar.balanceOf(model) == 700_000, "another currency was harmed");
    }

    function test_law18_aTokenThatShrinksMeanwhileIsRefused() external {
        Shrinking token = new Shrinking(address(licenses));
        Terms memory terms = _in(token);
        token.mint(address(licenses), 500);
        bytes memory error = abi.encodeWithSelector(IRoyaltyStream.PaymentInexact.selector, token, FEE, 0);
        _acceptRefused(terms, FEE, error);
    }

    function test_law18_aTokenThatCallsBackInATopUpDoesNotPayTwice() external {
        Reentrant token = new Reentrant();
        Terms memory terms = _in(token);
        uint256 id = _accept(terms, COMMITTED);
        token.mint(address(token), FEE);
        token.act(address(token), abi.encodeCall(token.approve, (address(licenses), FEE)));
        (bytes32 scopeHash, bytes32 sharesHash) = (_scopeHash(terms), _sharesHash(terms));
        token.arm(address(licenses), abi.encodeCall(licenses.topUp, (scopeHash, terms.pay, sharesHash, 150_000)));
        // The transfer from inside is measured by the one outside, too.
        vm.prank(hm);
        _refused(IRoyaltyStream.PaymentInexact.selector, _n(address(token)), 100_000, 150_000);
        licenses.topUp(scopeHash, terms.pay, sharesHash, 200_000);
        require(licenses.licenseOf(id).deposited == COMMITTED, "something was booked");
    }

    function test_law18_whatATokenChangesWhileItIsCalledIsSeen() external {
        Sly token = new Sly(licenses);
        Terms memory terms = _in(token);
        uint256 id = _accept(terms, COMMITTED);
        token.mint(address(token), FEE);
        (bytes32 scopeHash, bytes32 sharesHash) = (_scopeHash(terms), _sharesHash(terms));
        token.arm(abi.encodeCall(licenses.topUp, (scopeHash, terms.pay, sharesHash, 150_000)));
        vm.prank(hm);
        _refused(IRoyaltyStream.DepositOutOfRange.selector, 200_000, 150_000, FEE);
        licenses.topUp(scopeHash, terms.pay, sharesHash, 200_000);
        require(licenses.licenseOf(id).deposited == COMMITTED, "something was booked");
    }

    function test_law18_aTokenThatCallsBackInAPayOutGetsNothing() external {
        Reentrant token = new Reentrant();
        Terms memory terms = _in(token);
        _accept(terms, FEE);
        _at(clock + 5 days);
        token.arm(address(licenses), abi.encodeCall(licenses.payOut, (_scopeHash(terms), terms.pay, terms.shares)));
        _payOut(terms);
        uint256 sent = token.balanceOf(agency) + token.balanceOf(photographer) + token.balanceOf(model);
        uint256 waits = licenses.payableTo(address(token), _n(agency)) + licenses.payableTo(address(token), twinId)
            + licenses.payableTo(address(token), _n(photographer));
        require(sent + waits == FEE / 2, "it was paid twice");
        require(token.balanceOf(address(licenses)) == FEE / 2 + waits, "the books are not the balance");
    }

    function test_law18_aTokenThatAcceptsTheSameTermsMeanwhileGrantsThemOnce() external {
        Reentrant token = new Reentrant();
        Terms memory terms = _in(token);
        terms.scope.licensee = address(token);
        token.mint(address(token), 2 * FEE);
        token.act(address(token), abi.encodeCall(token.approve, (address(licenses), 2 * FEE)));
        bytes memory accept =
            abi.encodeCall(licenses.accept, (terms, _signed(model, _digest(terms)), FEE, new Entry[](0)));
        token.arm(address(licenses), accept);
        _refused(IRoyaltyStream.PaymentInexact.selector, _n(address(token)), FEE, 2 * FEE);
        token.act(address(licenses), accept);
        _refused(IRoyaltyStream.LicenseUnknown.selector, _id(terms));
        licenses.tokenURI(_id(terms));
    }
}

/// @title A token that takes from the receiver what it holds
contract Shrinking is TestDollar {
    address private immutable VICTIM;

    constructor(address victim) TestDollar(6) {
        VICTIM = victim;
    }

    function transferFrom(address from, address, uint256 amount) public override returns (bool) {
        _burn(from, amount);
        _burn(VICTIM, 1);
        return true;
    }
}

/// @title A token that tops up in between, and says what the other payment expects
/// @dev It keeps the balance that it shows by hand: what came from inside is taken back before it is measured.
contract Sly is TestDollar {
    address private immutable LICENSES;
    bytes private data;

    constructor(ITwinLicense licenses) TestDollar(6) {
        LICENSES = address(licenses);
    }

    /// @notice Prepares the call that the next transfer makes.
    /// @param call the call
    function arm(bytes calldata call) external {
        data = call;
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        bytes memory call = data;
        if (call.length != 0 && from != address(this)) {
            delete data;
            uint256 before = balanceOf(to);
            (bool isDone,) = LICENSES.call(call);
            require(isDone, "the call back failed");
            _burn(to, balanceOf(to) - before);
        }
        _transfer(from, to, amount);
        return true;
    }
}
