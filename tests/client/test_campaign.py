"""A plan says of each wish what the contract would: held against it, wish by wish."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace

import pytest

from tests.client.stage import DAY, DOLLAR, Stage
from twinrights import words
from twinrights.campaign.buy import buy, packs
from twinrights.campaign.plan import Line, plan
from twinrights.campaign.wish import Wish
from twinrights.chain.refusals import explained
from twinrights.chain.send import call_of
from twinrights.errors import ExclusivesFull, ExclusivityConflict, InTheWay, Refused
from twinrights.purchases import Acceptance, Booking, granting, with_openings
from twinrights.terms import EpochRaise, Revocation, SerialRaise
from twinrights.typed_data import Signed

FAR = 2**40 - 1


def wish(stage: Stage, **changes) -> Wish:
    plain = Wish(
        row=2,
        text="",
        twin_id=stage.twin_id,
        uses=words.uses("own_shop"),
        markets=words.markets("SE"),
        start=stage.chain.now() + 3 * DAY,
        term=30 * DAY,
        quota=20,
        exclusive=False,
        category=0,
        reference="",
        ref=stage.fresh(),
    )
    return replace(plain, **changes)


def allowed(stage: Stage) -> Signed:
    """Return a card, once the brand has allowed the contract to take what it costs."""
    stage.chain.royalties.allow(stage.usd, 10**12, payer=stage.hm)
    return stage.sign(stage.card())


def judged(stage: Stage, *wishes: Wish, papers=None) -> tuple[Line, ...]:
    given = papers or [stage.sign(stage.card())]
    return plan(stage.chain, wishes, given, stage.hm.address).lines


def contract_says(stage: Stage, asked: Wish, card: Signed) -> Refused | None:
    """Return what the contract, or the client as the contract would, says to a booking of that."""
    booking = Booking(
        card=card,
        start=asked.start,
        days=asked.term // DAY,
        uses=asked.uses,
        markets=asked.markets,
        quota=asked.quota,
        exclusive=asked.exclusive,
        ref=asked.ref,
    )
    contracts, opening = stage.contracts, stage.chain.licenses.opening
    try:
        one = granting(contracts, booking, stage.hm.address)
        (deed,) = with_openings(contracts, [one], opening)
        explained(lambda: contracts.web3.eth.call(call_of(deed, stage.hm)))
    except Refused as refused:
        return refused
    return None


def test_on_a_crowded_book_the_plan_and_the_contract_agree(stage: Stage) -> None:
    now = stage.chain.now()
    week = {"term": 7 * DAY, "start": now + 4 * DAY}
    stage.license(stage.rival, exclusive=True, uses=1, markets=words.markets("SE"), **week)
    stage.license(stage.rival, uses=words.uses("email"), markets=words.markets("DE"))
    gone = stage.license(stage.rival, exclusive=True, uses=1, markets=words.markets("NO"))
    stage.chain.licenses.surrender(gone, payer=stage.rival)
    stage.license(stage.hm, exclusive=True, uses=1, markets=words.markets("DK"))
    card = allowed(stage)
    said: Counter[str] = Counter()
    combinations = itertools.product(
        ("own_shop", "email", "own_shop+email", "tv"),
        ("SE", "NO", "DE", "DK+FI"),
        (now + 3 * DAY, now + 11 * DAY),
        (False, True),
    )
    for uses, markets, start, exclusive in combinations:
        asked = wish(
            stage,
            uses=words.uses(uses),
            markets=words.markets(markets),
            start=start,
            term=5 * DAY,
            exclusive=exclusive,
        )
        (line,) = judged(stage, asked, papers=[card])
        answer = contract_says(stage, asked, card)
        if isinstance(line.against, InTheWay):
            assert isinstance(answer, ExclusivityConflict)
        else:
            assert type(line.against) is type(answer)
        said[type(line.against).__name__] += 1
    assert said["InTheWay"] >= 8
    assert said["NoneType"] >= 20
    assert said["UsesNotSold"] == 16


def owner_acts(stage: Stage) -> dict[str, object]:
    card = stage.sign(stage.card())
    return {
        "withdrawn": lambda: stage.chain.licenses.revoke(
            stage.sign(Revocation("", stage.twin_id, card.digest, FAR)), payer=stage.stranger
        ),
        "epoch": lambda: stage.chain.twins.raise_epoch(
            stage.sign(EpochRaise("", stage.twin_id, stage.nonce, FAR)), payer=stage.stranger
        ),
        "serial": lambda: stage.chain.twins.raise_least_serial(
            stage.sign(SerialRaise("", stage.twin_id, 9, stage.nonce, FAR)), payer=stage.stranger
        ),
        "uses": lambda: stage.chain.twins.set_policy(
            stage.sign(stage.policy(uses=2, nonce=stage.nonce)), payer=stage.stranger
        ),
        "categories": lambda: stage.chain.twins.set_policy(
            stage.sign(stage.policy(categories=2, nonce=stage.nonce)), payer=stage.stranger
        ),
        "share": lambda: stage.chain.twins.set_policy(
            stage.sign(stage.policy(least_owner_bps=9_000, nonce=stage.nonce)),
            payer=stage.stranger,
        ),
    }


@pytest.mark.parametrize("act", ["withdrawn", "epoch", "serial", "uses", "categories", "share"])
def test_what_the_owner_did_meanwhile_refuses_in_both(stage: Stage, act: str) -> None:
    asked, card = wish(stage), allowed(stage)
    owner_acts(stage)[act]()
    (line,) = judged(stage, asked, papers=[card])
    answer = contract_says(stage, asked, card)
    assert answer is not None
    assert str(line.against) == str(answer)


BOUNDS = (
    {"term": DAY},
    {"term": 400 * DAY},
    {"quota": 2_000},
    {"markets": 1 << 240},
    {"start": 1},
)


@pytest.mark.parametrize("changes", BOUNDS, ids=str)
def test_what_a_card_does_not_sell_is_refused_in_both(stage: Stage, changes) -> None:
    if changes == {"start": 1}:
        changes = {"start": stage.chain.now() + 3_600}  # less than the lead time
    asked, card = wish(stage, **changes), allowed(stage)
    (line,) = judged(stage, asked, papers=[card])
    answer = contract_says(stage, asked, card)
    assert type(line.against) is type(answer)
    assert answer is not None


def test_a_fifth_exclusive_booking_is_refused_in_the_plan_too(stage: Stage) -> None:
    wishes = [
        wish(stage, exclusive=True, start=stage.chain.now() + n * 40 * DAY) for n in range(1, 6)
    ]
    lines = judged(stage, *wishes)
    assert [type(line.against).__name__ for line in lines] == ["NoneType"] * 4 + ["ExclusivesFull"]
    bought = buy(stage.chain, plan_of(stage, lines[:4]), payer=stage.hm)
    assert len(bought) == 4
    assert isinstance(contract_says(stage, wishes[4], allowed(stage)), ExclusivesFull)


def plan_of(stage: Stage, lines):
    made = plan(stage.chain, [], [], stage.hm.address)
    return replace(made, lines=tuple(lines))


def test_a_signature_of_somebody_else_is_named_before_anything_is_sent(stage: Stage) -> None:
    forged = stage.sign(stage.card(), signer=stage.rival)
    (line,) = judged(stage, wish(stage), papers=[forged])
    assert (
        str(line.against)
        == f"Signed by {stage.rival.address}, but {stage.model.address} must sign this."
    )


def test_six_hundred_wishes_are_two_reads_of_events_and_a_view_for_each_twin(
    stage: Stage, monkeypatch
) -> None:
    asked: Counter[str] = Counter()
    provider, ask = stage.chain.web3.provider, stage.chain.web3.provider.make_request

    def counted(method, params):
        asked[method] += 1
        return ask(method, params)

    card = stage.sign(stage.card(max_days=1_800))
    monkeypatch.setattr(provider, "make_request", counted)
    monkeypatch.setattr(provider, "_request_func_cache", (None, None))
    lines = judged(stage, *[wish(stage) for _ in range(600)], papers=[card])
    assert all(line.is_open for line in lines)
    assert (asked["eth_getLogs"], asked["eth_call"]) == (2, 1)


def test_what_starts_when_granted_is_not_put_before_an_exclusive_one(stage: Stage) -> None:
    offer = stage.offer(category=0)
    terms = offer.message
    first = Line(wish(stage), terms, offer)
    (second,) = judged(stage, wish(stage, exclusive=True))
    assert [len(pack) for pack in packs(stage.chain, [first, second])] == [1, 1]
    assert [len(pack) for pack in packs(stage.chain, [second, first])] == [2]
    assert isinstance(first.purchase(least=False), Acceptance)
    assert first.purchase(least=True).deposit == 500 * DOLLAR
