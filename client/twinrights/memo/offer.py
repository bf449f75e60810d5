"""The memo of an offer: what a model grants to whom, for how long, and what she receives."""

from __future__ import annotations

from twinrights import words
from twinrights.memo.phrases import (
    EARNED,
    UNPAID,
    Purse,
    category_word,
    counted,
    id_words,
    moment,
    notice_words,
    shares_words,
    span,
    until,
    wallet_words,
)
from twinrights.terms import ZERO_HASH, Pay, Scope, Terms

__all__ = ["agreement_words", "category_words", "exclusive_words", "offer"]

DAY = 86_400


def offer(terms: Terms, purse: Purse) -> list[str]:
    """Return the sentences of an offer."""
    scope, pay = terms.scope, terms.pay
    return [
        f"I license my digital twin {id_words(pay.twin_id)} to the wallet "
        f"{wallet_words(scope.licensee)}.",
        f"Uses: {words.use_words(scope.uses) or 'none'}.",
        f"Markets: {words.market_words(scope.markets)}.",
        _time(scope, pay),
        f"At most {counted(pay.quota, 'image')}.",
        exclusive_words(scope.category) if scope.exclusive else category_words(scope.category),
        *_fee(pay, purse),
        *purse.warning(pay.currency),
        *shares_words(terms.shares, pay=pay, purse=purse),
        notice_words(scope.notice),
        *([UNPAID] if pay.fee else []),
        *agreement_words(scope.agreement),
        f"It can be accepted {until(scope.valid_until)}.",
    ]


def exclusive_words(category: int) -> str:
    """Return what exclusivity means to the owner."""
    return (
        f"Exclusive in the category {category_word(category)}: in this category nobody else "
        "is licensed for these uses in these markets at the same time."
    )


def category_words(category: int) -> str:
    """Return the category of a license that is not exclusive."""
    return (
        f"Category: {category_word(category)}; not exclusive, others may be licensed for the same."
    )


def agreement_words(agreement: bytes) -> list[str]:
    """Return the sentence on the written agreement, where there is one."""
    if agreement == ZERO_HASH:
        return []
    return [f"The written agreement with the hash {id_words(agreement)} is part of it."]


def _time(scope: Scope, pay: Pay) -> str:
    if scope.start == 0:
        return f"For {span(pay.term)} from the second in which it is accepted."
    end = scope.start + pay.term
    return f"From {moment(scope.start)} {until(end)}, which is {span(pay.term)}."


def _fee(pay: Pay, purse: Purse) -> list[str]:
    if not pay.fee:
        return ["Fee: none."]
    due = "only what is earned by then is due"
    if pay.committed:
        due = f"at least {purse.words(pay.committed, pay.currency)} is due"
    return [
        f"Fee: {purse.words(pay.fee, pay.currency)} for the whole time and all images.",
        f"{EARNED} If the licensee leaves early by itself, {due}.",
    ]
