"""Ids and digests: what any wallet computes from the words it shows (laws 1, 3, 5)."""

from __future__ import annotations

from dataclasses import replace

import brownie
import pytest
from brownie import web3
from eth_account import Account
from eth_utils import keccak

from tests.contracts.grant.booking import amended, booking
from tests.contracts.support.acts import FIELDS, act
from tests.contracts.support.clock import wait_until
from tests.contracts.support.desk import MODEL_KEY, PAY_FIELDS, SCOPE_FIELDS
from tests.contracts.support.keys import GUARDIAN_KEY, address_of
from tests.contracts.support.reverts import reverts_with
from tests.contracts.support.typed import typed, typed_digest

MEMO = (
    "I license my digital twin to H&M, for 90 days, in Sweden, for 9,000 dollars. – Ja, jag vill."
)
MEMO_HASH = keccak(text=MEMO)
NAMES = {"twins": "TwinRights Twin", "licenses": "TwinRights License"}


def shown(desk, kind, message, *, contract="licenses", chain_id=None):
    """What a wallet shows and signs."""
    place = {"contract": getattr(desk, contract), "chain_id": chain_id or web3.eth.chain_id}
    return typed(kind, message, name=NAMES[contract], **place)


def sign(message):
    return bytes(Account.sign_message(message, MODEL_KEY).signature)


def spoken(fields, values):
    """Values by name, the memo as the sentence that it is the hash of."""
    return dict(zip(fields, values, strict=True)) | {"memo": MEMO}


def shares_shown(shares):
    return [dict(zip(("payee", "bps", "role"), share, strict=True)) for share in shares]


def terms_shown(terms):
    return {
        "scope": spoken(SCOPE_FIELDS, terms[0]),
        "pay": dict(zip(PAY_FIELDS, terms[1], strict=True)),
        "shares": shares_shown(terms[2]),
    }


def card_shown(draft):
    """The card that a booking's terms and prices make, as its owner read it."""
    scope, pay = terms_shown(draft.terms)["scope"], terms_shown(draft.terms)["pay"]
    names = ("licensee", "serial", "dayRate", "imageRate", "exclusiveFactor", "minDays", "maxDays")
    prices = dict(zip((*names, "maxQuota", "leadTime"), draft.prices[:9], strict=True))
    of_scope = ("memo", "epoch", "validUntil", "category", "notice", "agreement")
    return {
        **{name: scope[name] for name in of_scope},
        **{name: pay[name] for name in ("twinId", "currency")},
        **prices,
        "floor": pay["committed"],
        "uses": [{"use": use, "weight": weight} for use, weight in draft.prices[9]],
        "markets": [{"markets": m, "weight": weight} for m, weight in draft.prices[10]],
        "shares": shares_shown(draft.terms[2]),
    }


@pytest.fixture
def terms(desk):
    return desk.terms(memo=MEMO_HASH, agreement=b"a" * 32, ref=b"r" * 32)


@pytest.mark.law1
def test_the_id_of_a_twin_is_the_digest_of_its_consent(desk):
    consent = act(desk, "Consent", memo=MEMO_HASH)
    names = [field.split()[1] for field in FIELDS["Consent"].split(",")]
    message = shown(desk, "Consent", spoken(names, consent.values), contract="twins")
    assert desk.twins.twinIdOf(consent.values) == int.from_bytes(typed_digest(message), "big")


@pytest.mark.law5
def test_the_id_of_a_license_is_the_digest_of_its_terms(desk, terms):
    message = shown(desk, "Terms", terms_shown(terms))
    assert desk.licenses.licenseIdOf(terms) == int.from_bytes(typed_digest(message), "big")


@pytest.mark.law5
@pytest.mark.boundary
@pytest.mark.parametrize("count", [0, 1, 15])
def test_shares_are_hashed_as_a_list_of_structs(desk, terms, count):
    shares = [("0x" + f"{number + 1:040x}", number + 1, number) for number in range(count)]
    whole = amended(terms, shares=shares)
    message = shown(desk, "Terms", terms_shown(whole))
    assert desk.licenses.licenseIdOf(whole) == int.from_bytes(typed_digest(message), "big")


@pytest.mark.law5
@pytest.mark.boundary
@pytest.mark.parametrize("uses", [0, 1, 32])
@pytest.mark.parametrize("markets", [0, 1, 9])
def test_the_digest_of_a_card_is_what_its_owner_read(desk, uses, markets):
    prices = {
        "uses": [(use, use + 1) for use in range(uses)],
        "markets": [(1 << group, group + 1) for group in range(markets)],
    }
    draft = booking(desk, memo=MEMO_HASH, fee=10**12, prices=prices)
    assert draft.digest == typed_digest(shown(desk, "RateCard", card_shown(draft)))


@pytest.mark.law1
def test_a_wallet_that_shows_words_signs_a_consent(desk, model):
    consent = act(desk, "Consent", memo=MEMO_HASH)
    names = [field.split()[1] for field in FIELDS["Consent"].split(",")]
    message = shown(desk, "Consent", spoken(names, consent.values), contract="twins")
    consent.send(signature=sign(message))
    assert desk.twins.ownerOf(desk.twins.twinIdOf(consent.values)) == model


@pytest.mark.law3
@pytest.mark.parametrize("kind", ["Policy", "EpochRaise", "SerialRaise", "Revocation"])
def test_a_wallet_that_shows_words_signs_an_act(desk, kind):
    whole = act(desk, kind, memo=MEMO_HASH)
    names = [field.split()[1] for field in FIELDS[kind].split(",")]
    contract = "licenses" if kind == "Revocation" else "twins"
    message = shown(desk, kind, spoken(names, whole.values), contract=contract)
    assert whole.send(signature=sign(message)).status == 1


@pytest.mark.law5
def test_a_wallet_that_shows_words_signs_an_offer(desk, terms, hm):
    signature = sign(shown(desk, "Terms", terms_shown(terms)))
    desk.licenses.accept(terms, signature, terms[1][2], [], {"from": hm})
    assert desk.licenses.balanceOf(hm) == 1


@pytest.mark.law5
def test_a_wallet_that_shows_words_signs_a_card(desk):
    draft = booking(desk, memo=MEMO_HASH)
    signature = sign(shown(desk, "RateCard", card_shown(draft)))
    assert replace(draft, signature=signature).send().state.isBooking


@pytest.mark.law9
@pytest.mark.parametrize(
    ("kind", "deed"), [("Notice", "giveNotice"), ("LapseEnd", "endLapsed"), ("Decline", "decline")]
)
def test_a_wallet_that_shows_words_signs_an_ending(desk, kind, deed):
    unpaid = {"committed": 0, "deposit": 0}
    held = desk.accept(**unpaid) if kind == "LapseEnd" else booking(desk).send()
    ending = {"memo": MEMO, "licenseId": held.id, "nonce": 1, "deadline": 2**40 - 1}
    values = (MEMO_HASH, *list(ending.values())[1:])
    signature = sign(shown(desk, kind, ending))
    if kind == "LapseEnd":
        wait_until(held.start + 7 * 86_400 + 1)
    whole = (values, held.scope, held.pay, held.shares_hash, signature)
    assert getattr(desk.licenses, deed)(*whole, {"from": desk.relay}).status == 1


@pytest.mark.law5
@pytest.mark.parametrize("field", [*SCOPE_FIELDS, *PAY_FIELDS])
def test_every_field_of_the_terms_is_in_the_id(desk, terms, field):
    before = dict(zip((*SCOPE_FIELDS, *PAY_FIELDS), (*terms[0], *terms[1]), strict=True))[field]
    after = {bytes: b"z" * 32, str: "0x" + "9" * 40, bool: not before}.get(type(before))
    after = before ^ 1 if after is None else after
    changed = amended(terms, **{field: after})
    assert desk.licenses.licenseIdOf(changed) != desk.licenses.licenseIdOf(terms)


@pytest.mark.law5
def test_two_contracts_give_two_ids(desk, terms):
    other = brownie.TwinLicense.deploy(desk.twins, desk.token, {"from": desk.relay})
    assert other.licenseIdOf(terms) != desk.licenses.licenseIdOf(terms)


@pytest.mark.law5
@pytest.mark.refusal
def test_an_offer_is_good_in_one_contract_only(desk, terms, model, hm):
    other = brownie.TwinLicense.deploy(desk.twins, desk.token, {"from": desk.relay})
    desk.token.approve(other, 2**256 - 1, {"from": hm})
    signature = sign(shown(desk, "Terms", terms_shown(terms)))
    with reverts_with("SignatureInvalid", model):
        other.accept(terms, signature, terms[1][2], [], {"from": hm})


@pytest.mark.law5
@pytest.mark.refusal
def test_a_card_is_good_in_one_contract_only(desk, hm, model):
    other = brownie.TwinLicense.deploy(desk.twins, desk.token, {"from": desk.relay})
    desk.token.approve(other, 2**256 - 1, {"from": hm})
    draft = booking(desk)
    elsewhere = draft.but(card=bytes(other.cardDigestOf(draft.terms, draft.prices)))
    whole = (elsewhere.terms, draft.prices, draft.signature, draft.fee, [])
    with reverts_with("SignatureInvalid", model):
        other.book(*whole, {"from": hm})


@pytest.mark.law5
@pytest.mark.refusal
def test_an_offer_is_good_on_one_chain_only(desk, terms, model, hm):
    message = shown(desk, "Terms", terms_shown(terms), chain_id=web3.eth.chain_id + 1)
    with reverts_with("SignatureInvalid", model):
        desk.licenses.accept(terms, sign(message), terms[1][2], [], {"from": hm})


@pytest.fixture
def on_a_fork(desk):
    """From now on the chain has another number, as a fork of it would."""
    number = web3.eth.chain_id
    yield lambda: web3.provider.make_request("anvil_setChainId", [number + 1])
    web3.provider.make_request("anvil_setChainId", [number])


@pytest.mark.law5
@pytest.mark.refusal
def test_a_fork_makes_unused_offers_void(desk, terms, model, hm, on_a_fork):
    signature = sign(shown(desk, "Terms", terms_shown(terms)))
    on_a_fork()
    with reverts_with("SignatureInvalid", model):
        desk.licenses.accept(terms, signature, terms[1][2], [], {"from": hm})


@pytest.mark.law5
@pytest.mark.refusal
def test_a_fork_does_not_grant_the_same_terms_again(desk, terms, hm, on_a_fork):
    whole = (terms[1][2], [], {"from": hm})
    desk.licenses.accept(terms, sign(shown(desk, "Terms", terms_shown(terms))), *whole)
    on_a_fork()
    license_id = desk.licenses.licenseIdOf(terms)
    with reverts_with("LicenseExists", license_id):
        signature = sign(shown(desk, "Terms", terms_shown(terms)))
        desk.licenses.accept(terms, signature, *whole)


@pytest.mark.law5
@pytest.mark.law1
@pytest.mark.refusal
def test_a_consent_makes_no_second_twin_on_a_fork(desk, hm, on_a_fork):
    on_a_fork()
    with reverts_with("TwinExists", desk.twin):
        desk.twins.mint(desk.consents[desk.twin], b"", {"from": hm})


@pytest.mark.law2
def test_a_guardian_is_proven_on_a_fork(desk, on_a_fork):
    on_a_fork()
    consent = desk.consents[desk.twin]
    assert desk.twins.guardianOf(desk.twin, consent) == address_of(GUARDIAN_KEY)


def test_a_license_keeps_its_id_on_a_fork(desk, lone, on_a_fork):
    on_a_fork()
    assert desk.licenses.licenseIdOf(lone.terms) == lone.id


@pytest.mark.law12
def test_the_money_of_a_license_is_found_on_a_fork(lone, on_a_fork):
    on_a_fork()
    assert lone.earned(lone.end) == lone.fee


def test_licenses_tell_whose_twins_they_are_of(desk):
    assert desk.licenses.TWINS() == desk.twins


@pytest.mark.law1
@pytest.mark.parametrize("contract", ["twins", "licenses"])
def test_each_contract_tells_its_domain(desk, contract):
    told = getattr(desk, contract).eip712Domain()
    assert (told[1], told[2], told[3]) == (NAMES[contract], "1", web3.eth.chain_id)
    assert told[4] == getattr(desk, contract)


DIRTY = {
    "licensee": 160,
    "epoch": 32,
    "validUntil": 40,
    "start": 40,
    "category": 8,
    "exclusive": 1,
    "uses": 32,
    "notice": 32,
    "currency": 160,
    "fee": 96,
    "committed": 96,
    "term": 32,
    "quota": 32,
}


@pytest.mark.law5
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("field", [None, *DIRTY])
def test_a_word_that_its_field_cannot_hold_is_refused(desk, model, field):
    """The owner is her own licensee, so no signature is in the way; Solidity gives no reason."""
    terms = desk.terms(licensee=model.address, fee=0, committed=0)
    data = desk.licenses.accept.encode_input(terms, b"", 0, [])
    if field:
        # after the selector four words of heads, then the terms: a word for each field
        at = len("0x") + 8 + 64 * (4 + (*SCOPE_FIELDS, *PAY_FIELDS).index(field))
        word = int(data[at : at + 64], 16) | 1 << DIRTY[field]
        data = data[:at] + f"{word:064x}" + data[at + 64 :]
    call = {"from": model.address, "to": desk.licenses.address, "data": data}
    answer = web3.provider.make_request("eth_call", [call, "latest"])
    if field:
        assert answer["error"]["data"] == "0x"
    else:
        assert int(answer["result"], 16) == desk.licenses.licenseIdOf(terms)
