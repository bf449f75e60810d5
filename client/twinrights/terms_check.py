"""What can be said of terms and rate cards before anybody signs them.

The first mistake is named in one sentence. The contract refuses most of it, too, but only
when somebody uses what was signed; what it takes without a word (unknown bits, a notice that it
cuts to 90 days, a share in the role of the owner) is refused here alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from twinrights import words
from twinrights.errors import BadValue
from twinrights.money import MOST
from twinrights.terms import WHOLE_BPS, ZERO_ADDRESS, RateCard, Share, Terms
from twinrights.typed_data.hashing import struct_hash
from twinrights.words import Vocabulary

__all__ = ["MAX_NOTICE", "MAX_TERM", "check_card", "check_shares", "check_terms"]

DAY = 86_400
MAX_TERM = 1827 * DAY
"""Five years, which hold at most two leap days (law 6)."""

MAX_NOTICE = 90 * DAY
"""Consent can be withdrawn for the future within this, whatever terms say (law 9)."""

MAX_SHARES = 15
OWNER = 0


def check_terms(terms: Terms, *, now: int | None = None) -> None:
    """Do nothing if terms can be granted at all, as far as they tell themselves.

    With `now` (UNIX seconds) also a start or a validity that has passed is a mistake.

    Raises:
        BadValue: the first field that cannot be, and what to do about it.
    """
    scope, pay = terms.scope, terms.pay
    _require(
        scope.licensee.lower() != ZERO_ADDRESS, "licensee", "it is nobody: name the brand's wallet"
    )
    _check_term(scope.start, pay.term)
    if now is not None:
        _require(
            scope.start == 0 or scope.start >= now, "start", "it has passed: choose a later one"
        )
        _require(scope.valid_until > now, "valid_until", "it has passed: choose a later one")
    _check_mask("uses", scope.uses, words.use_list())
    _check_mask("markets", scope.markets, words.market_list())
    _check_category(scope.category)
    _require(pay.quota > 0, "quota", "it is 0: grant at least one image")
    _check_amount("fee", pay.fee)
    _check_amount("committed", pay.committed)
    _require(
        pay.committed <= pay.fee, "committed", "it is more than the fee: commit the fee or less"
    )
    _check_notice(scope.notice)
    check_shares(terms.shares)
    struct_hash(terms)  # raises where a value does not fit its field


def check_card(card: RateCard, *, now: int | None = None) -> None:
    """Do nothing if something can be booked from a rate card, as far as it tells itself.

    Raises:
        BadValue: the first field that cannot be, and what to do about it.
    """
    if now is not None:
        _require(card.valid_until > now, "valid_until", "it has passed: choose a later one")
    _require(len(card.uses) > 0, "uses", "none is on sale: list at least one")
    _require(len(card.markets) > 0, "markets", "none is on sale: list at least one")
    _check_uses_on_sale(card)
    _check_markets_on_sale(card)
    _check_category(card.category)
    for field in ("floor", "day_rate", "image_rate"):
        _check_amount(field, getattr(card, field))
    # A booking commits the floor: for nothing, strangers could fill the conflict book (law 8).
    _require(
        card.floor > 0 or card.licensee.lower() != ZERO_ADDRESS,
        "floor",
        "it is 0 and the card is open to anyone: ask for something, or name the licensee",
    )
    _require(card.min_days > 0, "min_days", "it is 0: a booking is of whole days, at least one")
    _require(
        card.min_days <= card.max_days, "max_days", "it is less than min_days: no term would do"
    )
    _require(
        card.max_days * DAY <= MAX_TERM,
        "max_days",
        "it is over 1827: a license lasts at most 5 years",
    )
    _require(card.max_quota > 0, "max_quota", "it is 0: sell at least one image")
    _check_notice(card.notice)
    check_shares(card.shares)
    struct_hash(card)  # raises where a value does not fit its field


def check_shares(shares: Sequence[Share]) -> None:
    """Do nothing if a fee can be divided so: each payee once, with a part, at most the whole.

    Raises:
        BadValue: the first mistake, and what to do about it.
    """
    _require(len(shares) <= MAX_SHARES, "shares", f"there are {len(shares)}: the most is 15")
    seen: set[str] = set()
    for share in shares:
        payee = share.payee.lower()
        _require(payee != ZERO_ADDRESS, "payee", "it is nobody: name a wallet")
        _require(payee not in seen, "payee", f"{share.payee} has two shares: add them up in one")
        _require(share.bps > 0, "bps", f"the share of {share.payee} is 0: leave it out")
        _require(
            share.role != OWNER,
            "role",
            "owner is not a share: the owner has what the others leave",
        )
        _require(
            share.role in words.role_list().by_number,
            "role",
            f"{share.role} is no role: choose one of {', '.join(words.role_slugs()[1:])}",
        )
        seen.add(payee)
    whole = sum(share.bps for share in shares)
    _require(
        whole <= WHOLE_BPS,
        "shares",
        f"they add up to {whole} of {WHOLE_BPS} basis points: lower them",
    )


def _check_term(start: int, term: int) -> None:
    _require(term > 0, "term", "the end is not after the start: choose a later end")
    _require(term <= MAX_TERM, "term", "it is over 5 years (1827 days): choose an earlier end")
    _require(0 <= start < (1 << 40) - term, "start", "it is further away than a license can say")


def _check_mask(field: str, mask: int, known: Vocabulary) -> None:
    _require(mask != 0, field, f"there is none: grant at least one {known.kind}")
    _require(mask > 0, field, "a set of bits cannot be negative")
    odd = next((bit for bit in range(mask.bit_length()) if _is_odd(mask, bit, known)), None)
    _require(odd is None, field, f"bit {odd} is no {known.kind} that this version knows: update it")


def _is_odd(mask: int, bit: int, known: Vocabulary) -> bool:
    return bool(mask >> bit & 1) and bit not in known.by_number


def _check_uses_on_sale(card: RateCard) -> None:
    numbers = [rate.use for rate in card.uses]
    for number in numbers:
        _require(
            number in words.use_list().by_number,
            "uses",
            f"{number} is no use that this version knows: update it",
        )
        name = words.use_list().name(number)
        _require(numbers.count(number) == 1, "uses", f"{name} is listed twice: keep one weight")


def _check_markets_on_sale(card: RateCard) -> None:
    for rate in card.markets:
        _check_mask("markets", rate.markets, words.market_list())


def _check_category(category: int) -> None:
    _require(
        category in words.category_list().by_number,
        "category",
        f"{category} is no category that this version knows: update it",
    )


def _check_amount(field: str, amount: int) -> None:
    _require(amount >= 0, field, "it is negative: an amount is 0 or more")
    _require(amount <= MOST, field, "it is over 2^96 - 1 units, the most of a license: lower it")


def _check_notice(notice: int) -> None:
    _require(
        0 <= notice <= MAX_NOTICE, "notice", "it is over 90 days, the most that binds: shorten it"
    )


def _require(holds: bool, field: str, problem: str) -> None:
    if not holds:
        raise BadValue(field, problem)
