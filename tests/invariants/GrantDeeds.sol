// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ITwinLicense} from "../../contracts/interfaces/ITwinLicense.sol";
import {Entry} from "../../contracts/types/License.sol";
import {Prices} from "../../contracts/types/RateCard.sol";
import {Revocation, Scope, Terms} from "../../contracts/types/Terms.sol";
import {CallBacks} from "./CallBacks.sol";
import {Refusals} from "./Refusals.sol";
import {Deed} from "./World.sol";

/// @title Offers and rate cards, and the licenses that they make
abstract contract GrantDeeds is Refusals, CallBacks {
    /// @dev What an owner signed: an offer, or a card with one booking that it allows.
    struct Paper {
        uint256 twin;
        Terms terms;
        Prices prices;
        address signer;
        bytes signature;
    }

    /// @dev Papers of before, whether they were used or not; encoded.
    bytes[] private _drawer;

    function accept(uint256 seed) external deed(seed) {
        _grant(false, false);
    }

    function acceptExclusive(uint256 seed) external deed(seed) {
        _grant(false, true);
    }

    function book(uint256 seed) external deed(seed) {
        _grant(true, false);
    }

    function bookExclusive(uint256 seed) external deed(seed) {
        _grant(true, true);
    }

    /// @dev Signs without granting, so that something lies in the drawer when the twin changes.
    function sign(uint256 seed) external deed(seed) {
        _keep(_draft(_chance(2), _chance(3)));
    }

    function acceptFromDrawer(uint256 seed) external deed(seed) {
        if (_drawer.length == 0) return;
        _use(abi.decode(_drawer[_roll(_drawer.length)], (Paper)));
    }

    function revoke(uint256 seed) external deed(seed) {
        if (_drawer.length == 0) return;
        Paper memory paper = abi.decode(_drawer[_roll(_drawer.length)], (Paper));
        Twin storage twin = twinList[paper.twin];
        // A revocation carries no nonce.
        Stamp memory stamp;
        bytes memory refusal;
        do {
            (stamp, refusal) = _stamp(0, twin.owner);
        } while (stamp.nonce != 0);
        Revocation memory act = Revocation("memo", twin.id, _paperDigest(paper), stamp.deadline);

        bytes memory call = abi.encodeCall(licenses.revoke, (act, _by(stamp, _digest(act))));
        if (!_do(Deed.Revoke, stamp.sender, address(licenses), call, refusal)) return;

        isWithdrawn[twin.id][act.digest] = true;
    }

    function _grant(bool isBooking, bool exclusive) internal {
        Paper memory paper = _draft(isBooking, exclusive);
        if (_chance(3)) _keep(paper);
        _use(paper);
    }

    function _keep(Paper memory paper) private {
        _drawer.push(abi.encode(paper));
    }

    function _draft(bool isBooking, bool exclusive) private returns (Paper memory paper) {
        bool isBeside = !isBooking && heldList.length != 0 && _chance(3);
        uint256 beside = isBeside ? _roll(heldList.length) : 0;
        paper.twin = isBeside ? heldList[beside].twin : _roll(twinList.length);
        // Seldom of a twin that grants nothing any more.
        if (!isBeside && twinList[paper.twin].isRetired && !_chance(6)) paper.twin = _roll(twinList.length - 1);
        Twin storage twin = twinList[paper.twin];
        if (isBooking) (paper.terms, paper.prices) = _draftBooking(twin, exclusive);
        else paper.terms = _draftOffer(twin, exclusive);
        if (isBeside) _draftBeside(paper, heldList[beside]);
        paper.signer = _chance(FAULT) ? stranger : twin.owner;
        paper.signature = _signed(paper.signer, _paperDigest(paper));
    }

    /// @dev The same uses and markets as another license, just after it, just before it, or with a second in common.
    function _draftBeside(Paper memory paper, Held storage other) private {
        Scope memory scope = paper.terms.scope;
        (scope.category, scope.uses) = (other.terms.scope.category, other.terms.scope.uses);
        scope.markets = other.terms.scope.markets;
        uint40 term = uint40(paper.terms.pay.term);
        if (other.start > _now() + term && _chance(2)) scope.start = other.start - term + uint40(_roll(2));
        else if (other.end > _now()) scope.start = other.end - uint40(_roll(2));
    }

    function _isCard(Paper memory paper) private pure returns (bool) {
        return paper.prices.maxDays != 0;
    }

    function _paperDigest(Paper memory paper) private view returns (bytes32) {
        return _isCard(paper) ? _digestOfCard(paper.terms, paper.prices) : _digest(paper.terms);
    }

    function _use(Paper memory paper) private {
        Terms memory terms = paper.terms;
        address sender = _chance(FAULT) ? stranger : terms.scope.licensee;
        uint96 deposit = _drawDeposit(terms);
        bool isCovered = _fund(terms.pay.currency, sender, deposit);
        Call memory armed = _arm(terms.pay.currency, deposit);
        uint256 opened = _drawOpening(paper.twin, terms);
        // Who owns the twin and licenses it needs no signature.
        if (sender == twinList[paper.twin].owner && _chance(2)) (paper.signer, paper.signature) = (sender, "");
        bytes memory refusal = _refusalOf(paper, sender, deposit, isCovered, opened, armed);
        Entry[] memory opening =
            terms.scope.exclusive ? _opening(paper.twin, terms.scope.category, opened) : new Entry[](0);

        bool isBooking = _isCard(paper);
        bytes memory call = isBooking
            ? abi.encodeCall(licenses.book, (terms, paper.prices, paper.signature, deposit, opening))
            : abi.encodeCall(licenses.accept, (terms, paper.signature, deposit, opening));
        Deed what = terms.scope.exclusive
            ? (isBooking ? Deed.BookExclusive : Deed.AcceptExclusive)
            : (isBooking ? Deed.Book : Deed.Accept);
        bool isDone = _do(what, sender, address(licenses), call, refusal);
        _disarm(armed, terms.pay.currency, isDone);
        if (!isDone) return;

        _take(terms.pay.currency, sender, deposit);
        _write(paper, deposit, isBooking);
    }

    function _drawDeposit(Terms memory terms) private returns (uint96) {
        (uint96 fee, uint96 committed) = (terms.pay.fee, terms.pay.committed);
        if (_chance(FAULT)) {
            if (committed != 0 && _chance(2)) return committed - 1;
            return fee == type(uint96).max ? fee : fee + 1;
        }
        if (terms.scope.exclusive || committed >= fee) return _chance(FAULT) && fee != 0 ? fee - 1 : fee;
        return [committed, fee, uint96(committed + _roll(fee - committed))][_roll(3)];
    }

    function _drawOpening(uint256 twin, Terms memory terms) private returns (uint256 opened) {
        opened = bookOf[twin][terms.scope.category].length;
        if (opened != 0 && _chance(FAULT / 4)) --opened;
    }

    function _refusalOf(
        Paper memory paper,
        address sender,
        uint96 deposit,
        bool isCovered,
        uint256 opened,
        Call memory armed
    ) private view returns (bytes memory refusal) {
        Terms memory terms = paper.terms;
        Twin storage twin = twinList[paper.twin];
        bool isBooking = _isCard(paper);
        bytes32 digest = _paperDigest(paper);
        if (!isBooking && terms.scope.card != 0) {
            return abi.encodeWithSelector(ITwinLicense.CardDiffers.selector, terms.scope.card, 0);
        }
        refusal = _refusalOfTerms(terms, sender, deposit);
        if (refusal.length == 0 && isBooking) refusal = _refusalOfPrices(terms, paper.prices);
        if (refusal.length == 0) refusal = _refusalOfPayment(terms.pay.currency, sender, deposit, isCovered);
        if (refusal.length == 0) refusal = _refusalByCall(armed, terms.pay.currency, deposit);
        if (refusal.length == 0 && isBooking && terms.scope.card != digest) {
            return abi.encodeWithSelector(ITwinLicense.CardDiffers.selector, terms.scope.card, digest);
        }
        bool isSigned = paper.signer == twin.owner;
        if (refusal.length == 0) refusal = _refusalOfOwner(terms, twin, digest, isSigned);
        if (refusal.length == 0 && isBooking && paper.prices.serial < twin.leastSerial) {
            return abi.encodeWithSelector(ITwinLicense.SerialTooLow.selector, paper.prices.serial, twin.leastSerial);
        }
        if (refusal.length == 0) refusal = _refusalOfPolicy(terms, twin);
        if (refusal.length == 0) refusal = _refusalOfBook(terms, paper.twin, isBooking, opened);
    }

    function _write(Paper memory paper, uint96 deposit, bool isBooking) private {
        Terms memory terms = paper.terms;
        Twin storage twin = twinList[paper.twin];
        uint256 index = heldList.length;
        Held storage held = heldList.push();
        (held.id, held.twin, held.paidIn, held.isBooking) = (uint256(_digest(terms)), paper.twin, deposit, isBooking);
        held.terms = terms;
        held.start = terms.scope.start == 0 ? _now() : terms.scope.start;
        held.end = held.start + terms.pay.term;
        (held.endAsGranted, held.leastEnd) = (held.end, held.end);
        (held.policyUses, held.policyCategories) = (twin.uses, twin.categories);
        (held.policyBps, held.signer) = (twin.leastOwnerBps, paper.signer);

        uint256[] storage book_ = bookOf[paper.twin][terms.scope.category];
        if (terms.scope.exclusive) {
            _prune(book_);
            _dropEnded(exclusivesOf[paper.twin][terms.scope.category]);
            exclusivesOf[paper.twin][terms.scope.category].push(index);
        }
        book_.push(index);
    }

    /// @dev At an opening those leave the book that have passed their end as granted; the others keep their order.
    function _prune(uint256[] storage list) private {
        uint256 kept;
        for (uint256 i; i < list.length; ++i) {
            if (heldList[list[i]].endAsGranted > _now()) list[kept++] = list[i];
        }
        while (list.length > kept) list.pop();
    }

    /// @dev From the last to the first; the last one takes the place of one that has ended.
    function _dropEnded(uint256[] storage list) private {
        for (uint256 i = list.length; i > 0; --i) {
            if (heldList[list[i - 1]].end > _now()) continue;
            list[i - 1] = list[list.length - 1];
            list.pop();
        }
    }
}
