// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRoyaltyStream} from "../../contracts/interfaces/IRoyaltyStream.sol";
import {Blocklist} from "../../contracts/mocks/Blocklist.sol";
import {FalseReturn} from "../../contracts/mocks/FalseReturn.sol";
import {FeeOnTransfer} from "../../contracts/mocks/FeeOnTransfer.sol";
import {GasBurning} from "../../contracts/mocks/GasBurning.sol";
import {Hollow} from "../../contracts/mocks/Hollow.sol";
import {NoReturn} from "../../contracts/mocks/NoReturn.sol";
import {Rebasing} from "../../contracts/mocks/Rebasing.sol";
import {Reentrant} from "../../contracts/mocks/Reentrant.sol";
import {ReturnBomb} from "../../contracts/mocks/ReturnBomb.sol";
import {TestDollar} from "../../contracts/mocks/TestDollar.sol";
import {TwoEntries} from "../../contracts/mocks/TwoEntries.sol";
import {Share, Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "./Digests.sol";
import {vm} from "./Vm.sol";
import {Deed, World} from "./World.sol";

/// @title Every coin of every currency, in a second set of books
/// @dev Predicts what each transfer does, so that every wallet and every waiting amount is known to the unit.
abstract contract Ledger is World {
    enum Kind {
        Honest,
        Blocking,
        Refusing,
        Burning,
        Bombing,
        FeeTaking,
        Empty,
        Shrinking,
        Calling
    }

    struct Currency {
        address at;
        Kind kind;
        // Where its balances are kept: itself, but for the second entry of a ledger with two.
        address ledger;
    }

    /// @dev The first of the currencies deliver what they are asked to.
    uint256 internal constant HONEST = 5;

    Currency[] internal currencies;
    mapping(address at => uint256 index) internal currencyAt;
    mapping(address ledger => mapping(address account => uint256)) internal walletOf;
    mapping(address currency => mapping(uint256 account => uint256)) internal waiting;
    /// @dev Whether a currency delivers nothing to an account.
    mapping(address currency => mapping(address account => bool)) internal isBarred;

    function _issue() internal {
        _issue(address(dollar), Kind.Honest, address(dollar));
        _issue(address(new TestDollar(18)), Kind.Honest, address(0));
        _issue(address(new NoReturn()), Kind.Honest, address(0));
        TwoEntries two = new TwoEntries();
        _issue(address(two), Kind.Honest, address(two));
        _issue(address(two.SECOND()), Kind.Honest, address(two));
        _issue(address(new Blocklist()), Kind.Blocking, address(0));
        _issue(address(new FalseReturn()), Kind.Refusing, address(0));
        _issue(address(new GasBurning()), Kind.Burning, address(0));
        _issue(address(new ReturnBomb()), Kind.Bombing, address(0));
        _issue(address(new FeeOnTransfer()), Kind.FeeTaking, address(0));
        _issue(address(new Hollow()), Kind.Empty, address(0));
        _issue(address(new Rebasing()), Kind.Shrinking, address(0));
        _issue(address(new Reentrant()), Kind.Calling, address(0));
    }

    function _issue(address at, Kind kind, address ledger) private {
        currencyAt[at] = currencies.length;
        currencies.push(Currency(at, kind, ledger == address(0) ? at : ledger));
    }

    function _currency(address at) internal view returns (Currency storage) {
        return currencies[currencyAt[at]];
    }

    /// @dev Gives a payer what it must pay, or for once too little of it or of its consent.
    function _fund(address at, address payer, uint256 amount) internal returns (bool isCovered) {
        Currency storage currency = _currency(at);
        isCovered = amount == 0 || !_chance(24);
        uint256 allowed = isCovered ? amount : amount - 1;
        _mintTo(currency, payer, amount);
        walletOf[currency.ledger][payer] += amount;
        vm.prank(payer);
        TestDollar(at).approve(address(licenses), allowed);
    }

    /// @dev Also to whoever is barred from everything else.
    function _mintTo(Currency storage currency, address to, uint256 amount) private {
        bool isBarredNow = isBarred[currency.at][to];
        if (isBarredNow && currency.kind == Kind.Blocking) Blocklist(currency.at).setBlocked(to, false);
        if (currency.kind == Kind.Burning) GasBurning(currency.at).burnFor(to, 0);
        TestDollar(currency.ledger).mint(to, amount);
        if (isBarredNow && currency.kind == Kind.Blocking) Blocklist(currency.at).setBlocked(to, true);
        if (isBarredNow && currency.kind == Kind.Burning) GasBurning(currency.at).burnFor(to, type(uint256).max);
    }

    /// @dev The refusal of a payment that the licenses take, or nothing.
    function _refusalOfPayment(address at, address payer, uint256 amount, bool isCovered)
        internal
        view
        returns (bytes memory)
    {
        if (amount == 0) return "";
        Kind kind = _currency(at).kind;
        bool isStopped = kind == Kind.Blocking && (isBarred[at][payer] || isBarred[at][address(licenses)]);
        // One that moves nothing does not look at the allowance either.
        if ((!isCovered && kind != Kind.Empty) || isStopped) {
            return abi.encodeWithSelector(IRoyaltyStream.PaymentFailed.selector, at, payer, amount);
        }
        uint256 arrived = kind == Kind.Empty ? 0 : kind == Kind.FeeTaking ? amount - amount / 100 : amount;
        if (arrived == amount) return "";
        return abi.encodeWithSelector(IRoyaltyStream.PaymentInexact.selector, at, amount, arrived);
    }

    function _take(address at, address payer, uint256 amount) internal {
        address ledger = _currency(at).ledger;
        walletOf[ledger][payer] -= amount;
        walletOf[ledger][address(licenses)] += amount;
    }

    /// @dev What the licenses send, to a wallet or to nobody: it arrives, or it waits for `account`.
    function _send(address at, address to, uint256 account, uint256 amount) internal {
        if (amount == 0) return;
        if (_delivers(at, to, amount)) {
            _arrive(at, to, amount);
        } else {
            waiting[at][account] += amount;
            ++done[Deed.Defer];
        }
    }

    function _delivers(address at, address to, uint256 amount) internal view returns (bool) {
        bool isStopped = isBarred[at][to] || (_currency(at).kind == Kind.Blocking && isBarred[at][address(licenses)]);
        return to != address(0) && !isStopped && walletOf[_currency(at).ledger][address(licenses)] >= amount;
    }

    function _arrive(address at, address to, uint256 amount) internal {
        Currency storage currency = _currency(at);
        walletOf[currency.ledger][address(licenses)] -= amount;
        walletOf[currency.ledger][to] += amount - (currency.kind == Kind.FeeTaking ? amount / 100 : 0);
    }

    /// @dev What pays a twin's owner now: her wallet, or nobody while a move is pending.
    function _payeeOf(Twin storage twin) internal view returns (address) {
        return _isMoving(twin) ? address(0) : twin.owner;
    }

    function _isMoving(Twin storage twin) internal view returns (bool) {
        return twin.movingTo != address(0) && _now() < uint256(twin.readyAt) + 30 days;
    }

    /// @dev Law 15, from the total: each takes its part of what the earlier ones left; the last is the owner's.
    function _parts(Share[] memory shares, uint256 total) internal pure returns (uint256[] memory parts) {
        parts = new uint256[](shares.length + 1);
        (uint256 left, uint256 leftBps) = (total, 10_000);
        for (uint256 i; i < shares.length; ++i) {
            parts[i] = left * shares[i].bps / leftBps;
            (left, leftBps) = (left - parts[i], leftBps - shares[i].bps);
        }
        parts[shares.length] = left;
    }

    /// @dev Laws 15-17: everybody gets what the new total gives beyond the old one, the licensee the refund.
    function _distribute(Held storage held, uint96 total, uint96 refund) internal {
        Terms memory terms = held.terms;
        address at = terms.pay.currency;
        if (total > held.collected) {
            uint256[] memory before = _parts(terms.shares, held.collected);
            uint256[] memory parts = _parts(terms.shares, total);
            held.collected = total;
            for (uint256 i; i < terms.shares.length; ++i) {
                address payee = terms.shares[i].payee;
                _send(at, payee, uint160(payee), parts[i] - before[i]);
            }
            uint256 last = terms.shares.length;
            _send(at, _payeeOf(twinList[held.twin]), twinList[held.twin].id, parts[last] - before[last]);
        }
        _send(at, terms.scope.licensee, uint160(terms.scope.licensee), refund);
    }

    function _deposited(Held storage held) internal view returns (uint96) {
        return held.paidIn - held.refunded;
    }

    /// @dev Law 13 as it is written.
    function _earned(Held storage held, uint256 at) internal view returns (uint96) {
        if (held.isSettled) return _deposited(held);
        uint256 fee = held.terms.pay.fee;
        uint256 until = at < held.end ? at : held.end;
        uint256 elapsed = until > held.start ? until - held.start : 0;
        uint256 byTime = fee * elapsed / held.terms.pay.term;
        uint256 quota = held.terms.pay.quota;
        uint256 byImages = (fee * held.used) / quota + ((fee * held.used) % quota == 0 ? 0 : 1);
        uint256 most = byTime > byImages ? byTime : byImages;
        return uint96(most < _deposited(held) ? most : _deposited(held));
    }

    function _earnedOnChain(Held storage held, uint40 at) internal view override returns (uint96) {
        Terms memory terms = held.terms;
        return licenses.earned(Digests.hash(terms.scope), terms.pay, Digests.hash(terms.shares), at);
    }
}
