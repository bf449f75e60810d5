"""Every digest is the contract's, every signed act is taken by it, every EIP-712 wallet agrees."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import pytest
from eth_account.messages import encode_typed_data
from eth_utils import keccak, to_checksum_address
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.client.deployed import deployed
from tests.client.grants import authority, granted, on_chain, send, signed, twin
from tests.client.samples import (
    DAY,
    FAR,
    HM,
    MODEL,
    SHARES,
    STRANGER,
    TWIN_ID,
    card,
    consent,
    offer,
    one_of_each,
    policy,
    worded,
)
from twinrights.booking import booking_terms
from twinrights.errors import BadValue, NotBooking, NotLapsed, SignatureInvalid, SignatureRevoked
from twinrights.terms import (
    Decline,
    EpochRaise,
    Flag,
    GuardianChange,
    LapseEnd,
    Move,
    MoveDrop,
    Notice,
    Revocation,
    SerialRaise,
    Share,
    Terms,
)
from twinrights.typed_data import (
    card_digest,
    digest,
    is_of_twin,
    kind_of,
    memo_of,
    pay_hash,
    prices_abi,
    scope_hash,
    scope_hash_of,
    shares_hash,
    to_abi,
    typed_data,
    with_memo,
)

PLACE = {"chain_id": 1337, "contract": "0x" + "C0" * 20}
KINDS = list(one_of_each())

uint = {bits: st.integers(0, 2**bits - 1) for bits in (8, 16, 32, 40, 96, 256)}
hashes = st.binary(min_size=32, max_size=32)
addresses = st.binary(min_size=20, max_size=20).map(lambda raw: f"0x{raw.hex()}")
texts = st.text(st.characters(blacklist_categories=["Cs"]), max_size=60)


@st.composite
def any_terms(draw):
    shares = st.builds(Share, addresses, uint[16], uint[8])
    return offer(
        memo=draw(texts), licensee=draw(addresses), epoch=draw(uint[32]),
        valid_until=draw(uint[40]), start=draw(uint[40]), category=draw(uint[8]),
        exclusive=draw(st.booleans()), uses=draw(uint[32]), markets=draw(uint[256]),
        notice=draw(uint[32]), agreement=draw(hashes), card=draw(hashes), ref=draw(hashes),
        twin_id=draw(uint[256]), currency=draw(addresses), fee=draw(uint[96]),
        committed=draw(uint[96]), term=draw(uint[32]), quota=draw(uint[32]),
        shares=tuple(draw(st.lists(shares, max_size=4))),
    )  # fmt: skip


class TestAgainstTheContracts:
    @pytest.mark.law1
    def test_a_consents_digest_is_its_twins_id(self):
        message = worded(consent(guardian=STRANGER.address))

        told = deployed().twins.functions.twinIdOf(to_abi(message)).call()
        assert digest(message, **deployed().of_twins) == told.to_bytes(32, "big")

    @pytest.mark.law5
    @settings(max_examples=40, deadline=None)
    @given(terms=any_terms())
    def test_terms_digest_is_their_licenses_id_whatever_they_say(self, terms):
        told = deployed().licenses.functions.licenseIdOf(to_abi(terms)).call()

        assert digest(terms, **deployed().of_licenses) == told.to_bytes(32, "big")

    @pytest.mark.law5
    @settings(max_examples=20, deadline=None)
    @given(quota=st.integers(1, 80), days=st.integers(7, 365), shares=st.permutations(SHARES))
    def test_a_cards_digest_is_what_booking_and_prices_make_together(self, quota, days, shares):
        message = worded(card(shares=tuple(shares)))
        terms = booking_terms(
            message, licensee=HM.address, start=FAR - 500 * DAY, days=days, uses=0b101,
            markets=message.markets[0].markets, quota=quota, **deployed().of_licenses,
        )  # fmt: skip

        view = deployed().licenses.functions.cardDigestOf
        told = view(to_abi(terms), prices_abi(message)).call()
        assert card_digest(message, **deployed().of_licenses) == told == terms.scope.card

    def test_hashes_of_parts_find_the_license(self):
        found = granted(offer(start=0, ref=b"\x01" * 32))
        scope, pay, shares = found.terms.scope, found.terms.pay, found.terms.shares

        view = deployed().licenses.functions.earned
        told = view(scope_hash(scope), to_abi(found.terms)[1], shares_hash(shares), FAR).call()
        assert told == pay.fee

    def test_parts_make_the_whole(self):
        terms = worded(offer())
        parts = scope_hash(terms.scope) + pay_hash(terms.pay) + shares_hash(terms.shares)
        types = "Terms(Scope scope,Pay pay,Share[] shares)" + "".join(
            f"{name}({','.join(' '.join((f['type'], f['name'])) for f in fields)})"
            for name, fields in typed_data(terms, **PLACE)["types"].items()
            if name in ("Pay", "Scope", "Share")
        )

        struct = keccak(keccak(text=types) + parts)
        assert digest(terms, **PLACE) == keccak(b"\x19\x01" + domain_separator(terms) + struct)

    def test_a_scope_is_hashed_from_the_hash_of_its_memo_alone(self):
        scope = worded(offer()).scope

        unknown = replace(scope, memo="")
        assert scope_hash_of(keccak(text=scope.memo), unknown) == scope_hash(scope)


def domain_separator(message) -> bytes:
    return encode_typed_data(full_message=typed_data(message, **PLACE)).header


@cache
def booked():
    """A booking that has not started, and the card that it was made from."""
    rates = on_card(lead_time=0)
    terms = booking_terms(
        rates.message, licensee=HM.address, start=deployed().clock.now() + 40 * DAY, days=30,
        uses=0b11, markets=rates.message.markets[0].markets, quota=5, **deployed().of_licenses,
    )  # fmt: skip
    deed = to_abi(terms), prices_abi(rates.message), rates.signature, terms.pay.fee, []
    send("book", *deed, payer=HM)
    return terms, int.from_bytes(digest(terms, **deployed().of_licenses), "big")


def on_card(**changes):
    whole = card(
        twin_id=twin(), currency=deployed().dollar, epoch=authority()[1], valid_until=FAR,
        **changes,
    )  # fmt: skip
    return signed(whole)


def end(name, act, terms):
    paper = signed(act)
    scope, pay, _ = to_abi(terms)
    send(name, to_abi(paper.message), scope, pay, shares_hash(terms.shares), paper.signature)


class TestEveryActIsTakenByItsContract:
    """What the model signed through the client, sent by somebody else."""

    @pytest.mark.law4
    def test_consent_and_policy(self):
        owner, _, _, _, uses, categories, least_bps = authority()

        assert owner == MODEL.address
        assert (uses, categories, least_bps) == (2**20 - 1, 2**28 - 1, 5_000)

    @pytest.mark.law3
    def test_raise_of_the_epoch(self):
        _, epoch, nonce, *_ = authority()
        first_of_next = (nonce | 0xFFFF) + 1
        paper = signed(EpochRaise("", twin(), nonce, FAR))

        send("raiseEpoch", to_abi(paper.message), paper.signature, twins=True)
        assert tuple(authority()[1:3]) == (epoch + 1, first_of_next)

    @pytest.mark.law3
    def test_raise_of_the_least_serial(self):
        _, _, nonce, least, *_ = authority()
        paper = signed(SerialRaise("", twin(), least + 1, nonce, FAR))

        send("raiseLeastSerial", to_abi(paper.message), paper.signature, twins=True)
        assert authority()[3] == least + 1

    @pytest.mark.law2
    def test_change_of_the_guardian(self):
        nonce = authority()[2]
        paper = signed(GuardianChange("", twin(), MODEL.address, nonce, FAR))
        send("setGuardian", to_abi(paper.message), paper.signature, twins=True)
        assert authority()[2] == nonce + 1

    @pytest.mark.law2
    def test_move_and_drop(self):
        nonce = authority()[2]
        paper = signed(Move("", twin(), MODEL.address, nonce, FAR))
        send("proposeMove", to_abi(paper.message), *[paper.signature] * 2, twins=True)
        paper = signed(MoveDrop("", twin(), nonce + 1, FAR))
        send("dropMove", to_abi(paper.message), paper.signature, twins=True)
        assert authority()[2] == nonce + 2

    def test_flag(self):
        nonce = authority()[2]
        paper = signed(Flag("", twin(), 7, b"\x07" * 32, nonce, FAR))
        send("flag", to_abi(paper.message), paper.signature, twins=True)
        assert authority()[2] == nonce + 1

    @pytest.mark.law5
    def test_offer(self):
        found = granted(offer(start=0, ref=b"\x02" * 32))

        owner = deployed().licenses.functions.ownerOf(found.license_id).call()
        assert owner == HM.address

    @pytest.mark.law5
    def test_rate_card(self):
        terms, license_id = booked()

        found = deployed().licenses.functions.licenseOf(license_id).call()
        assert (found[0], found[1], found[4]) == (HM.address, terms.scope.start, terms.pay.fee)

    @pytest.mark.law6
    def test_decline(self):
        terms, license_id = booked()

        end("decline", Decline("", license_id, authority()[2], FAR), terms)
        assert deployed().licenses.functions.licenseOf(license_id).call()[-1] is True

    @pytest.mark.law9
    def test_notice(self):
        found = granted(offer(start=0, ref=b"\x03" * 32))

        end("giveNotice", Notice("", found.license_id, authority()[2], FAR), found.terms)
        assert deployed().licenses.functions.licenseOf(found.license_id).call()[-2] is True

    @pytest.mark.law9
    def test_end_of_a_lapsed_license(self):
        unpaid = offer(start=0, fee=9 * 10**6, committed=0, term=9 * DAY, ref=b"\x04" * 32)
        found = granted(unpaid, deposit=0)
        deployed().clock.advance(8 * DAY)

        end("endLapsed", LapseEnd("", found.license_id, authority()[2], FAR), found.terms)
        _, _, now_ends, *_ = deployed().licenses.functions.licenseOf(found.license_id).call()
        assert now_ends == deployed().clock.now()

    @pytest.mark.law3
    def test_revocation(self):
        paper = signed(on_chain(offer(start=0, ref=b"\x05" * 32)))
        act = signed(Revocation("", twin(), paper.digest, FAR))

        send("revoke", to_abi(act.message), act.signature)
        with pytest.raises(SignatureRevoked) as refused:
            send(
                "accept", to_abi(paper.message), paper.signature, paper.message.pay.fee, [],
                payer=HM,
            )  # fmt: skip
        assert refused.value.digest == paper.digest

    @pytest.mark.law3
    @pytest.mark.refusal
    def test_one_act_is_not_another_with_the_same_fields(self):
        """Notice, end of a lapse and decline hold the same; their types keep them apart."""
        found = granted(offer(start=0, ref=b"\x06" * 32))
        fields = "", found.license_id, authority()[2], FAR
        scope, pay, _ = to_abi(found.terms)
        rest = scope, pay, shares_hash(found.terms.shares)
        notice = signed(Notice(*fields))

        for name in ("endLapsed", "decline"):
            with pytest.raises(SignatureInvalid):
                send(name, to_abi(notice.message), *rest, notice.signature)
        for name, act, error in (
            ("endLapsed", LapseEnd(*fields), NotLapsed),
            ("decline", Decline(*fields), NotBooking),
        ):
            with pytest.raises(error):
                end(name, act, found.terms)


class TestAgainstOtherWallets:
    @pytest.mark.parametrize("kind", KINDS)
    def test_digest_is_that_of_the_json_that_a_wallet_gets(self, kind):
        message = worded(one_of_each()[kind])
        text = json.dumps(typed_data(message, **PLACE))

        theirs = encode_typed_data(full_message=json.loads(text))
        assert keccak(b"\x19" + theirs.version + theirs.header + theirs.body) == digest(
            message, **PLACE
        )

    @settings(max_examples=40, deadline=None)
    @given(terms=any_terms())
    def test_digest_is_that_of_the_json_whatever_terms_say(self, terms):
        theirs = encode_typed_data(full_message=typed_data(terms, **PLACE))

        ours = digest(terms, **PLACE)
        assert ours == keccak(b"\x19" + theirs.version + theirs.header + theirs.body)

    @pytest.mark.parametrize("kind", KINDS)
    def test_the_memo_is_the_first_thing_to_read(self, kind):
        message = typed_data(worded(one_of_each()[kind]), **PLACE)["message"]

        first = next(iter(message.values()))
        if kind == "offer":
            first = next(iter(first.values()))
        assert first == memo_of(worded(one_of_each()[kind]))

    @pytest.mark.parametrize("kind", KINDS)
    def test_names_contract_and_chain(self, kind):
        message = one_of_each()[kind]
        name = "TwinRights Twin" if is_of_twin(message) else "TwinRights License"

        assert typed_data(message, **PLACE)["domain"] == {
            "name": name,
            "version": "1",
            "chainId": 1337,
            "verifyingContract": to_checksum_address(PLACE["contract"]),
        }

    def test_integers_that_javascript_would_round_are_text(self):
        message = typed_data(offer(), **PLACE)["message"]

        assert message["pay"]["twinId"] == str(TWIN_ID)
        assert message["pay"]["fee"] == "5000000000"
        assert message["scope"]["validUntil"] == offer().scope.valid_until


class TestDigest:
    @pytest.mark.parametrize("kind", KINDS)
    def test_differs_by_chain_by_contract_and_by_memo(self, kind):
        message = one_of_each()[kind]

        there = digest(message, **PLACE)
        assert there != digest(message, **{**PLACE, "chain_id": 1})
        assert there != digest(message, **{**PLACE, "contract": "0x" + "C1" * 20})
        assert there != digest(with_memo(message, "another"), **PLACE)

    def test_does_not_depend_on_how_an_address_is_written(self):
        upper, lower = offer(licensee=HM.address), offer(licensee=HM.address.lower())

        assert digest(upper, **PLACE) == digest(lower, **PLACE)

    def test_depends_on_the_order_of_shares(self):
        assert shares_hash(SHARES) != shares_hash(SHARES[::-1])
        assert shares_hash(()) == keccak(b"")

    @pytest.mark.refusal
    @pytest.mark.parametrize(
        ("message", "sentence"),
        [
            (offer(fee=2**96), f"fee: {2**96} is not within 0 to 2^96 - 1."),
            (offer(epoch=-1), "epoch: -1 is not within 0 to 2^32 - 1."),
            (offer(start=2**40), f"start: {2**40} is not within 0 to 2^40 - 1."),
            (offer(licensee="hm"), "licensee: 'hm' is not an address, or was mistyped."),
            (offer(ref=b"r1"), "ref: it must have 32 bytes, not 2."),
            (offer(shares=(Share(HM.address, 65_536, 1),)),
             "bps: 65536 is not within 0 to 2^16 - 1."),
            (policy(uses=2**32), f"uses: {2**32} is not within 0 to 2^32 - 1."),
        ],
    )  # fmt: skip
    def test_refuses_a_value_that_does_not_fit_its_field(self, message, sentence):
        for refuse in (digest, typed_data):
            with pytest.raises(BadValue) as refused:
                refuse(message, **PLACE)
            assert str(refused.value) == sentence


class TestAbi:
    def test_is_nested_as_the_structs_are_and_hashes_the_memo(self):
        terms = worded(offer())

        scope, pay, shares = to_abi(terms)
        assert scope[:2] == (keccak(text=terms.scope.memo), HM.address)
        assert pay[:2] == (TWIN_ID, terms.pay.currency)
        assert shares == [(share.payee, share.bps, share.role) for share in SHARES]

    @pytest.mark.refusal
    def test_no_contract_takes_a_whole_rate_card(self):
        with pytest.raises(TypeError, match="no contract takes a whole rate card"):
            to_abi(card())


def test_each_message_has_a_kind_of_its_own():
    assert {kind_of(message): kind for kind, message in one_of_each().items()} == {
        kind: kind for kind in KINDS
    }


def test_a_memo_is_put_where_the_message_has_it():
    for message in one_of_each().values():
        changed = with_memo(message, "words")
        assert memo_of(changed) == "words"
        assert with_memo(changed, "") == message
    assert isinstance(with_memo(offer(), "words"), Terms)
