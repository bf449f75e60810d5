"""One message of each kind, with the fields that a test gives, for the people of the tests."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from twinrights import memo, words
from twinrights.money import Currency
from twinrights.terms import (
    ZERO_ADDRESS,
    Consent,
    Decline,
    EpochRaise,
    Flag,
    GuardianChange,
    LapseEnd,
    MarketRate,
    Move,
    MoveAtOnce,
    MoveDrop,
    Notice,
    Pay,
    Policy,
    RateCard,
    Retirement,
    Revocation,
    Scope,
    SerialRaise,
    Share,
    Terms,
    UseRate,
)
from twinrights.typed_data import Message, with_memo
from twinrights.wallets import dev_wallet

DAY = 86_400
NEW_YEAR_2027 = 1_798_761_600
FAR = 2**40 - 1

MODEL = dev_wallet("model")
HM = dev_wallet("hm")
RIVAL = dev_wallet("rival")
AGENCY = dev_wallet("agency").address
PHOTOGRAPHER = dev_wallet("photographer").address
STYLIST = dev_wallet("stylist").address
STRANGER = dev_wallet("stranger")

TUSD = Currency(symbol="TUSD", decimals=6, address="0x" + "11" * 20)
TWIN_ID = 0xA1B2C3D4 << 224 | 0xBEEF
LICENSE_ID = 0x0BADCAFE << 224 | 0xF00D

SHARES = (
    Share(AGENCY, 2_000, words.role("agency commission")),
    Share(PHOTOGRAPHER, 500, words.role("photographer")),
    Share(STYLIST, 333, words.role("stylist")),
)


def offer(**changes: Any) -> Terms:
    """90 days of 2027 for H&M; a change goes to whichever part has a field of that name."""
    scope = Scope(
        memo="",
        licensee=HM.address,
        epoch=0,
        valid_until=NEW_YEAR_2027,
        start=NEW_YEAR_2027,
        category=words.category("fashion"),
        exclusive=False,
        uses=words.uses("own shop, e-mail"),
        markets=words.markets("Nordics and DE"),
        notice=30 * DAY,
    )
    pay = Pay(
        twin_id=TWIN_ID,
        currency=TUSD.address,
        fee=5_000_000_000,
        committed=500_000_000,
        term=90 * DAY,
        quota=100,
    )
    names = {field.name for field in fields(Scope)}
    shares = changes.pop("shares", SHARES)
    in_scope = {name: value for name, value in changes.items() if name in names}
    in_pay = {name: value for name, value in changes.items() if name not in names}
    return Terms(replace(scope, **in_scope), replace(pay, **in_pay), shares)


def card(**changes: Any) -> RateCard:
    """Eight uses and three groups of markets, with exclusivity, for anyone."""
    whole = RateCard(
        memo="",
        twin_id=TWIN_ID,
        licensee=ZERO_ADDRESS,
        epoch=0,
        serial=3,
        valid_until=NEW_YEAR_2027,
        category=words.category("fashion"),
        currency=TUSD.address,
        notice=30 * DAY,
        agreement=bytes(32),
        floor=1_200_000_000,
        day_rate=420_000_000,
        image_rate=18_000_000,
        exclusive_factor=25_000,
        min_days=7,
        max_days=365,
        max_quota=80,
        lead_time=DAY,
        uses=tuple(UseRate(use, 1_000 + 77 * use) for use in range(8)),
        markets=(
            MarketRate(words.markets("Nordics"), 10_000),
            MarketRate(words.markets("DE+AT+CH"), 12_345),
            MarketRate(words.markets("world"), 30_000),
        ),
        shares=SHARES,
    )
    return replace(whole, **changes)


def consent(**changes: Any) -> Consent:
    whole = Consent("", MODEL.address, b"\x12" * 32, ZERO_ADDRESS, b"\x34" * 32, NEW_YEAR_2027)
    return replace(whole, **changes)


def policy(**changes: Any) -> Policy:
    uses, categories = words.uses("own shop, e-mail"), words.categories("fashion, beauty")
    whole = Policy("", TWIN_ID, uses, categories, 5_250, 0, NEW_YEAR_2027)
    return replace(whole, **changes)


def one_of_each() -> dict[str, Message]:
    """A message of every kind, by its kind, without a memo."""
    return {
        "consent": consent(),
        "policy": policy(),
        "epoch": EpochRaise("", TWIN_ID, 1, NEW_YEAR_2027),
        "serial": SerialRaise("", TWIN_ID, 4, 1, NEW_YEAR_2027),
        "guardian": GuardianChange("", TWIN_ID, MODEL.address, 1, NEW_YEAR_2027),
        "move": Move("", TWIN_ID, MODEL.address, 1, NEW_YEAR_2027),
        "move_at_once": MoveAtOnce("", TWIN_ID, MODEL.address, 1, NEW_YEAR_2027),
        "drop": MoveDrop("", TWIN_ID, 1, NEW_YEAR_2027),
        "retirement": Retirement("", TWIN_ID, 1, NEW_YEAR_2027),
        "flag": Flag("", TWIN_ID, LICENSE_ID, b"\xcd" * 32, 1, NEW_YEAR_2027),
        "offer": offer(),
        "ratecard": card(),
        "notice": Notice("", LICENSE_ID, 1, NEW_YEAR_2027),
        "lapse": LapseEnd("", LICENSE_ID, 1, NEW_YEAR_2027),
        "decline": Decline("", LICENSE_ID, 1, NEW_YEAR_2027),
        "revocation": Revocation("", TWIN_ID, b"\xab" * 32, NEW_YEAR_2027),
    }


def worded(message: Any) -> Any:
    """The same message, opened by its memo."""
    return with_memo(message, memo.render(message, currencies=[TUSD]))
