"""Every field of every message is on the page, in words, and what is text there is escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from tests.client.agreements import agreement
from tests.client.samples import MODEL, TUSD, card, consent, offer, one_of_each, worded
from twinrights import words
from twinrights.errors import MemoDiffers
from twinrights.terms import ZERO_ADDRESS
from twinrights.trust import Vouch
from twinrights.typed_data import Signed, memo_of, with_memo
from twinrights.typed_data.schema import KINDS, fields_of
from twinrights.web.fields import rows_of
from twinrights.web.request import SignRequest, request_of
from twinrights.web.server import _rendered

UNKNOWN = "0x" + "99" * 20
VOUCHES = (Vouch("0x" + "88" * 20, UNKNOWN, bytes(32), 1_803_859_200, 0, ""),)


def request(message: Any, **more: Any) -> SignRequest:
    """Return the page of a message, on a chain that knows one currency."""
    signers = SimpleNamespace(of=lambda _: (MODEL.address,), is_contract=lambda _: False)
    trust = SimpleNamespace(vouched_by=lambda wallets: dict.fromkeys(wallets, VOUCHES))
    chain: Any = SimpleNamespace(currencies=(TUSD,), signers=signers, trust=trust)
    return request_of(chain, Signed(message, b"", 1337, "0x" + "c0" * 20), **more)


def page(message: Any, **more: Any) -> str:
    """Return what the page says, without its style and its program."""
    text = _rendered(request(message, **more), "nonce")
    text = re.sub(r"<(style|script).*?</\1>", "", text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def names(struct: type[object]) -> Iterator[str]:
    for field in fields_of(struct):
        if field.struct and not field.is_list:
            yield from names(field.struct)
        elif field.attribute != "memo":
            yield field.attribute


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_memo_is_shown_without_every_field(kind: str) -> None:
    message = worded(one_of_each()[kind])
    shown = page(message)
    rows = rows_of(message, currencies=(TUSD,))
    assert set(names(type(message))) == {row.name for row in rows} - {"end"}
    assert memo_of(message) in shown
    for row in rows:
        assert all(" ".join(line.split()) in shown for line in (row.label, *row.lines))
    assert MODEL.address in shown


def lines(message: Any, name: str, *currencies: Any) -> tuple[str, ...]:
    known = currencies or (TUSD,)
    return next(row.lines for row in rows_of(message, currencies=known) if row.name == name)


def test_fields_are_said_as_people_say_them() -> None:
    terms = offer()
    assert lines(terms, "fee") == ("5,000.00 TUSD",)
    assert lines(terms, "markets") == ("Nordics and Germany",)
    assert lines(terms, "start") == ("1 January 2027 (UTC)",)
    assert lines(terms, "end") == ("through 31 March 2027 (UTC)",)
    assert lines(terms, "shares")[:2] == (
        "you: 71.67 %, 3,583.50 TUSD",
        "agency commission: 20 %, 1,000.00 TUSD",
    )
    assert lines(terms, "quota") == ("100 images",)
    assert lines(offer(start=0), "start") == ("when it is accepted",)
    assert lines(offer(start=0), "end") == ("90 days after it is accepted",)
    assert lines(card(), "licensee") == ("anyone",)
    assert lines(card(), "uses")[0] == "own shop: 0.1"
    assert lines(consent(), "guardian") == ("nobody",)


def test_an_unknown_currency_is_called_so() -> None:
    terms = offer(currency=UNKNOWN)
    assert lines(terms, "currency") == ("unknown", UNKNOWN)
    assert lines(terms, "fee") == ("5,000,000,000 units",)


@pytest.mark.refusal
def test_a_memo_that_differs_opens_no_page() -> None:
    with pytest.raises(MemoDiffers):
        request(with_memo(offer(), "<b>You win a prize.</b>"))


def test_text_is_escaped_wherever_it_comes_from() -> None:
    plain = request(worded(offer()))
    evil = "</script><img src=x onerror=alert(1)>"
    data = {**plain.typed_data, "message": evil}
    values = {name: getattr(plain, name) for name in plain.__slots__}
    text = _rendered(
        SignRequest(
            **{
                **values,
                "title": evil,
                "sentences": (evil,),
                "typed_data": data,
                "agreement": evil,
            }
        ),
        "n",
    )
    assert "<img" not in text
    assert text.count("</script>") == 2


def test_the_page_says_what_it_was_compared_with() -> None:
    usual = offer(fee=10**15, markets=words.markets("SE"), uses=words.uses("own shop"))
    assert "It was not compared with a rate card" in page(worded(usual))
    assert "Nothing in it is unusual beside your rate card" in page(worded(usual), card=card())
    assert "compared" not in page(worded(consent()))
    assert "Unusual" not in page(worded(card(licensee=ZERO_ADDRESS)))


def test_the_agreement_is_read_on_the_page_where_one_is_named() -> None:
    agreed = agreement()
    shown = page(worded(agreed.agreed), agreement=agreed.text())
    assert "The agreement that is part of it" in shown
    assert " ".join(agreed.text().split()) in shown
    assert "The agreement that is part of it" not in page(worded(offer()))


def test_who_vouches_for_the_licensee_is_said_beside_it() -> None:
    said = f"vouched for by {VOUCHES[0].voucher}: until 2027-03-01"
    assert said in page(worded(one_of_each()["offer"]))
    assert "vouched" not in page(worded(card(licensee=ZERO_ADDRESS)))
