"""Each error of the contracts, raised by a real revert on each chain, as the exception of its name.

A scene arranges what must be there and returns the deed that is refused, with the values it is
refused with. Where the client itself would refuse first, the deed is sent past it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, replace
from functools import cache
from typing import Any

import pytest
import solcx

from scripts.compile import ROOT, SETTINGS, SOLC
from tests.client.stage import DAY, DOLLAR, FEE, Stage
from twinrights import words
from twinrights.booking import booking_terms
from twinrights.chain.refusals import explained
from twinrights.errors import ON_CHAIN
from twinrights.terms import (
    ZERO_ADDRESS,
    ZERO_HASH,
    Batch,
    Decline,
    EpochRaise,
    Kind,
    LapseEnd,
    Notice,
    Reason,
    Retirement,
    Revocation,
    SerialRaise,
    Terms,
)
from twinrights.typed_data import (
    card_digest,
    pay_abi,
    prices_abi,
    scope_abi,
    shares_abi,
    shares_hash,
    to_abi,
)

FAR = 2**40 - 1
TV = words.uses("tv")

Scene = Callable[[Stage], tuple[Callable[[], Any], tuple[Any, ...]]]
SCENES: dict[str, Scene] = {}


def scene(function: Scene) -> Scene:
    SCENES["".join(word.capitalize() for word in function.__name__.split("_"))] = function
    return function


# A twin and its signatures


@scene
def twin_unknown(stage):
    policy = stage.sign(stage.policy(twin_id=7))
    return lambda: stage.chain.twins.set_policy(policy, payer=stage.stranger), (7,)


@scene
def twin_exists(stage):
    consent = stage.sign(stage.consent())
    twin = stage.chain.twins.mint(consent, payer=stage.stranger)
    return lambda: stage.chain.twins.mint(consent, payer=stage.stranger), (twin.id,)


@scene
def least_share_over_whole(stage):
    policy = stage.sign(stage.policy(least_owner_bps=10_001, nonce=stage.nonce))
    return lambda: stage.chain.twins.set_policy(policy, payer=stage.stranger), (10_001,)


@scene
def serial_not_higher(stage):
    act = stage.sign(SerialRaise("", stage.twin_id, 0, stage.nonce, FAR))
    return lambda: stage.chain.twins.raise_least_serial(act, payer=stage.stranger), (0, 0)


@scene
def twin_is_retired(stage):
    retired = stage.sign(Retirement("", stage.twin_id, stage.nonce, FAR))
    stage.chain.recovery.retire(retired, payer=stage.stranger)
    again = stage.sign(Retirement("", stage.twin_id, stage.nonce, FAR))
    return lambda: stage.chain.recovery.retire(again, payer=stage.stranger), (stage.twin_id,)


@scene
def consent_differs(stage):
    consent = stage.consent()
    other = stage.chain.twins.id_of(stage.sign(consent).message)
    signed = stage.sign(consent).message
    values = (stage.twin_id, to_abi(signed))
    return lambda: stage.ask("guardianOf", *values, twins=True), (other, stage.twin_id)


@scene
def move_pending(stage):
    stage.rescue()
    return lambda: stage.rescue(), (stage.twin_id, stage.new_phone.address)


@scene
def no_move_pending(stage):
    act = lambda: stage.chain.recovery.complete_move(stage.twin_id, payer=stage.hm)  # noqa: E731
    return act, (stage.twin_id,)


@scene
def move_not_ready(stage):
    ready_at = stage.rescue().ready_at
    act = lambda: stage.chain.recovery.complete_move(stage.twin_id, payer=stage.hm)  # noqa: E731
    return act, (stage.twin_id, ready_at)


@scene
def signature_invalid(stage):
    consent = stage.sign(stage.consent(), signer=stage.stranger)
    return lambda: stage.chain.twins.mint(consent, payer=stage.stranger), (stage.model.address,)


@scene
def signature_expired(stage):
    consent = stage.sign(stage.consent(deadline=5))
    return lambda: stage.chain.twins.mint(consent, payer=stage.stranger), (5,)


@scene
def nonce_wrong(stage):
    act = stage.sign(EpochRaise("", stage.twin_id, 9, FAR))
    return lambda: stage.chain.twins.raise_epoch(act, payer=stage.stranger), (9, stage.nonce)


@scene
def not_transferable(stage):
    values = (stage.model.address, stage.hm.address, stage.twin_id)
    return lambda: stage.raw("transferFrom", *values, sender=stage.model, twins=True), ()


@scene
def token_does_not_exist(stage):
    return lambda: stage.ask("ownerOf", 7, twins=True), ()


@scene
def balance_query_for_zero_address(stage):
    return lambda: stage.ask("balanceOf", ZERO_ADDRESS), ()


# A grant


@scene
def license_exists(stage):
    offer = stage.offer()
    license = stage.chain.licenses.accept(offer, payer=stage.hm)
    return lambda: stage.chain.licenses.accept(offer, payer=stage.hm), (license.id,)


@scene
def not_licensee(stage):
    offer = stage.offer(stage.hm)
    values = (stage.rival.address, stage.hm.address)
    return lambda: stage.chain.licenses.accept(offer, payer=stage.rival), values


@scene
def terms_expired(stage):
    now = stage.chain.now()
    return lambda: stage.license(valid_until=now), (now,)


@scene
def signature_revoked(stage):
    offer = stage.offer()
    act = stage.sign(Revocation("", stage.twin_id, offer.digest, FAR))
    stage.chain.licenses.revoke(act, payer=stage.stranger)
    return lambda: stage.chain.licenses.accept(offer, payer=stage.hm), (offer.digest,)


@scene
def epoch_wrong(stage):
    return lambda: stage.license(epoch=4), (4, 0)


@scene
def serial_too_low(stage):
    act = stage.sign(SerialRaise("", stage.twin_id, 2, stage.nonce, FAR))
    stage.chain.twins.raise_least_serial(act, payer=stage.stranger)
    return lambda: stage.booking(), (1, 2)


@scene
def start_in_past(stage):
    return lambda: stage.license(start=1), (1,)


@scene
def term_out_of_range(stage):
    return lambda: stage.license(term=1828 * DAY), (1828 * DAY,)


@scene
def nothing_granted(stage):
    return lambda: stage.license(uses=0), ()


@scene
def uses_off_limits(stage):
    policy = stage.policy(uses=words.uses("own_shop"), nonce=stage.nonce)
    stage.chain.twins.set_policy(stage.sign(policy), payer=stage.stranger)
    return lambda: stage.license(uses=words.uses("own_shop+tv")), (TV,)


@scene
def category_off_limits(stage):
    return lambda: stage.license(category=9), (9,)


@scene
def owner_share_too_low(stage):
    return lambda: stage.license(shares=stage.shares(4_000, 1_001)), (4_999, 5_000)


@scene
def shares_over_whole(stage):
    return lambda: stage.license(shares=stage.shares(6_000, 4_001)), (10_001,)


@scene
def shares_too_many(stage):
    return lambda: stage.license(shares=stage.shares(*[10] * 16)), (16,)


@scene
def payee_invalid(stage):
    (share,) = stage.shares(100)
    return lambda: stage.license(shares=(share, share)), (share.payee,)


@scene
def committed_over_fee(stage):
    return lambda: stage.license(committed=FEE + 1), (FEE + 1, FEE)


@scene
def card_differs(stage):
    offer = stage.offer(card=b"\x05" * 32)
    values = (to_abi(offer.message), offer.signature, FEE, [])
    return lambda: stage.raw("accept", *values), (b"\x05" * 32, ZERO_HASH)


@scene
def card_not_for_sender(stage):
    return book_past_client(stage, licensee=stage.rival.address), (stage.rival.address,)


@scene
def days_out_of_range(stage):
    values = (31 * DAY, 2, 30)
    return book_past_client(stage, lambda terms: _pay(terms, term=31 * DAY), max_days=30), values


@scene
def quota_over_card(stage):
    return book_past_client(stage, lambda terms: _pay(terms, quota=21), max_quota=20), (21, 20)


@scene
def start_not_sold(stage):
    stage.chain.clock.advance(60)
    now, start = stage.chain.now(), stage.chain.now() + DAY - 60
    return lambda: stage.booking(start=start), (start, Range(now + DAY, now + DAY + 30), FAR)


@scene
def fee_not_quoted(stage):
    fee = stage.chain.licenses.quote(
        stage.card(), days=30, uses="own_shop", markets="SE", quota=20
    ).fee
    return lambda: stage.booking(fee=fee - 1), (fee - 1, fee)


@scene
def uses_not_sold(stage):
    uses = words.uses("own_shop+tv")
    return book_past_client(stage, lambda terms: _scope(terms, uses=uses)), (TV,)


@scene
def markets_not_sold(stage):
    markets = words.markets("SE+JP")
    changed = lambda terms: _scope(terms, markets=markets)  # noqa: E731
    return book_past_client(stage, changed), (words.markets("JP"),)


@scene
def exclusive_not_sold(stage):
    changed = lambda terms: _scope(terms, exclusive=True)  # noqa: E731
    return book_past_client(stage, changed, exclusive_factor=0), ()


@scene
def exclusivity_conflict(stage):
    other = stage.license(stage.hm)
    return lambda: stage.license(stage.rival, exclusive=True), (other.id,)


@scene
def opening_stale(stage):
    stage.license(stage.hm)
    allow(stage)
    offer = stage.offer(exclusive=True)
    values = (to_abi(offer.message), offer.signature, FEE, [])
    return lambda: stage.raw("accept", *values), (stage.twin_id, 0)


@scene
def exclusives_full(stage):
    for _ in range(8):
        stage.license(exclusive=True, fee=0, committed=0)
    return lambda: stage.license(exclusive=True, fee=0, committed=0), (stage.twin_id, 0)


# A license


@scene
def license_unknown(stage):
    terms = stage.terms()
    parts = (ZERO_HASH, pay_abi(terms.pay), shares_abi(terms.shares))
    return lambda: stage.raw("payOut", *parts), (ANY,)


@scene
def license_over(stage):
    license = stage.license(term=DAY)
    stage.chain.clock.advance(DAY)
    act = lambda: stage.chain.licenses.surrender(license, payer=stage.hm)  # noqa: E731
    return act, (license.id, license.end)


@scene
def license_settled(stage):
    license = stage.license()
    stage.chain.licenses.surrender(license, payer=stage.hm)
    return lambda: stage.chain.royalties.pay_out(license, payer=stage.stranger), (license.id,)


@scene
def license_started(stage):
    license = stage.booking()
    stage.chain.clock.move_to(license.start)
    act = stage.sign(Decline("", license.id, stage.nonce, FAR))
    values = (license.id, license.start)
    return lambda: stage.chain.licenses.decline(act, payer=stage.stranger), values


@scene
def not_booking(stage):
    license = stage.license(start=stage.chain.now() + DAY)
    act = stage.sign(Decline("", license.id, stage.nonce, FAR))
    return lambda: stage.chain.licenses.decline(act, payer=stage.stranger), (license.id,)


@scene
def notice_given_before(stage):
    license = stage.license()
    act = stage.sign(Notice("", license.id, stage.nonce, FAR))
    stage.chain.licenses.give_notice(act, payer=stage.stranger)
    return lambda: stage.chain.licenses.give_notice(act, payer=stage.stranger), (license.id,)


@scene
def not_lapsed(stage):
    license = stage.license(deposit=FEE // 2)
    act = stage.sign(LapseEnd("", license.id, stage.nonce, FAR))
    values = (license.id, license.paid_through)
    return lambda: stage.chain.licenses.end_lapsed(act, payer=stage.stranger), values


@scene
def ending_differs(stage):
    terms, other = stage.terms(), stage.license()
    license = stage.chain.licenses.accept(stage.sign(terms), payer=stage.hm)
    terms = stage.chain.draft(terms).message
    act = stage.sign(Notice("", other.id, stage.nonce, FAR))
    parts = (scope_abi(terms.scope), pay_abi(terms.pay), shares_hash(terms.shares))
    values = (to_abi(act.message), *parts, act.signature)
    return lambda: stage.raw("giveNotice", *values), (other.id, license.id)


@scene
def deposit_out_of_range(stage):
    return lambda: stage.license(deposit=FEE + 1), (FEE + 1, 500 * DOLLAR, FEE)


@scene
def payment_failed(stage):
    offer = stage.offer()
    values = (to_abi(offer.message), offer.signature, FEE, [])
    return lambda: stage.raw("accept", *values), (stage.usd, stage.hm.address, FEE)


@scene
def payment_inexact(stage):
    token = stage.put_up(mocks()["Hollow"])
    fund(stage, token, stage.hm)
    return lambda: stage.license(currency=token), (token, FEE, 0)


@scene
def nothing_payable(stage):
    account = int(stage.agency.address, 16)
    act = lambda: stage.chain.royalties.withdraw(  # noqa: E731
        stage.usd, stage.agency.address, payer=stage.stranger
    )
    return act, (stage.usd, account)


@scene
def withdrawal_failed(stage):
    token = stage.put_up(mocks()["Blocklist"])
    fund(stage, token, stage.hm)
    license = stage.license(currency=token)
    contract = stage.chain.web3.eth.contract(address=token, abi=mocks()["Blocklist"]["abi"])
    block = stage.contracts.deed(contract, "setBlocked", stage.agency.address, True)
    stage.contracts.send(block, stage.stranger)
    paid = stage.chain.licenses.surrender(license, payer=stage.hm)
    deferred = [part for part in paid.parts if part.is_deferred]
    assert [part.payee for part in deferred] == [stage.agency.address]
    act = lambda: stage.chain.royalties.withdraw(  # noqa: E731
        token, stage.agency.address, payer=stage.stranger
    )
    return act, (token, stage.agency.address, deferred[0].amount)


@scene
def gas_too_low(stage):
    license = stage.license()
    stage.chain.clock.advance(DAY)
    grant = stage.chain.licenses.terms(license)
    contract = stage.contracts.licenses
    pay_out = contract.functions.payOut(grant.scope_hash, grant.pay_abi, grant.shares_abi)
    call = {"from": stage.stranger.address, "gas": 200_000}
    return lambda: explained(lambda: pay_out.call(call)), ()


@scene
def may_not_publish(stage):
    license = stage.license()
    values = (license.id, words.uses("tv"))
    batch = stage_batch(uses=values[1])
    return lambda: stage.raw("record", license.id, batch), (license.id, Reason.USE)


@scene
def batch_number_wrong(stage):
    license = stage.license()
    return lambda: stage.raw("record", license.id, stage_batch(number=3)), (3, 1)


@scene
def batch_empty(stage):
    license = stage.license()
    batch = stage_batch(kind=Kind.LATE, images=0)
    return lambda: stage.raw("record", license.id, batch), (license.id,)


@scene
def not_reporter(stage):
    license = stage.license()
    batch = stage_batch(kind=Kind.LATE)
    act = lambda: stage.raw("record", license.id, batch, sender=stage.stranger)  # noqa: E731
    return act, (license.id, stage.stranger.address)


@scene
def at_in_past(stage):
    license = stage.license()
    return lambda: stage.chain.licenses.is_live(license, at=1), (1,)


@pytest.mark.parametrize("name", sorted(ON_CHAIN))
def test_a_revert_becomes_the_exception_of_its_name_with_its_values(name, any_stage):
    act, values = SCENES[name](any_stage)
    with pytest.raises(ON_CHAIN[name]) as caught:
        act()
    assert type(caught.value) is ON_CHAIN[name]
    assert caught.value.args == values


def test_each_error_of_the_contracts_has_its_scene():
    assert set(SCENES) == set(ON_CHAIN)


# What scenes need


class Any_:
    """Equal to whatever it is compared with: a value that only the contract can know."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None


ANY = Any_()


class Range:
    """Equal to whatever lies within it: a time that depends on when the node mines."""

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def __eq__(self, other: object) -> bool:
        return isinstance(other, int) and self.least <= other <= self.most

    __hash__ = None


def stage_batch(**changes: Any) -> tuple[Any, ...]:
    plain = Batch(
        1, Kind.DECLARED, b"\x01" * 32, 1, words.uses("email"), words.markets("SE"), b"\x02" * 32
    )
    return astuple(replace(plain, **changes))


def book_past_client(
    stage: Stage, change: Callable[[Terms], Terms] = lambda terms: terms, **card_changes: Any
) -> Callable[[], Any]:
    """Return a booking that the client would refuse to draw up."""
    card = stage.sign(stage.card(**card_changes)).message
    open_card = replace(card, licensee=ZERO_ADDRESS)
    deployment = stage.chain.deployment
    place = {"chain_id": deployment.chain_id, "contract": deployment.licenses}
    terms = booking_terms(
        open_card,
        **place,
        licensee=stage.hm.address,
        start=stage.chain.now() + 2 * DAY,
        days=30,
        uses=words.uses("own_shop"),
        markets=words.markets("SE"),
        quota=20,
    )
    terms = change(_scope(terms, card=card_digest(card, **place)))
    signature = stage.sign(card).signature
    values = (to_abi(terms), prices_abi(card), signature, terms.pay.fee, [])
    return lambda: stage.raw("book", *values)


def _scope(terms: Terms, **changes: Any) -> Terms:
    return replace(terms, scope=replace(terms.scope, **changes))


def _pay(terms: Terms, **changes: Any) -> Terms:
    return replace(terms, pay=replace(terms.pay, **changes))


def allow(stage: Stage) -> None:
    token = stage.contracts.currency(stage.usd)
    licenses = stage.chain.deployment.licenses
    stage.contracts.send(stage.contracts.deed(token, "approve", licenses, FEE), stage.hm)


def fund(stage: Stage, token: str, wallet: Any) -> None:
    contract = stage.contracts.currency(token)
    mint = stage.contracts.deed(contract, "mint", wallet.address, 100 * FEE)
    stage.contracts.send(mint, wallet)


@cache
def mocks() -> dict[str, Any]:
    """Return the hostile tokens, compiled from the sources of the contracts' own tests."""
    names = ("Blocklist", "Hollow")
    sources = {f"contracts/mocks/{name}.sol": name for name in names}
    output = solcx.compile_standard(
        {
            "language": "Solidity",
            "settings": SETTINGS,
            "sources": {path: {"content": (ROOT / path).read_text()} for path in sources},
        },
        base_path=ROOT,
        solc_binary=SOLC,
    )
    return {
        name: {
            "abi": output["contracts"][path][name]["abi"],
            "bytecode": output["contracts"][path][name]["evm"]["bytecode"]["object"],
        }
        for path, name in sources.items()
    }
