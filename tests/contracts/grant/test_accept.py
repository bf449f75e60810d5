"""accept: makes a license of an offer, for the licensee whom it names (laws 5-7, 10, 14)."""

from __future__ import annotations

from itertools import pairwise

import pytest
from brownie import OddWallet

from tests.contracts.grant.booking import amended
from tests.contracts.support.acts import act
from tests.contracts.support.clock import now, wait_until
from tests.contracts.support.desk import DAY, FAR, MARKETS, MODEL_KEY, USES, ZERO
from tests.contracts.support.digests import sign_digest
from tests.contracts.support.keys import OTHER_KEY, malleable
from tests.contracts.support.reverts import reverts_with
from tests.contracts.support.told import told

MOST = 2**96 - 1
NOBODY = "0x" + "1" * 40
MAX_TERM = 1827 * DAY
APPROVED = 0
"""How an OddWallet answers: what it approved on the chain, if the signature is empty."""


def offer(desk, **changes):
    """Terms with the model's signature of them."""
    terms = desk.terms(**changes)
    return terms, signed(desk, terms)


def signed(desk, terms, key=MODEL_KEY):
    return sign_digest(desk.licenses.licenseIdOf(terms).to_bytes(32, "big"), key)


def accept(desk, terms, signature, *, by=None, deposit=None):
    deposit = terms[1][2] if deposit is None else deposit
    return desk.licenses.accept(terms, signature, deposit, [], {"from": by or desk.hm})


@pytest.mark.law5
@pytest.mark.refusal
def test_refuses_an_offer_that_names_a_card(desk):
    with reverts_with("CardDiffers", b"c" * 32, bytes(32)):
        desk.accept(card=b"c" * 32)


@pytest.mark.law10
@pytest.mark.refusal
@pytest.mark.parametrize(
    "role", ["rival", "agency", "photographer", "stylist", "stranger", "relay"]
)
def test_nobody_but_the_licensee_accepts(desk, hm, role):
    sender = getattr(desk, role)
    with reverts_with("NotLicensee", sender, hm):
        desk.accept(by=sender)


@pytest.mark.law10
@pytest.mark.refusal
def test_not_even_the_model_accepts_for_a_licensee(desk, model, relay, hm):
    relay.transfer(model, "1 ether")
    with reverts_with("NotLicensee", model, hm):
        accept(desk, desk.terms(), b"", by=model)


@pytest.mark.law10
@pytest.mark.refusal
@pytest.mark.boundary
def test_nobody_accepts_for_the_zero_address(desk, stranger):
    with reverts_with("NotLicensee", stranger, ZERO):
        desk.accept(licensee=ZERO, by=stranger)


@pytest.mark.law5
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("late", [0, 1, DAY])
def test_refuses_an_offer_from_its_last_second_on(desk, late):
    with reverts_with("TermsExpired", now() - late):
        desk.accept(validUntil=now() - late)


@pytest.mark.law6
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("late", [1, DAY])
def test_refuses_a_start_that_is_past(desk, late):
    with reverts_with("StartInPast", now() - late):
        desk.accept(start=now() - late)


@pytest.mark.law6
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("term", [0, MAX_TERM + 1, 2**32 - 1])
def test_refuses_no_term_and_more_than_five_years(desk, term):
    with reverts_with("TermOutOfRange", term):
        desk.accept(term=term)


@pytest.mark.law6
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("start", [FAR - DAY + 1, FAR])
def test_refuses_an_end_beyond_the_last_second_there_is(desk, start):
    with reverts_with("TermOutOfRange", DAY):
        desk.accept(start=start, term=DAY)


@pytest.mark.law5
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("field", ["uses", "markets", "quota"])
def test_refuses_to_grant_nothing(desk, field):
    with reverts_with("NothingGranted"):
        desk.accept(**{field: 0})


@pytest.mark.law14
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize(("committed", "fee"), [(1, 0), (101, 100), (MOST, MOST - 1)])
def test_refuses_to_commit_more_than_the_fee(desk, committed, fee):
    with reverts_with("CommittedOverFee", committed, fee):
        desk.accept(committed=committed, fee=fee, deposit=fee)


@pytest.mark.law14
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("deposit", [0, 299, 1001, MOST])
def test_refuses_a_deposit_below_what_is_committed_or_above_the_fee(desk, deposit):
    with reverts_with("DepositOutOfRange", deposit, 300, 1000):
        desk.accept(fee=1000, committed=300, deposit=deposit)


@pytest.mark.law14
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("deposit", [0, 300, 999, 1001])
def test_an_exclusive_license_is_paid_whole(desk, deposit):
    with reverts_with("DepositOutOfRange", deposit, 1000, 1000):
        desk.accept(fee=1000, committed=300, deposit=deposit, exclusive=True)


@pytest.mark.law10
@pytest.mark.refusal
@pytest.mark.boundary
def test_refuses_a_licensee_who_lacks_one_unit(desk, hm, relay):
    desk.token.transfer(relay, desk.token.balanceOf(hm) - 999, {"from": hm})
    with reverts_with("PaymentFailed", desk.token, hm, 1000):
        desk.accept(fee=1000, committed=0)


@pytest.mark.law10
@pytest.mark.refusal
@pytest.mark.boundary
def test_refuses_an_allowance_that_lacks_one_unit(desk, hm):
    desk.token.approve(desk.licenses, 999, {"from": hm})
    with reverts_with("PaymentFailed", desk.token, hm, 1000):
        desk.accept(fee=1000, committed=0)


@pytest.mark.law10
@pytest.mark.refusal
def test_takes_nothing_from_others_who_allow_everything(desk, stranger, hm):
    """The rival has a standing allowance; the stranger, who is named, has none."""
    with reverts_with("PaymentFailed", desk.token, stranger, 1000):
        desk.accept(licensee=stranger.address, by=stranger, fee=1000, committed=0)


@pytest.mark.law18
@pytest.mark.refusal
@pytest.mark.parametrize("currency", [ZERO, "hm", "twins", "licenses"])
def test_refuses_a_currency_that_is_no_token(desk, hm, currency):
    currency = getattr(desk, currency).address if currency != ZERO else ZERO
    with reverts_with("PaymentFailed", currency, hm, 1000):
        desk.accept(currency=currency, fee=1000, committed=0)


@pytest.mark.law5
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("twin", [0, 1, 2**256 - 1])
def test_refuses_a_twin_that_is_not(desk, twin):
    with reverts_with("TwinUnknown", twin):
        desk.accept(twinId=twin)


@pytest.mark.law5
@pytest.mark.refusal
def test_refuses_the_same_terms_twice(desk, lone):
    with reverts_with("LicenseExists", lone.id):
        accept(desk, lone.terms, signed(desk, lone.terms))


@pytest.mark.law5
@pytest.mark.refusal
def test_refuses_another_form_of_the_signature_that_was_used(desk, lone):
    with reverts_with("LicenseExists", lone.id):
        accept(desk, lone.terms, malleable(signed(desk, lone.terms)))


@pytest.mark.law5
@pytest.mark.refusal
def test_refuses_the_same_terms_after_their_license_was_surrendered(desk, lone):
    lone.surrender()
    with reverts_with("LicenseExists", lone.id):
        accept(desk, lone.terms, signed(desk, lone.terms))


@pytest.mark.law3
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("epoch", [1, 2**32 - 1])
def test_refuses_another_epoch(desk, epoch):
    with reverts_with("EpochWrong", epoch, 0):
        desk.accept(epoch=epoch)


@pytest.mark.law3
@pytest.mark.refusal
def test_refuses_an_offer_that_was_withdrawn(desk):
    terms, signature = offer(desk)
    digest = desk.licenses.licenseIdOf(terms).to_bytes(32, "big")
    act(desk, "Revocation", digest=digest).send()
    with reverts_with("SignatureRevoked", digest):
        accept(desk, terms, signature)


@pytest.mark.law5
@pytest.mark.refusal
def test_refuses_the_signature_of_another_key(desk, model):
    terms = desk.terms()
    with reverts_with("SignatureInvalid", model):
        accept(desk, terms, signed(desk, terms, OTHER_KEY))


@pytest.mark.law5
@pytest.mark.refusal
@pytest.mark.parametrize("role", ["hm", "rival", "stranger"])
def test_nobody_grants_itself_a_license_without_a_signature(desk, model, role):
    sender = getattr(desk, role)
    with reverts_with("SignatureInvalid", model):
        accept(desk, desk.terms(licensee=sender.address, fee=0, committed=0), b"", by=sender)


CHANGES = {
    "memo": b"m" * 32,
    "validUntil": FAR - 1,
    "start": FAR - MAX_TERM,
    "category": 1,
    "exclusive": True,
    "uses": 1,
    "markets": 1,
    "notice": 0,
    "agreement": b"a" * 32,
    "ref": b"r" * 32,
    "fee": 1001,
    "committed": 1,
    "term": DAY,
    "quota": 101,
    "shares": [],
}


@pytest.mark.law5
@pytest.mark.refusal
@pytest.mark.parametrize("field", list(CHANGES))
def test_refuses_terms_with_a_field_that_was_not_signed(desk, model, field):
    terms, signature = offer(desk, fee=1000, committed=0, ref=b"x" * 32)
    with reverts_with("SignatureInvalid", model):
        accept(desk, amended(terms, **{field: CHANGES[field]}), signature)


@pytest.mark.law10
@pytest.mark.refusal
def test_refuses_an_offer_that_was_signed_for_another_licensee(desk, model, rival):
    terms, signature = offer(desk)
    with reverts_with("SignatureInvalid", model):
        accept(desk, amended(terms, licensee=rival.address), signature, by=rival)


@pytest.mark.law5
@pytest.mark.refusal
@pytest.mark.parametrize("change", ["currency", "twinId"])
def test_refuses_another_currency_and_another_twin_than_was_signed(desk, model, change):
    terms, signature = offer(desk, fee=0, committed=0)
    other = {"currency": desk.twins.address, "twinId": desk.mint("second")}[change]
    with reverts_with("SignatureInvalid", model):
        accept(desk, amended(terms, **{change: other}), signature)


@pytest.mark.law5
@pytest.mark.refusal
@pytest.mark.parametrize("field", [0, 1, 2])
def test_refuses_a_share_that_was_not_signed(desk, model, agency, stranger, field):
    terms, signature = offer(desk, shares=[(agency, 2000, 1)])
    share = [agency.address, 2000, 1]
    share[field] = (stranger.address, 2001, 2)[field]
    with reverts_with("SignatureInvalid", model):
        accept(desk, amended(terms, shares=[tuple(share)]), signature)


# Each is a fault that an offer can have and the error it gives, in the order of the checks.
FAULTS = (
    ({"card": b"c" * 32}, ("CardDiffers", b"c" * 32, bytes(32))),
    ({"licensee": ZERO}, ("NotLicensee", "hm", ZERO)),
    ({"validUntil": 1}, ("TermsExpired", 1)),
    ({"start": 1}, ("StartInPast", 1)),
    ({"term": 0}, ("TermOutOfRange", 0)),
    ({"uses": 0}, ("NothingGranted",)),
    ({"fee": 5, "committed": 6}, ("CommittedOverFee", 6, 5)),
    ({"deposit": 10}, ("DepositOutOfRange", 10, 0, 5)),
    ({"currency": ZERO}, ("PaymentFailed", ZERO, "hm", 5)),
    ({"twinId": 7}, ("TwinUnknown", 7)),
    ({"epoch": 9}, ("EpochWrong", 9, 0)),
    ({"key": OTHER_KEY}, ("SignatureInvalid", "model")),
    ({"shares": [(ZERO, 1, 1)]}, ("PayeeInvalid", ZERO)),
    ({"uses": 1 << 31}, ("UsesOffLimits", 1 << 31)),
    ({"category": 2}, ("CategoryOffLimits", 2)),
    ({"shares": [(NOBODY, 10_001, 1)]}, ("SharesOverWhole", 10_001)),
)


@pytest.mark.law5
@pytest.mark.refusal
@pytest.mark.parametrize(("first", "second"), list(pairwise(FAULTS)), ids=lambda f: f[1][0])
def test_of_two_faults_the_first_in_order_is_told(desk, first, second):
    whole = {"fee": 5, "committed": 0} | second[0] | first[0]
    deposit, key = whole.pop("deposit", whole["fee"]), whole.pop("key", MODEL_KEY)
    terms = desk.terms(**whole)
    signature = signed(desk, terms, key)
    name, *values = first[1]
    people = {"hm": desk.hm, "model": desk.model}
    with reverts_with(name, *(people.get(v, v) if isinstance(v, str) else v for v in values)):
        accept(desk, terms, signature, deposit=deposit)


@pytest.mark.law10
@pytest.mark.refusal
def test_a_refused_offer_takes_no_money(desk, hm):
    before = desk.token.balanceOf(hm)
    with reverts_with("SignatureInvalid", desk.model):
        accept(desk, desk.terms(), b"x" * 65)
    assert desk.token.balanceOf(hm) == before


@pytest.mark.law5
def test_gives_the_license_to_the_licensee(desk, lone, hm):
    assert desk.licenses.ownerOf(lone.id) == hm


@pytest.mark.law5
def test_the_id_is_the_digest_of_the_terms(desk, lone):
    assert lone.id == desk.licenses.licenseIdOf(lone.terms)


@pytest.mark.law5
def test_answers_with_the_id(desk, hm):
    terms, signature = offer(desk)
    answered = desk.licenses.accept.call(terms, signature, terms[1][2], [], {"from": hm})
    assert answered == desk.licenses.licenseIdOf(terms)


@pytest.mark.law5
def test_keeps_what_was_granted(desk, lone, hm):
    assert told(desk.licenses.licenseOf(lone.id)) == (
        hm.address,
        lone.start,
        lone.start + 90 * DAY,
        lone.start + 90 * DAY,
        9_000 * desk.unit,
        0,
        100,
        USES,
        MARKETS,
        0,
        bytes(32),
        False,
        False,
        False,
    )


@pytest.mark.law5
@pytest.mark.boundary
@pytest.mark.parametrize("license_id", [0, 1, 2**256 - 1])
def test_knows_nothing_of_a_license_that_was_not_granted(desk, license_id):
    kept = told(desk.licenses.licenseOf(license_id))
    assert kept == (ZERO, *[0] * 9, bytes(32), *[False] * 3)


@pytest.mark.law5
def test_tells_all_that_was_agreed(desk, lone, hm):
    event = lone.granting.events["LicenseGranted"]
    assert told([event[name] for name in ("licenseId", "twinId", "licensee", "start")]) == (
        lone.id,
        desk.twin,
        hm.address,
        lone.start,
    )
    scope, pay, shares = lone.terms
    assert told(event["terms"]) == (scope, pay, tuple(shares))


@pytest.mark.law10
def test_takes_the_deposit_from_the_licensee(odd_desk):
    desk = odd_desk
    before = desk.parts()
    desk.accept(deposit=4_000 * desk.unit)
    assert desk.parts(before) == {"hm": -4_000 * desk.unit}


@pytest.mark.law12
def test_holds_the_deposit(odd_desk):
    desk = odd_desk
    desk.accept(deposit=4_000 * desk.unit)
    assert desk.token.balanceOf(desk.licenses) == 4_000 * desk.unit


@pytest.mark.law12
@pytest.mark.boundary
@pytest.mark.parametrize("deposit", [0, 1, MOST])
def test_holds_the_least_and_the_greatest_deposit_to_the_unit(desk, deposit):
    desk.accept(fee=MOST, committed=0, deposit=deposit)
    assert desk.token.balanceOf(desk.licenses) == deposit


@pytest.mark.law10
def test_leaves_a_standing_allowance_as_it_is(desk, hm):
    desk.accept()
    assert desk.token.allowance(hm, desk.licenses) == 2**256 - 1


@pytest.mark.law10
@pytest.mark.boundary
def test_an_allowance_of_the_very_deposit_is_enough(desk, hm):
    desk.token.approve(desk.licenses, 1000, {"from": hm})
    desk.accept(fee=1000, committed=0)
    assert desk.token.allowance(hm, desk.licenses) == 0


@pytest.mark.law5
@pytest.mark.boundary
def test_an_offer_is_good_to_its_last_second(desk):
    assert desk.accept(validUntil=now() + 1).state.licensee == desk.hm


@pytest.mark.law6
@pytest.mark.boundary
@pytest.mark.parametrize("ahead", [0, 1, DAY])
def test_starts_in_the_second_that_the_terms_name(desk, ahead):
    assert desk.accept(start=now() + ahead).state.start == now() + ahead


@pytest.mark.law6
@pytest.mark.boundary
def test_a_start_of_zero_is_the_second_of_the_grant(desk):
    terms, signature = offer(desk, start=0)
    wait_until(now() + 3 * DAY + 7)
    tx = accept(desk, terms, signature)
    assert tx.events["LicenseGranted"]["start"] == now()


@pytest.mark.law6
@pytest.mark.boundary
@pytest.mark.parametrize("term", [1, DAY, MAX_TERM])
def test_ends_the_term_after_its_start(desk, term):
    held = desk.accept(term=term)
    assert held.state.end == held.state.start + term


@pytest.mark.law6
@pytest.mark.boundary
def test_takes_an_end_in_the_last_second_there_is(desk):
    assert desk.accept(start=FAR - DAY, term=DAY).state.end == FAR


@pytest.mark.law7
@pytest.mark.boundary
@pytest.mark.parametrize(
    ("second", "live"), [(-1, False), (0, True), (DAY - 1, True), (DAY, False)]
)
def test_is_live_from_start_to_end(desk, second, live):
    held = desk.accept(start=now() + DAY, term=DAY)
    wait_until(held.start + second)
    assert desk.licenses.isLive(held.id, 0) is live


@pytest.mark.law5
@pytest.mark.boundary
@pytest.mark.parametrize("uses", [1, 1 << 31, 2**32 - 1])
def test_grants_the_uses_that_were_signed(desk, uses):
    act(desk, "Policy", uses=2**32 - 1).send()
    assert desk.accept(uses=uses).state.uses == uses


@pytest.mark.law5
@pytest.mark.boundary
@pytest.mark.parametrize("markets", [1, 1 << 248, 2**249 - 1, 1 << 255, 2**256 - 1])
def test_grants_the_markets_that_were_signed(desk, markets):
    assert desk.accept(markets=markets).state.markets == markets


@pytest.mark.law5
@pytest.mark.boundary
@pytest.mark.parametrize("quota", [1, 2**32 - 1])
def test_grants_the_images_that_were_signed(desk, quota):
    assert desk.accept(quota=quota).state.imagesLeft == quota


@pytest.mark.law14
@pytest.mark.boundary
@pytest.mark.parametrize("deposit", [0, MOST // 2, MOST])
def test_takes_the_greatest_fee_there_is(desk, deposit):
    assert desk.accept(fee=MOST, committed=0, deposit=deposit).state.deposited == deposit


@pytest.mark.law14
@pytest.mark.boundary
@pytest.mark.parametrize(
    ("deposit", "seconds", "images"),
    [(300, 300, 3), (309, 309, 3), (310, 310, 3), (333, 333, 3), (334, 334, 3), (999, 999, 9)],
)
def test_covers_whole_seconds_and_whole_images(desk, deposit, seconds, images):
    state = desk.accept(fee=1000, committed=300, term=1000, quota=10, deposit=deposit).state
    assert (state.paidThrough - state.start, state.imagesLeft) == (seconds, images)


@pytest.mark.law14
@pytest.mark.boundary
@pytest.mark.parametrize("exclusive", [False, True])
def test_without_a_fee_everything_is_covered(desk, exclusive):
    state = desk.accept(fee=0, committed=0, exclusive=exclusive).state
    assert (state.paidThrough, state.imagesLeft) == (state.end, 100)


@pytest.mark.law10
@pytest.mark.boundary
def test_without_a_deposit_no_token_is_asked(desk):
    terms, signature = offer(desk, fee=1000, committed=0, currency=ZERO)
    tx = accept(desk, terms, signature, deposit=0)
    assert tx.events["LicenseGranted"]["deposited"] == 0


@pytest.mark.law14
@pytest.mark.boundary
@pytest.mark.parametrize("committed", [0, 1000])
def test_commits_nothing_or_all_of_the_fee(desk, committed):
    held = desk.accept(fee=1000, committed=committed, deposit=committed)
    assert held.state.deposited == committed


@pytest.mark.law5
def test_equal_terms_are_kept_apart_by_their_reference(desk):
    assert desk.accept(ref=b"1" * 32).id != desk.accept(ref=b"2" * 32).id


@pytest.mark.law5
def test_a_wallet_that_approves_on_chain_may_leave_the_signature_empty(desk, hm):
    """As a Safe does, whoever sends what it approved."""
    wallet = OddWallet.deploy(APPROVED, {"from": desk.relay})
    consent = act(desk, "Consent", owner=wallet.address)
    twin = desk.twins.twinIdOf(consent.values)
    policy = act(desk, "Policy", twinId=twin, nonce=0)
    for signed_by_wallet in (consent, policy):
        wallet.approveHash(signed_by_wallet.digest(), {"from": desk.relay})
        signed_by_wallet.send(signature=b"")
    terms = desk.terms(twinId=twin)
    license_id = desk.licenses.licenseIdOf(terms)
    with reverts_with("SignatureInvalid", wallet):
        accept(desk, terms, b"")
    wallet.approveHash(license_id.to_bytes(32, "big"), {"from": desk.relay})
    accept(desk, terms, b"")

    assert desk.licenses.ownerOf(license_id) == hm


@pytest.mark.law5
def test_the_model_may_license_her_own_twin_without_a_signature(desk, model, relay):
    relay.transfer(model, "1 ether")
    terms = desk.terms(licensee=model.address, fee=0, committed=0)
    accept(desk, terms, b"", by=model)
    assert desk.licenses.ownerOf(desk.licenses.licenseIdOf(terms)) == model


@pytest.mark.law5
def test_numbers_a_set_of_markets_once(desk, lone):
    assert "MarketSetNumbered" in lone.granting.events
    assert "MarketSetNumbered" not in desk.accept().granting.events


@pytest.mark.law5
def test_numbers_sets_of_markets_in_order(desk):
    events = [desk.accept(markets=m).granting.events["MarketSetNumbered"] for m in (1, 2, 3)]
    assert [dict(event) for event in events] == [
        {"number": number, "markets": number} for number in (1, 2, 3)
    ]


@pytest.mark.law5
def test_counts_the_licenses_of_a_licensee(desk, hm):
    desk.accept()
    desk.accept()
    assert desk.licenses.balanceOf(hm) == 2


@pytest.mark.law8
def test_enters_the_conflict_book(desk, lone):
    granted, exclusives = desk.licenses.bookOf(desk.twin, 0)
    assert (granted != 0, len(exclusives)) == (True, 0)
