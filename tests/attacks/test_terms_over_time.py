"""Attacks on what was agreed: present prices for old licenses, others' deposits, empty pools."""

from __future__ import annotations

import pytest

from tests.attacks.ground import DAY, DONE, END, FEE, START, no
from tests.model import papers
from tests.model.digests import license_id

WHOLE = {"agency": FEE // 5, "model": FEE // 5 * 4, "contract": -FEE}


@pytest.mark.law4
@pytest.mark.law15
@pytest.mark.refusal
@pytest.mark.parametrize("field", ["shares", "fee", "committed", "term", "quota", "currency"])
def test_story_h6_m10_unlock_m05_drips_0xsplits_an_old_license_keeps_its_terms(ground, field):
    """The owner changes all that she can, then pays out the old license by other terms."""
    terms = ground.grant(ground.terms(ref=9), FEE)
    before = ground.money()
    changes = {
        "setPolicy": (papers.Policy, 0, 0, 10_000),
        "raiseLeastSerial": (papers.SerialRaise, 9),
        "raiseEpoch": (papers.EpochRaise,),
        "retire": (papers.Retirement,),
    }
    for name, fields in changes.items():
        assert ground.attempt(ground.act(name, *fields), "model") == DONE
    other = {"fee": FEE + 1, "committed": 1, "term": DAY, "quota": 1}
    other["currency"] = ground.tokens["NoReturn"]
    shares = [papers.Share(ground.who("heir"), 10_000, 1)] if field == "shares" else None
    fields = {} if field == "shares" else {field: other[field]}
    forged = ground.changed(terms, shares, **fields)

    unknown = no("LicenseUnknown", ground.id(forged))
    for deed in (ground.pay_out(forged), ground.surrender(forged), ground.top_up(forged, FEE)):
        assert ground.attempt(deed, "hm", END) == unknown
    assert ground.gains(before) == {}
    assert ground.attempt(ground.pay_out(terms), "stranger", END) == DONE
    assert ground.gains(before) == WHOLE


@pytest.mark.law10
@pytest.mark.law14
@pytest.mark.refusal
def test_apepay_anothers_top_up_changes_no_price_and_no_end(ground):
    terms = ground.grant(ground.terms(ref=9), FEE // 3)
    earned_before = ground.ask("earned", *ground.hashed(terms), START + DAY)
    state = ground.state(terms)

    assert ground.attempt(ground.top_up(terms, FEE // 2), "stranger", START + DAY) == DONE

    now = ground.state(terms)
    assert ground.ask("earned", *ground.hashed(terms), START + DAY) == earned_before
    assert now[:3] == state[:3]
    assert now[3] == START + 45 * DAY > state[3]
    over = no("DepositOutOfRange", FEE + 1, FEE // 2, FEE)
    assert ground.attempt(ground.top_up(terms, FEE + 1), "stranger", START + DAY) == over


@pytest.mark.law10
@pytest.mark.refusal
def test_sablier_flow_medium_who_tops_up_and_who_is_licensee_take_back_nothing_earned(ground):
    """A gift is a gift, says SECURITY.md: what is left of it is the licensee's."""
    terms = ground.grant(ground.terms(ref=9), FEE // 3)
    before = ground.money()
    assert ground.attempt(ground.top_up(terms, FEE), "stranger") == DONE
    given = FEE - FEE // 3
    assert ground.gains(before) == {"stranger": -given, "contract": given}
    stranger, hm = ground.who("stranger"), ground.who("hm")
    at = START + 45 * DAY

    refused = no("NotLicensee", stranger, hm)
    assert ground.attempt(ground.surrender(terms), "stranger", at) == refused
    claim = ground.withdraw("stranger")
    assert ground.attempt(claim, "stranger", at) == no("NothingPayable", ground.dollar, stranger)
    assert ground.attempt(ground.surrender(terms), "hm", at) == DONE
    half = FEE // 2
    assert ground.gains(before) == {
        "stranger": -given, "hm": half, "agency": half // 5, "model": half // 5 * 4,
        "contract": -(FEE // 3),
    }  # fmt: skip


@pytest.mark.law13
@pytest.mark.law17
@pytest.mark.boundary
@pytest.mark.parametrize("late", [0, 1, 365 * DAY])
def test_story_m6_superfluid_nothing_is_earned_or_paid_after_the_end(ground, late):
    """No keeper has to come in time: whenever it is settled, it comes to the same."""
    terms = ground.grant(ground.terms(ref=9), FEE)
    before = ground.money()

    assert ground.ask("earned", *ground.hashed(terms), END + late) == [FEE]
    assert ground.attempt(ground.pay_out(terms), "stranger", END + late) == DONE
    assert ground.gains(before) == WHOLE
    settled = no("LicenseSettled", ground.id(terms))
    assert ground.attempt(ground.pay_out(terms), "model", END + late) == settled
    assert ground.gains(before) == WHOLE


@pytest.mark.law12
@pytest.mark.law17
def test_unlock_m04_refunds_are_there_however_much_is_paid_out(ground):
    """The owner collects all that she can from one license before another is refunded."""
    running = ground.grant(ground.terms(ref=9), FEE)
    booked = ground.book(ground.terms(ref=10, start=9 * DAY, licensee="rival"))
    before = ground.money()
    assert ground.attempt(ground.book_of(booked), "rival") == DONE
    at = START + 8 * DAY
    for _ in range(3):
        assert ground.attempt(ground.pay_out(running), "model", at) == DONE

    assert ground.attempt(ground.end(papers.Decline, booked, "decline"), "model", at) == DONE
    assert ground.attempt(ground.surrender(running), "hm", at) == DONE

    earned = FEE * 8 // 90
    assert ground.gains(before) == {
        "hm": FEE - earned, "agency": earned // 5, "model": earned - earned // 5, "contract": -FEE
    }  # fmt: skip


@pytest.mark.law3
@pytest.mark.law5
@pytest.mark.refusal
@pytest.mark.parametrize("way", ["her new card's prices", "her old card's prices", "a higher fee"])
def test_unlock_m05_m14_story_m1_a_price_raised_in_front_of_a_booking_costs_nobody(ground, way):
    """She doubles the price and gets ahead of H&M's booking."""
    terms = ground.book(ground.terms(ref=9, start=2 * DAY))
    old = ground.prices(terms)
    new = papers.Prices(**vars(old) | {"day_rate": old.day_rate * 2, "serial": 1})
    before = ground.money()
    control = ground.mark()
    raising = ground.act("raiseLeastSerial", papers.SerialRaise, 1)
    assert ground.attempt(raising, "model") == DONE

    expected = {
        "her new card's prices": no("FeeNotQuoted", FEE, 2 * FEE),
        "her old card's prices": no("SerialTooLow", 0, 1),
        "a higher fee": no("FeeNotQuoted", 2 * FEE, FEE),
    }[way]
    asked = ground.changed(terms, fee=2 * FEE) if way == "a higher fee" else terms
    deed = ground.book_of(asked, new if way == "her new card's prices" else old)
    assert ground.attempt(deed, "hm") == expected
    assert ground.gains(before) == {}
    ground.undo(control)
    assert ground.attempt(ground.book_of(terms, old), "hm") == DONE
    assert ground.gains(before) == {"hm": -FEE, "contract": FEE}


@pytest.mark.law5
@pytest.mark.law14
@pytest.mark.refusal
def test_sablier_flow_reorg_money_sent_again_meets_the_same_license_or_none(fresh):
    """Blocks are undone and others come: with running numbers the deposit would be a rival's."""
    terms, other = fresh.terms(ref=9), fresh.terms(ref=10, licensee="rival")
    deposit = fresh.top_up(terms, FEE)
    before = fresh.money()
    assert fresh.attempt(fresh.accept(terms, 1), "hm") == DONE
    assert fresh.attempt(deposit, "stranger") == DONE
    fresh.reorganise(2)
    assert fresh.ask("licenseOf", fresh.id(terms))[0] == 0, "not undone"
    assert fresh.gains(before) == {}

    at = START + DAY
    assert fresh.attempt(fresh.accept(other, 1), "rival", at) == DONE
    unknown = no("LicenseUnknown", fresh.id(terms))
    assert fresh.attempt(deposit, "stranger", at) == unknown
    assert fresh.gains(before) == {"rival": -1, "contract": 1}
    assert fresh.attempt(fresh.accept(terms, 1), "hm", at) == DONE
    assert fresh.attempt(deposit, "stranger", at) == DONE
    assert fresh.state(terms)[4] == FEE
    assert fresh.state(other)[4] == 1
    assert fresh.id(terms) == license_id(fresh.here, *fresh.hashed(terms))


@pytest.mark.law5
@pytest.mark.law14
@pytest.mark.refusal
def test_sablier_lockup_m04_an_acceptance_sent_again_after_a_reorganisation_pays_once(fresh):
    terms = fresh.terms(ref=9)
    deed = fresh.accept(terms, FEE)
    before = fresh.money()
    assert fresh.attempt(deed, "hm") == DONE
    fresh.reorganise(1)
    assert fresh.gains(before) == {}

    assert fresh.attempt(deed, "hm", START + DAY) == DONE
    exists = no("LicenseExists", fresh.id(terms))
    assert fresh.attempt(deed, "hm", START + DAY) == exists
    assert fresh.gains(before) == {"hm": -FEE, "contract": FEE}
