"""Attacks on the sums: roundings, remainders, maxima, and zeros that mean something else."""

from __future__ import annotations

import pytest
from eth_utils import keccak

from tests.attacks.ground import DAY, DONE, END, FAR, FEE, START, no
from tests.model import papers
from tests.model.deeds import Deed

YEAR = 365 * DAY
DOLLAR = 10**6
MOST_FEE = 2**96 - 1
MOST_QUOTA = 2**32 - 1
MOST_TERM = 1827 * DAY
LIVE = 0
"""The slot of `_live` in LicenseState; checked by what lies there."""


def small(ground, fee, term, **more):
    return ground.terms(ref=9, fee=fee, term=term, **more)


@pytest.mark.law13
@pytest.mark.law15
@pytest.mark.boundary
@pytest.mark.parametrize(
    ("fee", "term"),
    [(15 * DOLLAR, YEAR), (1_000 * DOLLAR, YEAR), (10_000 * DOLLAR, YEAR), (40, 40), (1, 40)],
)
def test_llamapay_sablier_flow_0xsplits_m02_poking_every_second_takes_nothing(ground, fee, term):
    """Somebody pays out each second, so that every share of it is rounded to nothing."""
    shares = (papers.Share(ground.who("agency"), 2_000, 1), *ground.crowd(14, 100))
    terms = ground.grant(ground.changed(small(ground, fee, term), shares), fee)
    before = ground.money()
    seconds = 20
    untouched = ground.mark()
    assert ground.attempt(ground.pay_out(terms), "stranger", START + seconds) == DONE
    once = ground.gains(before)
    ground.undo(untouched)

    for second in range(1, seconds + 1):
        assert ground.attempt(ground.pay_out(terms), "stranger", START + second) == DONE

    assert ground.gains(before) == once
    assert ground.attempt(ground.pay_out(terms), "stranger", START + term) == DONE
    crowd = sum(ground.balance(ground.dollar, each.payee) for each in terms.shares[1:])
    gained = ground.gains(before)
    assert gained.get("agency", 0) == fee * 2_000 // 10_000
    assert gained["model"] == fee - crowd - gained.get("agency", 0)
    assert gained["contract"] == -fee


@pytest.mark.law13
@pytest.mark.boundary
@pytest.mark.parametrize(
    ("fee", "term"), [(5_000 * DOLLAR, 90 * DAY), (50 * DOLLAR, YEAR), (1, 2), (MOST_FEE, 7)]
)
def test_superfluid_sablier_flow_a_rate_per_second_loses_no_part_of_the_fee(ground, fee, term):
    """5,000 dollars at a whole number of units a second end 32,000 units short."""
    ground.stage.tell(ground.dollar, "mint", ground.who("hm"), fee)
    terms = ground.grant(small(ground, fee, term), fee)
    before = ground.money()

    assert ground.ask("earned", *ground.hashed(terms), START + term - 1) == [
        fee * (term - 1) // term
    ]
    assert ground.attempt(ground.pay_out(terms), "stranger", START + term) == DONE

    agency = fee // 5
    gained = {"agency": agency, "model": fee - agency, "contract": -fee}
    assert ground.gains(before) == {name: sum for name, sum in gained.items() if sum}


@pytest.mark.law13
@pytest.mark.law15
@pytest.mark.boundary
@pytest.mark.parametrize("ends", ["payOut", "surrender"])
def test_sablier_flow_high_products_of_the_greatest_numbers_brick_nothing(ground, ends):
    """The greatest fee, term and quota, 15 payees and the owner: all deeds go on, to the unit."""
    ground.stage.tell(ground.dollar, "mint", ground.who("hm"), MOST_FEE)
    terms = small(ground, MOST_FEE, MOST_TERM, quota=MOST_QUOTA)
    terms = ground.changed(terms, ground.crowd(15, 600))
    before = ground.money()
    assert ground.attempt(ground.accept(terms, 1), "hm") == DONE
    assert ground.attempt(ground.top_up(terms, MOST_FEE), "hm") == DONE
    half = START + MOST_TERM // 2

    images = MOST_QUOTA // 2 + 2
    assert ground.attempt(ground.record(terms, number=1, images=images), "hm", half) == DONE
    assert ground.attempt(ground.pay_out(terms), "stranger", half) == DONE
    collected = -(-MOST_FEE * images // MOST_QUOTA)
    assert ground.state(terms)[5] == collected

    deed, at = (ground.pay_out(terms), START + MOST_TERM)
    if ends == "surrender":
        deed, at = ground.surrender(terms), half
    assert ground.attempt(deed, "hm", at) == DONE
    total = MOST_FEE if ends == "payOut" else collected
    crowd = sum(ground.balance(ground.dollar, each.payee) for each in terms.shares)
    gained = ground.gains(before)
    assert gained == {"hm": -total, "model": total - crowd}
    assert 0 <= crowd - 15 * (total * 600 // 10_000) < 15 * 15


@pytest.mark.law6
@pytest.mark.boundary
@pytest.mark.refusal
def test_lockup_m02_the_last_seconds_of_40_bits_do_not_overflow(ground):
    term = MOST_TERM
    last = FAR - term
    beyond = ground.changed(ground.terms(ref=9, term=term), start=last + 1)
    before = ground.money()
    assert ground.attempt(ground.accept(beyond, FEE), "hm") == no("TermOutOfRange", term)
    assert ground.gains(before) == {}

    terms = ground.changed(beyond, start=last)
    assert ground.attempt(ground.accept(terms, FEE), "hm") == DONE
    assert ground.state(terms)[1:4] == [last, FAR, FAR]
    assert ground.attempt(ground.pay_out(terms), "stranger", FAR) == DONE
    assert ground.gains(before) == {"hm": -FEE, "agency": FEE // 5, "model": FEE // 5 * 4}


@pytest.mark.law6
@pytest.mark.boundary
@pytest.mark.refusal
@pytest.mark.parametrize("seconds", [MOST_TERM + 1, 2**32 - 1])
def test_a_term_over_five_years_is_refused(ground, seconds):
    terms = ground.terms(ref=9, term=seconds)
    before = ground.money()

    assert ground.attempt(ground.accept(terms, FEE), "hm") == no("TermOutOfRange", seconds)
    assert ground.gains(before) == {}
    honest = ground.changed(terms, term=MOST_TERM)
    assert ground.attempt(ground.accept(honest, FEE), "hm") == DONE


@pytest.mark.law19
@pytest.mark.boundary
@pytest.mark.refusal
def test_the_counter_of_batches_does_not_run_into_its_neighbours(ground):
    """24 bits beside the images left: set by storage to the last number but one."""
    terms = ground.grant(ground.terms(ref=9), FEE)
    slot = "0x" + keccak(ground.id(terms).to_bytes(32, "big") + LIVE.to_bytes(32, "big")).hex()
    at = f"{ground.here.address:#042x}"
    live = int(ground.stage.node.ask("eth_getStorageAt", at, slot, "latest"), 16)
    assert live >> 160 == FEE, "not where `_live` is kept"
    last = 2**24 - 1
    word = f"0x{live | (last - 1) << 64:064x}"
    ground.stage.node.ask("anvil_setStorageAt", at, slot, word)
    state = ground.state(terms)

    assert ground.attempt(ground.record(terms, number=last, images=1), "hm") == DONE
    changed = {6: state[6] - 1, 9: last}
    now = ground.state(terms)
    assert [now[each] for each in (4, 6, 7, 8, 9)] == [
        changed.get(each, state[each]) for each in (4, 6, 7, 8, 9)
    ]
    for number in (0, 1, last):
        deed = ground.record(terms, number=number, images=1)
        assert ground.attempt(deed, "hm") == no("BatchNumberWrong", number, 0)
    assert ground.state(terms) == now


@pytest.mark.law5
@pytest.mark.law6
@pytest.mark.boundary
@pytest.mark.refusal
@pytest.mark.parametrize(
    ("field", "refused"),
    [
        ("valid_until", no("TermsExpired", 0)),
        ("term", no("TermOutOfRange", 0)),
        ("quota", no("NothingGranted")),
        ("uses", no("NothingGranted")),
        ("markets", no("NothingGranted")),
    ],
)
def test_story_h3_zero_means_neither_the_shortest_nor_no_limit(ground, field, refused):
    honest = ground.terms(ref=9)
    before = ground.money()

    zero = ground.changed(honest, **{field: 0})
    assert ground.attempt(ground.accept(zero, FEE), "hm") == refused
    assert ground.gains(before) == {}
    assert ground.attempt(ground.accept(honest, FEE), "hm") == DONE


@pytest.mark.law5
@pytest.mark.boundary
@pytest.mark.refusal
@pytest.mark.parametrize(
    ("field", "refused"),
    [
        ("max_days", no("DaysOutOfRange", 90 * DAY, 1, 0)),
        ("max_quota", no("QuotaOverCard", 100, 0)),
        ("exclusive_factor", no("ExclusiveNotSold")),
        ("uses", no("UsesNotSold", 1)),
        ("markets", no("MarketsNotSold", 1)),
    ],
)
def test_story_sdk_a_card_that_leaves_a_limit_at_zero_sells_nothing(ground, field, refused):
    """In Story's client a greatest fee of zero is no limit at all."""
    terms = ground.terms(ref=9, start=2 * DAY)
    prices = ground.prices(terms)
    plain = ground.book(terms)
    before = ground.money()
    nothing = () if field in ("uses", "markets") else 0
    asked = ground.changed(plain, exclusive=field == "exclusive_factor")
    deed = ground.book_of(asked, papers.Prices(**vars(prices) | {field: nothing}))

    assert ground.attempt(deed, "hm") == refused
    assert ground.gains(before) == {}
    assert ground.attempt(ground.book_of(plain, prices), "hm") == DONE


@pytest.mark.law6
@pytest.mark.law7
@pytest.mark.law8
@pytest.mark.law13
@pytest.mark.boundary
def test_erc4907_the_end_second_is_out_for_use_for_pay_and_for_exclusivity(ground):
    """Its reference lets the user use the very second in which the right expires."""
    scope = {"exclusive": True, "category": 1}
    terms = ground.changed(ground.terms(ref=9), **scope)
    assert ground.attempt(ground.accept(terms, FEE), "hm") == DONE
    asked = ground.id(terms), ground.who("hm"), 1, 1, 1

    assert ground.ask("mayPublish", *asked, END - 1) == [0]
    assert ground.ask("mayPublish", *asked, END) == [4]
    assert ground.ask("earned", *ground.hashed(terms), END - 1)[0] < FEE
    assert ground.ask("earned", *ground.hashed(terms), END) == [FEE]
    rival = ground.changed(ground.terms(ref=10, licensee="rival"), **scope, start=END - 1)
    opening = (ground.entry(terms),)
    conflict = no("ExclusivityConflict", ground.id(terms))
    assert ground.attempt(ground.accept(rival, FEE, opening), "rival") == conflict
    after = ground.changed(rival, start=END)
    assert ground.attempt(ground.accept(after, FEE, opening), "rival") == DONE


@pytest.mark.law7
@pytest.mark.law14
@pytest.mark.boundary
@pytest.mark.parametrize("deposit", [1, FEE // 3, FEE - 1])
def test_sablier_flow_l03_the_second_of_depletion_is_one_and_the_same(ground, deposit):
    """Paid through, live and earned tell of one second; none is licensed without being paid."""
    terms = ground.grant(ground.terms(ref=9), deposit)
    covered = 90 * DAY * deposit // FEE
    last = START + covered

    assert ground.state(terms)[3] == last
    assert ground.ask("isLive", ground.id(terms), last) == [0]
    if covered:
        assert ground.ask("isLive", ground.id(terms), last - 1) == [1]
    assert ground.ask("earned", *ground.hashed(terms), last)[0] <= deposit
    assert ground.ask("earned", *ground.hashed(terms), last + 1) == [deposit]
    assert ground.ask("earned", *ground.hashed(terms), END + DAY) == [deposit]


@pytest.mark.law9
@pytest.mark.law17
@pytest.mark.boundary
@pytest.mark.parametrize("way", ["at once", "before the start", "collected first", "topped up"])
def test_kill_fee_no_way_of_surrender_pays_less_than_was_committed(ground, way):
    committed = FEE // 3
    start = 9 * DAY if way == "before the start" else 0
    terms = ground.terms(ref=9, start=start, committed=committed)
    before = ground.money()
    assert ground.attempt(ground.accept(terms, committed), "hm") == DONE
    at = START
    if way == "collected first":
        at = START + DAY
        assert ground.attempt(ground.pay_out(terms), "hm", at) == DONE
    if way == "topped up":
        assert ground.attempt(ground.top_up(terms, committed + 1), "hm") == DONE

    assert ground.attempt(ground.surrender(terms), "hm", at) == DONE

    agency = committed // 5
    assert ground.gains(before) == {
        "hm": -committed, "agency": agency, "model": committed - agency
    }  # fmt: skip
    over = no("LicenseOver", ground.id(terms), at)
    assert ground.attempt(ground.surrender(terms), "hm", at) == over


@pytest.mark.law9
@pytest.mark.law17
@pytest.mark.boundary
def test_kill_fee_is_not_dodged_by_letting_the_license_lapse(ground):
    committed = FEE // 3
    terms = ground.terms(ref=9, committed=committed)
    before = ground.money()
    assert ground.attempt(ground.accept(terms, committed), "hm") == DONE
    late = START + 38 * DAY

    assert ground.attempt(ground.end(papers.LapseEnd, terms, "endLapsed"), "model", late) == DONE
    assert ground.attempt(ground.pay_out(terms), "hm", late) == DONE

    agency = committed // 5
    assert ground.gains(before) == {
        "hm": -committed, "agency": agency, "model": committed - agency
    }  # fmt: skip


@pytest.mark.law9
@pytest.mark.law17
@pytest.mark.boundary
def test_kill_fee_is_not_earned_by_the_owners_own_ending(ground):
    """She gives notice and hopes for the kill fee: after a notice only what is earned is due."""
    terms = ground.terms(ref=9, committed=FEE)
    before = ground.money()
    assert ground.attempt(ground.accept(terms, FEE), "hm") == DONE
    assert ground.attempt(ground.end(papers.Notice, terms, "giveNotice"), "model") == DONE

    assert ground.attempt(ground.surrender(terms), "hm", START + 9) == DONE

    earned = FEE * 9 // (90 * DAY)
    agency = earned // 5
    assert ground.gains(before) == {"hm": -earned, "agency": agency, "model": earned - agency}


@pytest.mark.law16
@pytest.mark.law17
@pytest.mark.boundary
def test_sablier_flow_fee_avoidance_dust_stays_in_nobodys_hands(ground):
    """Many small licenses in one currency: when all are settled the contract holds nothing."""
    before = ground.money()
    many = [small(ground, fee, 3, quota=7) for fee in (1, 2, 3, 5, 7, 9_999)]
    for terms in many:
        assert ground.attempt(ground.accept(terms, terms.pay.fee), "hm") == DONE
        assert ground.attempt(ground.record(terms, number=1, images=2), "hm") == DONE
    for at in (START + 1, START + 2, START + 3):
        for terms in many:
            assert ground.attempt(Deed(False, "payOut", ground.parts(terms)), "rival", at) == DONE

    gained = ground.gains(before)
    assert "contract" not in gained
    assert gained["hm"] == -sum(terms.pay.fee for terms in many)
    assert sum(gained.values()) == 0
