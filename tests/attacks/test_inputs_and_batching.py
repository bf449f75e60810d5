"""Attacks by what is handed in: twice, too many, one unit more, in another order, at a bad time."""

from __future__ import annotations

import pytest

from tests.attacks.ground import DAY, DONE, END, FAR, FEE, START, no
from tests.model import papers
from tests.model.deeds import Deed

HALF = START + 45 * DAY


@pytest.mark.law15
@pytest.mark.law17
@pytest.mark.boundary
@pytest.mark.parametrize("at", [HALF, END - 1])
def test_story_l1_h1_duplicate_ids_pay_once(ground, at):
    before = ground.money()
    control = ground.mark()
    assert ground.attempt(ground.pay_out(ground.lone), "rival", at) == DONE
    once = ground.gains(before)
    ground.undo(control)

    deeds = [ground.pay_out(ground.lone)] * 5
    assert ground.attempt(ground.multicall(*deeds), "rival", at) == DONE
    assert ground.gains(before) == once
    assert sum(once.values()) == 0


@pytest.mark.law5
@pytest.mark.law16
@pytest.mark.law17
@pytest.mark.refusal
@pytest.mark.parametrize("name", ["payOut at the end", "surrender", "withdraw", "accept", "book"])
def test_story_l1_h1_what_can_be_done_once_is_not_done_twice_in_one_call(ground, name):
    token = ground.tokens["Blocklist"]
    owing = ground.grant(ground.terms(ref=8, currency=token), FEE)
    agency = ground.who("agency")
    ground.stage.tell(token, "setBlocked", agency, 1)
    assert ground.attempt(ground.pay_out(owing), "stranger", HALF) == DONE
    ground.stage.tell(token, "setBlocked", agency, 0)
    offer, booking = ground.terms(ref=9), ground.book(ground.terms(ref=10, start=60 * DAY))
    lone = ground.id(ground.lone)
    deed, at, error = {
        "payOut at the end": (ground.pay_out(ground.lone), END, no("LicenseSettled", lone)),
        "surrender": (ground.surrender(ground.lone), HALF, no("LicenseOver", lone, HALF)),
        "withdraw": (ground.withdraw("agency", token), HALF, no("NothingPayable", token, agency)),
        "accept": (ground.accept(offer, FEE), HALF, no("LicenseExists", ground.id(offer))),
        "book": (ground.book_of(booking), HALF, no("LicenseExists", ground.id(booking))),
    }[name]
    before, tokens = ground.money(), ground.money(token)

    assert ground.attempt(ground.multicall(deed, deed), "hm", at) == error
    assert (ground.gains(before), ground.gains(tokens, token)) == ({}, {})
    assert ground.attempt(ground.multicall(deed), "hm", at) == DONE


@pytest.mark.law14
@pytest.mark.boundary
def test_story_l1_h1_a_top_up_named_twice_is_paid_once(ground):
    terms = ground.grant(ground.terms(ref=9), 1)
    before = ground.money()
    deeds = [ground.top_up(terms, FEE)] * 3

    assert ground.attempt(ground.multicall(*deeds), "hm") == DONE
    assert ground.gains(before) == {"hm": 1 - FEE, "contract": FEE - 1}


@pytest.mark.law15
@pytest.mark.refusal
@pytest.mark.parametrize(
    ("shares", "error", "values"),
    [
        ([(7, 100), (7, 100)], "PayeeInvalid", (7,)),
        ([(7, 100), (8, 1), (7, 1)], "PayeeInvalid", (7,)),
        ([(0, 100)], "PayeeInvalid", (0,)),
        ([(7, 0)], "PayeeInvalid", (7,)),
        ([(9 + each, 1) for each in range(16)], "SharesTooMany", (16,)),
        ([(9 + each, 1) for each in range(1_100)], "SharesTooMany", (1_100,)),
        ([(9 + each, 65_535) for each in range(15)], "SharesOverWhole", (983_025,)),
        ([(7, 9_999), (8, 2)], "SharesOverWhole", (10_001,)),
    ],
    ids=["twice", "twice apart", "zero", "no part", "16", "1100", "overflow", "one over"],
)
def test_0xsplits_m01_l01_docs_lists_of_payees_are_bounded_and_sound(ground, shares, error, values):
    plain = ground.terms(ref=9)
    terms = ground.changed(plain, [papers.Share(to, bps, 1) for to, bps in shares])
    before = ground.money()

    assert ground.attempt(ground.accept(terms, FEE), "hm") == no(error, *values)
    assert ground.gains(before) == {}
    assert ground.attempt(ground.accept(plain, FEE), "hm") == DONE


@pytest.mark.law15
@pytest.mark.law16
@pytest.mark.boundary
def test_0xsplits_m01_the_longest_list_is_paid_well_within_a_block(ground):
    terms = ground.changed(ground.terms(ref=9), ground.crowd(15, 600))
    ground.grant(terms, FEE)
    before = ground.money()

    assert ground.attempt(ground.pay_out(terms), "stranger", END) == DONE
    assert int(ground.receipt["gasUsed"], 16) < 1_500_000
    assert ground.gains(before) == {"model": FEE // 10, "contract": -FEE}
    assert all(ground.balance(ground.dollar, each.payee) == FEE * 6 // 100 for each in terms.shares)


@pytest.mark.law15
@pytest.mark.refusal
def test_superfluid_gda_the_order_of_payees_is_not_for_the_caller_to_choose(ground):
    two = [papers.Share(ground.who("agency"), 2_000, 1), papers.Share(ground.who("stylist"), 1, 4)]
    terms = ground.grant(ground.changed(ground.terms(ref=9, fee=9_999), two), 9_999)
    turned = ground.changed(terms, reversed(two))
    before = ground.money()

    unknown = no("LicenseUnknown", ground.id(turned))
    assert ground.attempt(ground.pay_out(turned), "stylist", HALF) == unknown
    assert ground.gains(before) == {}
    assert ground.attempt(ground.pay_out(terms), "stylist", HALF) == DONE


@pytest.mark.law12
@pytest.mark.refusal
def test_sablier_batch_no_coin_is_taken_so_none_is_counted_twice(ground):
    to, data = ground.stage.write(ground.multicall(ground.pay_out(ground.lone)))
    node, hm = ground.stage.node, ground.who("hm")
    node.ask("anvil_setBalance", f"{hm:#042x}", hex(10**18))
    call = {"from": f"{hm:#042x}", "to": f"{to:#042x}", "data": data, "gas": hex(10**6)}
    call |= {"value": "0x1", "gasPrice": "0x0"}

    assert node.ask("eth_sendTransactionSync", call)["status"] == "0x0"
    assert node.ask("eth_getBalance", f"{to:#042x}", "latest") == "0x0"
    assert node.ask("eth_sendTransactionSync", call | {"value": "0x0"})["status"] == "0x1"


@pytest.mark.law12
@pytest.mark.law14
@pytest.mark.boundary
@pytest.mark.parametrize(
    "name", ["accept", "book", "topUp", "payOut", "surrender", "decline", "withdraw"]
)
def test_story_l5_0xsplits_l02_superfluid_m3_one_unit_given_disturbs_no_deed(ground, name):
    """Whoever gives the contract a unit has lost it, and nothing else is another."""
    ground.enter("NoReturn")
    deed, by = ground.deed(name)
    token = ground.token
    before = ground.money(token)
    control = ground.mark()
    assert ground.attempt(deed, by, ground.now) == DONE
    untouched = ground.gains(before, token)
    ground.undo(control)

    ground.stage.tell(token, "mint", ground.here.address, 1)
    assert ground.attempt(deed, by, ground.now) == DONE
    gained = ground.gains(before, token)
    gained["contract"] -= 1
    assert {who: sum for who, sum in gained.items() if sum} == untouched


@pytest.mark.law5
@pytest.mark.refusal
@pytest.mark.parametrize(
    "field",
    ["category", "notice", "agreement", "memo", "valid_until", "epoch", "currency", "committed",
     "shares", "day_rate", "serial", "lead_time"],
)  # fmt: skip
def test_a_booking_that_names_her_card_and_changes_it_is_refused(ground, field):
    """The signature is of the card: a buyer who writes the card's fields himself must miss it."""
    booking = ground.book(ground.terms(ref=9, start=2 * DAY))
    prices, fields = ground.prices(booking), {}
    false = {
        "category": 1, "notice": 0, "agreement": 5, "memo": 5, "valid_until": FAR - 1, "epoch": 1,
        "currency": ground.tokens["NoReturn"], "committed": 1,
    }  # fmt: skip
    if field in false:
        fields = {field: false[field]}
    if field == "day_rate":
        fields = {"fee": 90}
    other = {"day_rate": 1, "serial": 7, "lead_time": 0}
    told = papers.Prices(**vars(prices) | ({field: other[field]} if field in other else {}))
    shares = [papers.Share(ground.who("hm"), 9_000, 1)] if field == "shares" else None
    changed = ground.changed(booking, shares, **fields)
    before, tokens = ground.money(), ground.money(ground.tokens["NoReturn"])

    expected = ground.booked_under(changed, told).scope.card
    differs = no("CardDiffers", booking.scope.card, expected)
    assert ground.attempt(ground.book_of(changed, told), "hm") == differs
    assert ground.gains(before) == ground.gains(tokens, ground.tokens["NoReturn"]) == {}
    assert ground.attempt(ground.book_of(booking, prices), "hm") == DONE


@pytest.mark.law14
@pytest.mark.boundary
@pytest.mark.parametrize("ahead", [1, FEE // 2, FEE - 1, FEE])
def test_sablier_flow_a_top_up_in_front_of_another_takes_from_that_only_the_rest(ground, ahead):
    terms = ground.grant(ground.terms(ref=9), 0)
    before = ground.money()
    assert ground.attempt(ground.top_up(terms, ahead), "stranger") == DONE

    assert ground.attempt(ground.top_up(terms, FEE), "hm") == DONE
    gained = {"stranger": -ahead, "hm": ahead - FEE, "contract": FEE}
    assert ground.gains(before) == {who: sum for who, sum in gained.items() if sum}


@pytest.mark.law2
@pytest.mark.boundary
def test_unlock_m06_a_move_to_oneself_destroys_nothing(ground):
    assert ground.attempt(ground.moving("model", "model"), "stranger") == DONE

    model = ground.who("model")
    assert ground.ask_twins("ownerOf", ground.twin) == [model]
    assert ground.ask_twins("balanceOf", model) == [1]
    assert ground.ask_twins("authority", ground.twin)[:3] == [model, 1, 1 << 16]
    before = ground.money()
    assert ground.attempt(ground.pay_out(ground.lone), "stranger", END) == DONE
    assert ground.gains(before)["model"] == FEE // 5 * 4


@pytest.mark.law11
@pytest.mark.law19
@pytest.mark.refusal
@pytest.mark.boundary
def test_unlock_m07_m12_many_hands_do_not_pass_the_quota(ground):
    """Reporters share one quota, and number: the third declares what is left, and no more."""
    hands = ("tool", "agency", "stylist")
    for hand in hands:
        named = Deed(False, "setReporter", (ground.who(hand), 1))
        assert ground.attempt(named, "hm") == DONE
    for number, (hand, images) in enumerate(zip(hands, (60, 39, 1), strict=True), 1):
        deed = ground.record(ground.lone, number=number, images=images)
        assert ground.attempt(deed, hand) == DONE

    over = no("MayNotPublish", ground.id(ground.lone), 8)
    for hand in ("hm", *hands):
        deed = ground.record(ground.lone, number=4, images=1)
        assert ground.attempt(deed, hand) == over
    assert ground.state(ground.lone)[6] == 0


@pytest.mark.law8
@pytest.mark.refusal
@pytest.mark.boundary
def test_exclusivity_squatting_leaves_the_owner_four_places_to_sell(ground):
    """A rival fills the places from an open card; her own offers still find room."""
    card = ground.changed(ground.terms(ref=9, start=2 * DAY, fee=900), exclusive=True, category=1)
    prices = papers.Prices(**vars(ground.prices(card)) | {"exclusive_factor": 10_000})
    squatter = ground.changed(card, licensee=ground.who("rival"))
    taken = []
    for ref in range(20, 24):
        terms = ground.booked_under(ground.changed(squatter, ref=ref), prices)
        assert ground.attempt(ground.book_of(terms, prices, taken), "rival") == DONE
        taken.append(ground.entry(terms))
    before = ground.money()

    fifth = ground.booked_under(ground.changed(squatter, ref=24), prices)
    full = no("ExclusivesFull", ground.twin, 1)
    assert ground.attempt(ground.book_of(fifth, prices, taken), "rival") == full
    for ref in range(30, 34):
        offer = ground.changed(card, ref=ref, markets=2)
        assert ground.attempt(ground.accept(offer, 900, taken), "hm") == DONE
        taken.append(ground.entry(offer))
    ninth = ground.changed(card, ref=34, markets=2)
    assert ground.attempt(ground.accept(ninth, 900, taken), "hm") == full
    assert ground.gains(before) == {"hm": -3_600, "contract": 3_600}


@pytest.mark.law8
@pytest.mark.refusal
def test_exclusivity_squatting_a_grant_in_front_delays_the_buyer_and_takes_nothing(ground):
    """Each such grant costs its maker the card's floor; the buyer hands in one entry more."""
    terms = ground.changed(ground.terms(ref=9), exclusive=True, markets=2)
    cheap = ground.book(ground.terms(ref=10, start=2 * DAY, licensee="rival", fee=90))
    before = ground.money()
    assert ground.attempt(ground.book_of(cheap), "rival") == DONE

    stale = no("OpeningStale", ground.twin, 0)
    assert ground.attempt(ground.accept(terms, FEE, ground.opening), "hm") == stale
    assert ground.gains(before) == {"rival": -90, "contract": 90}
    opening = (*ground.opening, ground.entry(cheap))
    assert ground.attempt(ground.accept(terms, FEE, opening), "hm") == DONE


@pytest.mark.law8
@pytest.mark.refusal
@pytest.mark.parametrize("how", ["left out", "shortened", "elsewhere", "twice", "in another order"])
def test_exclusivity_no_entry_of_the_book_is_hidden_from_it(ground, how):
    rivals = ground.terms(ref=9, licensee="rival")
    assert ground.attempt(ground.accept(rivals, FEE), "rival") == DONE
    ours = ground.changed(ground.terms(ref=10), exclusive=True)
    first, last = *ground.opening, ground.entry(rivals)
    forged = {
        "left out": (first,),
        "shortened": (first, papers.Entry(**vars(last) | {"end": START})),
        "elsewhere": (first, papers.Entry(**vars(last) | {"markets": 2})),
        "twice": (first, first, papers.Entry(**vars(last) | {"uses": 2})),
        "in another order": (papers.Entry(**vars(last) | {"uses": 2}), first),
    }[how]
    before = ground.money()

    stale = no("OpeningStale", ground.twin, 0)
    assert ground.attempt(ground.accept(ours, FEE, forged), "hm") == stale
    conflict = no("ExclusivityConflict", ground.id(rivals))
    assert ground.attempt(ground.accept(ours, FEE, (first, last)), "hm") == conflict
    assert ground.gains(before) == {}


@pytest.mark.law5
@pytest.mark.law12
@pytest.mark.boundary
def test_superfluid_llamapay_11_equal_licenses_of_one_pair_stand_side_by_side(ground):
    first, second = ground.terms(ref=9), ground.terms(ref=10)
    before = ground.money()
    for terms in (first, second):
        assert ground.attempt(ground.accept(terms, FEE), "hm") == DONE

    assert ground.attempt(ground.surrender(first), "hm", HALF) == DONE
    assert ground.ask("isLive", ground.id(second), HALF) == [1]
    assert ground.attempt(ground.pay_out(second), "stranger", END) == DONE
    paid = FEE + FEE // 2
    assert ground.gains(before) == {"hm": -paid, "agency": paid // 5, "model": paid // 5 * 4}


@pytest.mark.law17
@pytest.mark.refusal
def test_one_settled_in_front_refuses_a_whole_round_of_pay_outs_and_costs_nobody(ground):
    """All or none is the word of `multicall`; whoever sends the others again is paid for."""
    others = [ground.grant(ground.terms(ref=ref), FEE) for ref in (9, 10)]
    everything = ground.multicall(*(ground.pay_out(each) for each in (ground.lone, *others)))
    before = ground.money()
    assert ground.attempt(ground.pay_out(ground.lone), "rival", END) == DONE
    alone = ground.gains(before)

    settled = no("LicenseSettled", ground.id(ground.lone))
    assert ground.attempt(everything, "agency", END) == settled
    assert ground.gains(before) == alone
    rest = ground.multicall(*(ground.pay_out(each) for each in others))
    assert ground.attempt(rest, "agency", END) == DONE
    assert ground.gains(before) == {who: 3 * sum for who, sum in alone.items()}
