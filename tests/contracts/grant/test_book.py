"""book: makes a license under a rate card, for exactly what the card gives (laws 5, 6, 10, 14)."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.contracts.grant.booking import booking
from tests.contracts.support.acts import act
from tests.contracts.support.clock import now, wait_until
from tests.contracts.support.desk import DAY, FAR, MARKETS, MODEL_KEY, USES, ZERO
from tests.contracts.support.digests import sign_digest
from tests.contracts.support.keys import OTHER_KEY, malleable
from tests.contracts.support.reverts import refusal_of, reverts_with
from tests.contracts.support.told import told

MOST = 2**96 - 1
MAX_TERM = 1827 * DAY

pytestmark = pytest.mark.law5


@pytest.mark.law10
@pytest.mark.refusal
@pytest.mark.parametrize(
    "role", ["rival", "agency", "photographer", "stylist", "stranger", "relay"]
)
def test_nobody_books_for_another(desk, hm, role):
    sender = getattr(desk, role)
    with reverts_with("NotLicensee", sender, hm):
        booking(desk).send(by=sender)


@pytest.mark.refusal
@pytest.mark.boundary
def test_refuses_a_card_in_the_second_of_its_end(desk):
    with reverts_with("TermsExpired", now()):
        booking(desk, validUntil=now()).send()


@pytest.mark.law6
@pytest.mark.refusal
@pytest.mark.boundary
def test_refuses_a_start_that_is_past(desk):
    with reverts_with("StartInPast", now() - 1):
        booking(desk, start=now() - 1).send()


@pytest.mark.law6
@pytest.mark.refusal
@pytest.mark.boundary
def test_refuses_more_than_five_years_whatever_the_card_says(desk):
    with reverts_with("TermOutOfRange", MAX_TERM + DAY):
        booking(desk, prices={"maxDays": 2**16 - 1}, term=MAX_TERM + DAY).send()


@pytest.mark.refusal
@pytest.mark.boundary
def test_refuses_to_grant_no_images(desk):
    with reverts_with("NothingGranted"):
        booking(desk, quota=0).send()


@pytest.mark.law14
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("more", [-1, 1])
def test_refuses_a_deposit_below_what_is_committed_or_above_the_fee(desk, more):
    draft = booking(desk)
    least = 1_000 * desk.unit
    deposit = least - 1 if more < 0 else draft.fee + 1
    with reverts_with("DepositOutOfRange", deposit, least, draft.fee):
        draft.send(deposit=deposit)


@pytest.mark.law14
@pytest.mark.refusal
@pytest.mark.boundary
def test_an_exclusive_booking_is_paid_whole(desk):
    draft = booking(desk, exclusive=True)
    with reverts_with("DepositOutOfRange", draft.fee - 1, draft.fee, draft.fee):
        draft.send(deposit=draft.fee - 1)


@pytest.mark.law10
@pytest.mark.refusal
def test_refuses_a_card_that_is_for_another_licensee(desk, rival):
    with reverts_with("CardNotForSender", rival):
        booking(desk, prices={"licensee": rival.address}).send()


@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("term", [DAY - 1, DAY + 1, DAY + 3_600, 10 * DAY - 1, 10 * DAY + 1, 1])
def test_refuses_parts_of_days(desk, term):
    with reverts_with("DaysOutOfRange", term, 1, 365):
        booking(desk, term=term).send()


@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("days", [1, 6, 31, 1827])
def test_refuses_fewer_and_more_days_than_the_card_sells(desk, days):
    with reverts_with("DaysOutOfRange", days * DAY, 7, 30):
        booking(desk, prices={"minDays": 7, "maxDays": 30}, term=days * DAY).send()


@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("quota", [1_001, 2**32 - 1])
def test_refuses_more_images_than_the_card_sells(desk, quota):
    with reverts_with("QuotaOverCard", quota, 1_000):
        booking(desk, quota=quota).send()


@pytest.mark.law6
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("lead", [1, DAY, 2**32 - 1])
def test_refuses_a_start_one_second_before_the_lead_time_is_over(desk, lead):
    earliest = now() + lead
    with reverts_with("StartNotSold", earliest - 1, earliest, FAR):
        booking(desk, prices={"leadTime": lead}, start=earliest - 1).send()


@pytest.mark.law6
@pytest.mark.refusal
@pytest.mark.boundary
def test_refuses_to_start_at_once_where_there_is_a_lead_time(desk):
    with reverts_with("StartNotSold", now(), now() + DAY, FAR):
        booking(desk, start=0).send()


@pytest.mark.law6
@pytest.mark.refusal
@pytest.mark.boundary
def test_refuses_a_start_after_the_card_has_ended(desk):
    latest = now() + 3 * DAY
    with reverts_with("StartNotSold", latest + 1, now() + DAY, latest):
        booking(desk, validUntil=latest, start=latest + 1).send()


@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("more", [-1, 1])
def test_refuses_a_fee_that_is_one_unit_off(desk, more):
    right = booking(desk).fee
    with reverts_with("FeeNotQuoted", right + more, right):
        booking(desk, fee=right + more).send()


@pytest.mark.refusal
@pytest.mark.boundary
def test_refuses_a_fee_that_is_one_unit_above_the_floor(desk):
    floor = 100_000 * desk.unit
    with reverts_with("FeeNotQuoted", floor + 1, floor):
        booking(desk, committed=floor, fee=floor + 1).send()


@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize(("uses", "unsold"), [(1 << 3, 1 << 3), (0b11111, 0b11000)])
def test_refuses_uses_that_are_not_on_sale(desk, uses, unsold):
    with reverts_with("UsesNotSold", unsold):
        booking(desk, uses=uses, fee=10**12).send()


@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("unsold", [1, 1 << 255])
def test_refuses_markets_that_are_not_on_sale(desk, unsold):
    with reverts_with("MarketsNotSold", unsold):
        booking(desk, markets=MARKETS | unsold, fee=10**12).send()


@pytest.mark.law8
@pytest.mark.refusal
def test_refuses_exclusivity_that_is_not_on_sale(desk):
    with reverts_with("ExclusiveNotSold"):
        booking(desk, prices={"exclusiveFactor": 0}, exclusive=True, fee=10**12).send()


@pytest.mark.refusal
def test_refuses_a_fee_that_no_amount_can_hold(desk):
    prices = {"dayRate": MOST, "imageRate": MOST}
    draft = booking(desk, prices=prices, fee=MOST)
    with reverts_with("FeeNotQuoted", MOST, draft.quoted):
        draft.send()


@pytest.mark.law10
@pytest.mark.refusal
@pytest.mark.boundary
def test_refuses_an_allowance_that_lacks_one_unit(desk, hm):
    draft = booking(desk)
    desk.token.approve(desk.licenses, draft.fee - 1, {"from": hm})
    with reverts_with("PaymentFailed", desk.token, hm, draft.fee):
        draft.send()


# What a booking repeats of its card: each is the card's to say, not the booker's.
CARDS_OWN = {
    "memo": b"m" * 32,
    "epoch": 1,
    "validUntil": FAR - 1,
    "category": 1,
    "notice": 0,
    "agreement": b"a" * 32,
    "committed": 0,
    "shares": [],
}
PRICES = {
    "licensee": "hm",
    "serial": 1,
    "dayRate": 1,
    "imageRate": 1,
    "exclusiveFactor": 0,
    "minDays": 2,
    "maxDays": 366,
    "maxQuota": 1_001,
    "leadTime": 0,
    "uses": [(use, 1) for use in range(3)],
    "markets": [(MARKETS, 1)],
}


def changed(desk, field):
    """A booking with one field of its card changed after the signing, its fee as that demands."""
    whole = booking(desk)
    if field in CARDS_OWN:
        after = whole.but(**{field: CARDS_OWN[field]})
    elif field in PRICES:
        value = desk.hm.address if field == "licensee" else PRICES[field]
        after = whole.but(prices={field: value})
    else:
        other = {"currency": desk.twins.address, "twinId": desk.mint("second")}[field]
        after = whole.but(**{field: other})
        # Nothing is to be paid, so that no token is asked first.
        after = after.but(committed=0, prices={"dayRate": 0, "imageRate": 0})
    return after.but(fee=after.quoted)


FIELDS = (*CARDS_OWN, *PRICES, "currency", "twinId")


@pytest.mark.refusal
@pytest.mark.parametrize("field", FIELDS)
def test_refuses_a_field_of_the_card_that_was_changed(desk, field):
    after = changed(desk, field)
    with reverts_with("CardDiffers", after.card, after.digest):
        after.send()


@pytest.mark.refusal
@pytest.mark.parametrize("field", [field for field in FIELDS if field != "epoch"])
def test_refuses_a_changed_card_that_names_itself(desk, model, field):
    after = changed(desk, field)
    after = after.but(card=after.digest)
    with reverts_with("SignatureInvalid", model):
        after.send()


@pytest.mark.refusal
@pytest.mark.parametrize("card", [bytes(32), b"c" * 32])
def test_refuses_terms_that_name_no_card_or_another(desk, card):
    after = booking(desk).but(card=card)
    with reverts_with("CardDiffers", card, after.digest):
        after.send()


@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("twin", [0, 1])
def test_refuses_a_twin_that_is_not(desk, twin):
    with reverts_with("TwinUnknown", twin):
        booking(desk, twinId=twin).send()


@pytest.mark.refusal
def test_refuses_the_same_booking_twice(desk):
    draft = booking(desk)
    held = draft.send()
    with reverts_with("LicenseExists", held.id):
        draft.send()


@pytest.mark.refusal
def test_refuses_the_same_booking_by_another_form_of_the_signature(desk):
    draft = booking(desk)
    held = draft.send()
    draft = replace(draft, signature=malleable(draft.signature))
    with reverts_with("LicenseExists", held.id):
        draft.send()


@pytest.mark.law3
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("epoch", [1, 2**32 - 1])
def test_refuses_another_epoch(desk, epoch):
    with reverts_with("EpochWrong", epoch, 0):
        booking(desk, epoch=epoch).send()


@pytest.mark.law3
@pytest.mark.refusal
def test_refuses_a_card_that_was_withdrawn(desk):
    draft = booking(desk)
    act(desk, "Revocation", digest=draft.card).send()
    with reverts_with("SignatureRevoked", draft.card):
        draft.send()


@pytest.mark.law3
@pytest.mark.refusal
def test_a_withdrawn_card_sells_nothing_any_more(desk):
    first = booking(desk)
    first.send()
    act(desk, "Revocation", digest=first.card).send()
    second = booking(desk, start=now() + 9 * DAY, term=DAY)
    assert second.card == first.card
    with reverts_with("SignatureRevoked", first.card):
        second.send()


@pytest.mark.refusal
def test_refuses_a_card_that_another_key_signed(desk, model):
    with reverts_with("SignatureInvalid", model):
        booking(desk, key=OTHER_KEY).send()


@pytest.mark.refusal
@pytest.mark.parametrize("role", ["hm", "rival", "stranger"])
def test_nobody_books_from_a_card_of_its_own_making(desk, model, role):
    sender = getattr(desk, role)
    prices = {"dayRate": 0, "imageRate": 0}
    draft = booking(desk, prices=prices, licensee=sender.address, committed=0)
    draft = replace(draft, signature=b"")
    with reverts_with("SignatureInvalid", model):
        draft.send(by=sender)


@pytest.mark.refusal
def test_an_offer_is_no_card(desk, model):
    """The signature of an offer's terms does not serve as one of their card."""
    draft = booking(desk)
    offer = desk.licenses.licenseIdOf(draft.terms).to_bytes(32, "big")
    draft = replace(draft, signature=sign_digest(offer, MODEL_KEY))
    with reverts_with("SignatureInvalid", model):
        draft.send()


@pytest.mark.law3
@pytest.mark.refusal
@pytest.mark.boundary
def test_refuses_a_card_one_below_the_least_serial(desk):
    act(desk, "SerialRaise", leastSerial=8).send()
    with reverts_with("SerialTooLow", 7, 8):
        booking(desk, prices={"serial": 7}).send()


@pytest.mark.law4
@pytest.mark.refusal
def test_the_policy_stands_above_the_card(desk):
    act(desk, "Policy", uses=0b011).send()
    with reverts_with("UsesOffLimits", 0b100):
        booking(desk, uses=USES).send()


# Each is a fault of a booking and the error it gives, in the order of the checks.
FAULTS = (
    ({"licensee": ZERO}, "NotLicensee"),
    ({"validUntil": 1}, "TermsExpired"),
    ({"start": 1}, "StartInPast"),
    ({"term": MAX_TERM + 1}, "TermOutOfRange"),
    ({"quota": 0}, "NothingGranted"),
    ({"fee": 5}, "CommittedOverFee"),
    ({"deposit": 1}, "DepositOutOfRange"),
    ({"cards": {"licensee": "0x" + "1" * 40}}, "CardNotForSender"),
    ({"term": 2 * DAY + 1}, "DaysOutOfRange"),
    ({"quota": 1_001}, "QuotaOverCard"),
    ({"start": 0}, "StartNotSold"),
    ({"exclusive": True, "cards": {"exclusiveFactor": 0}}, "ExclusiveNotSold"),
    ({"uses": 1 << 9}, "UsesNotSold"),
    ({"markets": 1}, "MarketsNotSold"),
    ({"fee": 10**13}, "FeeNotQuoted"),
    ({"currency": ZERO}, "PaymentFailed"),
    ({"named": b"c" * 32}, "CardDiffers"),
    ({"twinId": 7}, "TwinUnknown"),
    ({"epoch": 3}, "EpochWrong"),
    ({"key": OTHER_KEY}, "SignatureInvalid"),
)


UNQUOTED = {"ExclusiveNotSold", "UsesNotSold", "MarketsNotSold"}


@pytest.mark.refusal
@pytest.mark.parametrize(("first", "second"), list(pairwise(FAULTS)), ids=lambda fault: fault[1])
def test_of_two_faults_the_first_in_order_is_told(desk, first, second):
    whole = second[0] | first[0]
    prices = second[0].get("cards", {}) | first[0].get("cards", {})
    if UNQUOTED & {first[1], second[1]}:
        whole.setdefault("fee", 10**12)
    deposit, named = whole.pop("deposit", None), whole.pop("named", None)
    whole.pop("cards", None)
    draft = booking(desk, prices=prices, **whole)
    draft = draft.but(card=named) if named else draft
    assert refusal_of(lambda: draft.send(deposit=deposit)).startswith(first[1] + ":")


@pytest.mark.law10
def test_takes_exactly_what_was_quoted(odd_desk):
    desk = odd_desk
    draft, before = booking(desk), desk.parts()
    draft.send()
    assert desk.parts(before) == {"hm": -draft.quoted}


def test_gives_the_license_to_the_booker(desk, hm):
    assert desk.licenses.ownerOf(booking(desk).send().id) == hm


def test_the_id_is_the_digest_of_the_terms(desk):
    held = booking(desk).send()
    assert held.id == desk.licenses.licenseIdOf(held.terms)


def test_answers_with_the_id(desk, hm):
    draft = booking(desk)
    answered = desk.licenses.book.call(
        draft.terms, draft.prices, draft.signature, draft.fee, [], {"from": hm}
    )
    assert answered == desk.licenses.licenseIdOf(draft.terms)


def test_is_marked_as_a_booking(desk):
    assert booking(desk).send().state.isBooking


def test_tells_all_that_was_agreed(desk):
    held = booking(desk).send()
    scope, pay, shares = held.terms
    assert told(held.granting.events["LicenseGranted"]["terms"]) == (scope, pay, tuple(shares))


def test_one_card_sells_to_many(desk, rival):
    first = booking(desk)
    second = booking(desk, licensee=rival.address, term=3 * DAY, quota=5, uses=1, markets=1 << 101)
    first.send()
    assert second.card == first.card
    assert second.send(by=rival).state.licensee == rival


def test_equal_bookings_are_kept_apart_by_their_reference(desk):
    first, second = booking(desk, ref=b"1" * 32), booking(desk, ref=b"2" * 32)
    assert (first.send().id != second.send().id, first.card == second.card) == (True, True)


@pytest.mark.boundary
def test_is_good_to_the_last_second_of_the_card(desk):
    end = now() + 5 * DAY
    draft = booking(desk, validUntil=end, start=end, prices={"leadTime": 0})
    wait_until(end - 1)
    assert draft.send().state.isBooking


@pytest.mark.law6
@pytest.mark.boundary
@pytest.mark.parametrize("lead", [0, 1, DAY])
def test_starts_in_the_second_in_which_the_lead_time_is_over(desk, lead):
    held = booking(desk, prices={"leadTime": lead}, start=now() + lead).send()
    assert held.start == now() + lead


@pytest.mark.law6
@pytest.mark.boundary
def test_starts_at_once_where_there_is_no_lead_time(desk):
    assert booking(desk, prices={"leadTime": 0}, start=0).send().start == now()


@pytest.mark.law6
@pytest.mark.boundary
def test_starts_in_the_second_in_which_the_card_ends(desk):
    latest = now() + 3 * DAY
    assert booking(desk, validUntil=latest, start=latest).send().start == latest


@pytest.mark.boundary
@pytest.mark.parametrize("days", [7, 30])
def test_sells_the_least_and_the_most_days(desk, days):
    held = booking(desk, prices={"minDays": 7, "maxDays": 30}, term=days * DAY).send()
    assert held.state.end - held.start == days * DAY


@pytest.mark.law6
@pytest.mark.boundary
def test_sells_five_years(desk):
    held = booking(desk, prices={"maxDays": 1827}, term=MAX_TERM).send()
    assert held.state.end - held.start == MAX_TERM


@pytest.mark.boundary
@pytest.mark.parametrize("quota", [1, 1_000])
def test_sells_one_image_and_the_most(desk, quota):
    assert booking(desk, quota=quota).send().state.imagesLeft == quota


@pytest.mark.boundary
def test_sells_for_the_greatest_fee_there_is(desk):
    prices = {"dayRate": 0, "imageRate": MOST}
    assert booking(desk, quota=1, prices=prices).send().state.deposited == MOST


@pytest.mark.boundary
def test_a_card_may_sell_for_nothing(desk):
    prices = {"dayRate": 0, "imageRate": 0}
    assert booking(desk, committed=0, prices=prices).send().fee == 0


@pytest.mark.law14
@pytest.mark.boundary
def test_takes_the_floor_alone_as_first_deposit(desk):
    held = booking(desk).send(deposit=1_000 * desk.unit)
    assert held.state.deposited == 1_000 * desk.unit


@pytest.mark.law10
def test_a_card_for_one_licensee_sells_to_it(desk, hm):
    assert booking(desk, prices={"licensee": hm.address}).send().state.licensee == hm


@pytest.mark.boundary
def test_sells_exclusivity_for_its_factor(desk):
    plain, alone = booking(desk, committed=0), booking(desk, committed=0, exclusive=True)
    images = 100 * 9 * desk.unit
    assert alone.fee - images == 2 * (plain.fee - images)


def test_the_owner_may_book_her_own_twin_without_a_signature(desk, model, relay):
    relay.transfer(model, "1 ether")
    prices = {"dayRate": 0, "imageRate": 0}
    draft = booking(desk, prices=prices, licensee=model.address, committed=0)
    draft = replace(draft, signature=b"")
    assert draft.send(by=model).state.licensee == model
