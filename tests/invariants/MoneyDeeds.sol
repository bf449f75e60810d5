// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRoyaltyStream} from "../../contracts/interfaces/IRoyaltyStream.sol";
import {Blocklist} from "../../contracts/mocks/Blocklist.sol";
import {FalseReturn} from "../../contracts/mocks/FalseReturn.sol";
import {GasBurning} from "../../contracts/mocks/GasBurning.sol";
import {Rebasing} from "../../contracts/mocks/Rebasing.sol";
import {ReturnBomb} from "../../contracts/mocks/ReturnBomb.sol";
import {TestDollar} from "../../contracts/mocks/TestDollar.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {CallBacks} from "./CallBacks.sol";
import {Digests} from "./Digests.sol";
import {vm} from "./Vm.sol";
import {Deed} from "./World.sol";

/// @title Money in, money out, and what odd currencies do
abstract contract MoneyDeeds is CallBacks {
    function topUp(uint256 seed) external deed(seed) {
        if (heldList.length == 0) return;
        Held storage held = _lasting();
        // One that is not paid whole, if there is one.
        for (uint256 i; i < heldList.length && (held.paidIn == held.terms.pay.fee || held.end <= _now()); ++i) {
            held = heldList[i];
        }
        Terms memory terms = held.terms;
        uint96 before = _deposited(held);
        uint96 deposited = _drawTotal(before, terms.pay.fee);
        uint96 amount = deposited > before ? deposited - before : 0;
        address payer = _anyOf(people);
        bool isCovered = _fund(terms.pay.currency, payer, amount);
        Call memory armed = _arm(terms.pay.currency, amount);

        bytes memory refusal = _refusalOfPayment(terms.pay.currency, payer, amount, isCovered);
        if (refusal.length == 0) refusal = _refusalByCall(armed, terms.pay.currency, amount);
        if (refusal.length == 0 && _now() >= held.end) {
            refusal = abi.encodeWithSelector(IRoyaltyStream.LicenseOver.selector, held.id, held.end);
        } else if (refusal.length == 0 && deposited > terms.pay.fee) {
            refusal =
                abi.encodeWithSelector(IRoyaltyStream.DepositOutOfRange.selector, deposited, before, terms.pay.fee);
        }
        bytes memory call = abi.encodeCall(
            licenses.topUp, (Digests.hash(terms.scope), terms.pay, Digests.hash(terms.shares), deposited)
        );
        // A total that is reached already costs nothing, and is no top-up.
        Deed what = amount == 0 ? Deed.TopUpAgain : Deed.TopUp;
        bool isDone = _do(what, payer, address(licenses), call, refusal);
        _disarm(armed, terms.pay.currency, isDone);
        if (!isDone) return;

        _take(terms.pay.currency, payer, amount);
        held.paidIn += amount;
    }

    function _drawTotal(uint96 before, uint96 fee) private returns (uint96) {
        uint256 mode = _roll(12);
        if (mode == 0) return before;
        if (mode == 1) return before == 0 ? 0 : before - 1;
        if (mode == 2) return fee == type(uint96).max ? fee : fee + 1;
        if (mode < 5 || before >= fee) return fee;
        return uint96(before + _roll(fee - before) + 1);
    }

    function payOut(uint256 seed) external deed(seed) {
        if (heldList.length == 0) return;
        Held storage held = heldList[_roll(heldList.length)];
        for (uint256 i; i < heldList.length && held.isSettled; ++i) {
            held = heldList[i];
        }
        // The last second of it, or the first after.
        if (!held.isSettled && held.end > _now() + 1 && held.end < _now() + 40 days && _chance(4)) {
            _warp(held.end - _roll(2));
        }
        Terms memory terms = held.terms;
        bytes32 scopeHash = Digests.hash(terms.scope);
        bytes memory refusal;
        if (held.isSettled) refusal = abi.encodeWithSelector(IRoyaltyStream.LicenseSettled.selector, held.id);
        if (_chance(24)) {
            terms.pay.fee ^= 1;
            refusal = abi.encodeWithSelector(IRoyaltyStream.LicenseUnknown.selector, _digest(terms));
        }

        bytes memory call = abi.encodeCall(licenses.payOut, (scopeHash, terms.pay, terms.shares));
        if (_do(Deed.PayOut, _anyOf(people), address(licenses), call, refusal)) _payOut(held);
    }

    function withdraw(uint256 seed) external deed(seed) {
        (address at, uint256 account, address payee) = _waitingSomewhere();
        uint256 amount = waiting[at][account];
        bytes memory refusal;
        if (amount == 0) {
            refusal = abi.encodeWithSelector(IRoyaltyStream.NothingPayable.selector, at, account);
        } else if (!_delivers(at, payee, amount)) {
            refusal = abi.encodeWithSelector(IRoyaltyStream.WithdrawalFailed.selector, at, payee, amount);
        }

        bytes memory call = abi.encodeCall(licenses.withdraw, (at, account));
        if (!_do(Deed.Withdraw, _anyOf(people), address(licenses), call, refusal)) return;

        waiting[at][account] = 0;
        _arrive(at, payee, amount);
    }

    /// @dev Something that waits, if anything does: first where it can be had, from a place that is drawn.
    function _waitingSomewhere() private returns (address at, uint256 account, address payee) {
        uint256 places = people.length + twinList.length;
        (uint256 first, uint256 step) = (_roll(currencies.length * places), 0);
        bool isReachable = !_chance(6);
        for (; step < currencies.length * places; ++step) {
            uint256 place = (first + step) % (currencies.length * places);
            (at, place) = (currencies[place / places].at, place % places);
            if (place < people.length) (account, payee) = (uint160(people[place]), people[place]);
            else (account, payee) = (twinList[place - people.length].id, _payeeOf(twinList[place - people.length]));
            uint256 amount = waiting[at][account];
            if (amount != 0 && (!isReachable || _delivers(at, payee, amount))) return (at, account, payee);
        }
    }

    function permit(uint256 seed) external deed(seed) {
        Currency storage currency = currencies[_roll(currencies.length)];
        TestDollar token = TestDollar(currency.ledger);
        address payer = _anyOf(people);
        uint256 amount = _roll(1000) + 1;
        address signer = _chance(4) ? stranger : payer;
        bytes memory signature = _signed(signer, _digestOfPermit(token, payer, amount, _now()));
        (bytes32 r, bytes32 s) = (_word(signature, 0), _word(signature, 1));
        uint256 expected = token.allowance(payer, address(licenses));
        // A contract wallet has no key of its own, and the second entry no permit.
        if (signer == payer && payer.code.length == 0 && currency.at == currency.ledger) expected = amount;

        bytes memory call = abi.encodeCall(licenses.permit, (currency.at, amount, _now(), uint8(signature[64]), r, s));
        _do(Deed.Permit, payer, address(licenses), call, "");

        require(token.allowance(payer, address(licenses)) == expected, "a permit set another allowance");
    }

    function _word(bytes memory data, uint256 index) private pure returns (bytes32 word) {
        assembly ("memory-safe") {
            word := mload(add(data, mul(add(index, 1), 0x20)))
        }
    }

    /// @dev What issuers of odd currencies do: bar somebody, or no longer, or let balances shrink.
    function trouble(uint256 seed) external deed(seed) {
        for (uint256 i = HONEST; i < currencies.length; ++i) {
            _trouble(currencies[i].at, currencies[i].kind, _anyOf(people), !_chance(3));
        }
    }

    function _trouble(address at, Kind kind, address account, bool isBarring) private {
        if (kind == Kind.Blocking) {
            if (_chance(8)) account = address(licenses);
            Blocklist(at).setBlocked(account, isBarring);
        } else if (kind == Kind.Refusing) {
            FalseReturn(at).refuse(account, isBarring);
        } else if (kind == Kind.Burning) {
            GasBurning(at).burnFor(account, isBarring ? type(uint256).max : _roll(2) * 30_000);
        } else if (kind == Kind.Bombing) {
            ReturnBomb.Bomb mild = _chance(2) ? ReturnBomb.Bomb.None : ReturnBomb.Bomb.Returning;
            ReturnBomb(at).lay(account, isBarring ? ReturnBomb.Bomb.Reverting : mild);
        } else if (kind == Kind.Shrinking) {
            uint256 amount = walletOf[at][address(licenses)] / 3;
            Rebasing(at).shrink(address(licenses), amount);
            walletOf[at][address(licenses)] -= amount;
            return;
        } else {
            return;
        }
        isBarred[at][account] = isBarring;
    }
}
