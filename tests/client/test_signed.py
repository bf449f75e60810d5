"""A signed file holds exactly one message of ours and its signature, and comes back as it went."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest
from eth_account import Account
from hypothesis import given
from hypothesis import strategies as st

from tests.client.samples import HM, MODEL, STRANGER, TUSD, card, offer, one_of_each, worded
from twinrights.errors import BadSignedFile, BadValue, FileMissing, NotSigned, SignerDiffers
from twinrights.typed_data import Signed, digest, kind_of, recover, require_signer

PLACE = {"chain_id": 1337, "contract": "0xC0C0c0c0C0C0c0c0c0C0c0C0C0C0C0C0C0C0c0c0"}
KINDS = list(one_of_each())


def draft(message) -> Signed:
    return Signed(message, b"", **PLACE)


@pytest.fixture(scope="module")
def paper() -> Signed:
    return MODEL.sign(worded(offer()), currencies=[TUSD], **PLACE)


class TestFile:
    @pytest.mark.parametrize("kind", KINDS)
    def test_comes_back_as_it_went(self, kind, tmp_path):
        signed = MODEL.sign(worded(one_of_each()[kind]), currencies=[TUSD], **PLACE)

        file = signed.save(tmp_path / "paper.json")
        assert Signed.load(file) == signed
        assert Signed.from_json(json.loads(json.dumps(signed.to_json()))) == signed

    def test_without_a_signature_says_null(self):
        unsigned = draft(worded(offer()))

        assert unsigned.to_json()["signature"] is None
        assert Signed.from_json(unsigned.to_json()) == unsigned

    def test_says_what_it_is_and_what_is_signed(self, paper):
        data = paper.to_json()

        assert list(data) == ["twinrights", "kind", "typed_data", "signature"]
        assert (data["twinrights"], data["kind"]) == (1, "offer")
        assert data["typed_data"] == paper.typed_data
        assert data["signature"] == f"0x{paper.signature.hex()}"

    def test_is_readable_by_people_who_write_with_accents(self, tmp_path):
        file = draft(worded(offer())).save(tmp_path / "paper.json")

        assert "0xa1b2c3d4…beef" in file.read_text(encoding="utf-8")

    def test_can_be_signed_by_any_wallet_and_brought_back(self):
        account = Account.create()
        unsigned = draft(worded(card()))

        theirs = account.sign_typed_data(full_message=json.loads(json.dumps(unsigned.typed_data)))
        back = unsigned.with_signature(bytes(theirs.signature))
        assert recover(back) == account.address

    @pytest.mark.refusal
    def test_that_is_not_there_is_named(self, tmp_path):
        with pytest.raises(FileMissing) as refused:
            Signed.load(tmp_path / "gone.json")
        assert refused.value.path == str(tmp_path / "gone.json")

    @pytest.mark.refusal
    @pytest.mark.parametrize("text", ["", "{", "\xff", "[" * 5_000, "1" * 5_000])
    def test_that_is_not_json_is_named(self, text, tmp_path):
        file = tmp_path / "paper.json"
        file.write_text(text, encoding="latin-1")

        with pytest.raises(BadSignedFile) as refused:
            Signed.load(file)
        assert refused.value.problem == "it is not JSON"
        assert str(refused.value).startswith(f"{file} is not a signed file that will do: ")


def changed(data, path, value):
    """A copy of the file's object with another value at a path; None takes the key away."""
    data = deepcopy(data)
    *way, last = path
    inner = data
    for key in way:
        inner = inner[key]
    if value is None:
        del inner[last]
    else:
        inner[last] = value
    return data


MESSAGE = ("typed_data", "message")
SCOPE, PAY = (*MESSAGE, "scope"), (*MESSAGE, "pay")
DOMAIN = ("typed_data", "domain")

HOLDS = "file: it must hold kind, signature, twinrights, typed_data and nothing else"

BAD = [
    (("twinrights",), 2, "twinrights: it is not 1: bring a draft, or what `sign` wrote"),
    (("twinrights",), None, "twinrights: it is not 1: bring a draft, or what `sign` wrote"),
    (("kind",), "ratecard", "kind: it says 'ratecard' and holds a message of 'offer'"),
    (("kind",), None, HOLDS),
    (("more",), 1, HOLDS),
    (("signature",), "12", "signature: it must be hexadecimal, 0x first, or null"),
    (("signature",), "0x123", "signature: it must be hexadecimal, 0x first, or null"),
    (("signature",), 5, "signature: it must be hexadecimal, 0x first, or null"),
    (("typed_data", "primaryType"), "Permit",
     "primaryType: 'Permit' is no message of TwinRights"),
    (("typed_data", "primaryType"), "Share", "primaryType: 'Share' is no message of TwinRights"),
    (("typed_data", "primaryType"), "RateCard", "types: they are not those of RateCard"),
    (("typed_data", "primaryType"), None, "primaryType: it is missing"),
    (("typed_data", "types", "Pay", 2, "type"), "uint256", "types: they are not those of Terms"),
    (DOMAIN, "here",
     "domain: it must hold chainId, name, verifyingContract, version"),
    ((*DOMAIN, "salt"), 1, "domain: it must hold chainId, name, verifyingContract, version"),
    ((*DOMAIN, "name"), "TwinRights Twin", "domain: it is not 'TwinRights License', version 1"),
    ((*DOMAIN, "version"), "2", "domain: it is not 'TwinRights License', version 1"),
    ((*DOMAIN, "chainId"), "one", "domain.chainId: 'one' is not a whole number"),
    ((*DOMAIN, "verifyingContract"), "0x12",
     "domain.verifyingContract: '0x12' is not an address, or was mistyped"),
    (MESSAGE, [], "message: it must be an object"),
    ((*SCOPE, "memo"), None, "message.scope.memo: missing"),
    ((*SCOPE, "memo"), 7, "message.scope.memo: 7 is not a string"),
    ((*SCOPE, "memo"), "\ud800", r"message.scope.memo: '\ud800' is not a string"),
    ((*SCOPE, "brand"), "H&M", "message.scope.brand: no such field"),
    ((*SCOPE, "exclusive"), 1, "message.scope.exclusive: 1 is not a bool"),
    ((*SCOPE, "uses"), True, "message.scope.uses: True is not a whole number"),
    ((*SCOPE, "uses"), 1.0, "message.scope.uses: 1.0 is not a whole number"),
    ((*SCOPE, "uses"), "01", "message.scope.uses: '01' is not a whole number"),
    ((*SCOPE, "uses"), "9" * 79, f"message.scope.uses: '{'9' * 79}' is not a whole number"),
    ((*SCOPE, "uses"), -1, "message.scope.uses: -1 is not within 0 to 2^32 - 1"),
    ((*SCOPE, "ref"), "0x12", "message.scope.ref: '0x12' is not a bytes32"),
    ((*SCOPE, "licensee"), HM.address[2:],
     f"message.scope.licensee: '{HM.address[2:]}' is not an address, or was mistyped"),
    ((*SCOPE, "licensee"), HM.address.swapcase().replace("0X", "0x"),
     f"message.scope.licensee: '{HM.address.swapcase().replace('0X', '0x')}' is not an address, or "
     "was mistyped"),
    ((*PAY, "fee"), str(2**96), f"message.pay.fee: {2**96} is not within 0 to 2^96 - 1"),
    ((*PAY, "quota"), 2**32, f"message.pay.quota: {2**32} is not within 0 to 2^32 - 1"),
    ((*MESSAGE, "shares"), {}, "message.shares: it must be a list"),
    ((*MESSAGE, "shares", 1, "bps"), None, "message.shares[1].bps: missing"),
    ((*MESSAGE, "shares", 0), 5, "message.shares[0]: it must be an object"),
]  # fmt: skip


class TestBadFile:
    @pytest.mark.refusal
    @pytest.mark.parametrize(("path", "value", "problem"), BAD)
    def test_is_named_with_the_first_field_that_cannot_be(self, paper, path, value, problem):
        with pytest.raises(BadSignedFile) as refused:
            Signed.from_json(changed(paper.to_json(), path, value), path="offer.json")
        assert (refused.value.path, refused.value.problem) == ("offer.json", problem)

    @pytest.mark.refusal
    @given(
        data=st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
            max_leaves=5,
        )
    )
    def test_is_refused_whatever_json_it_is(self, data):
        with pytest.raises(BadSignedFile):
            Signed.from_json(data)

    @pytest.mark.refusal
    @given(
        at=st.sampled_from(["twinrights", "kind", "typed_data", "signature"]),
        value=st.none()
        | st.integers()
        | st.lists(st.text())
        | st.dictionaries(st.text(), st.text()),
    )
    def test_is_refused_or_read_but_never_crashes_the_reader(self, paper, at, value):
        data = {**paper.to_json(), at: value}
        if (at, value) in (("twinrights", 1), ("signature", None)):
            return

        with pytest.raises(BadSignedFile):
            Signed.from_json(data)


class TestSigner:
    @pytest.mark.parametrize("kind", KINDS)
    def test_is_found_from_the_signature(self, kind):
        signed = MODEL.sign(worded(one_of_each()[kind]), currencies=[TUSD], **PLACE)

        assert recover(signed) == MODEL.address
        require_signer(signed, MODEL.address)
        require_signer(signed, MODEL.address.lower())

    @pytest.mark.refusal
    def test_that_is_another_is_named(self, paper):
        with pytest.raises(SignerDiffers) as refused:
            require_signer(paper, STRANGER.address)
        assert (refused.value.signer, refused.value.expected) == (MODEL.address, STRANGER.address)

    @pytest.mark.refusal
    @pytest.mark.parametrize(
        "other",
        [
            {"message": worded(offer(fee=1, committed=0))},
            {"chain_id": 1},
            {"contract": "0x" + "C1" * 20},
        ],
        ids=lambda other: next(iter(other)),
    )
    def test_is_not_hers_once_anything_is_changed(self, paper, other):
        parts = {name: getattr(paper, name) for name in ("message", "signature")} | PLACE

        with pytest.raises(SignerDiffers):
            require_signer(Signed(**{**parts, **other}), MODEL.address)

    @pytest.mark.refusal
    def test_of_an_unsigned_message_is_nobody(self):
        with pytest.raises(NotSigned) as refused:
            recover(draft(offer()))
        assert refused.value.kind == "offer"

    @pytest.mark.refusal
    @pytest.mark.parametrize("raw", [b"\x01", bytes(64), bytes(64) + b"\x1d", bytes(66)])
    def test_of_no_keys_signature_is_nobody(self, raw):
        with pytest.raises(BadValue) as refused:
            recover(draft(offer()).with_signature(raw))
        assert str(refused.value) == "signature: it is not the 65 bytes of a key's signature."

    @pytest.mark.refusal
    @pytest.mark.parametrize("raw", [bytes(64) + b"\x1b", b"\xff" * 64 + b"\x1b"])
    def test_of_an_impossible_signature_is_nobody(self, raw):
        with pytest.raises(BadValue) as refused:
            recover(draft(offer()).with_signature(raw))
        assert str(refused.value) == "signature: no key can have made it."

    def test_is_found_where_a_wallet_counts_from_zero(self, paper):
        r_s, v = paper.signature[:64], paper.signature[64]

        counted_from_zero = draft(paper.message).with_signature(r_s + bytes([v - 27]))
        assert counted_from_zero == paper


def test_a_paper_knows_its_digest_and_its_kind():
    paper = draft(offer())

    assert paper.digest == digest(offer(), **PLACE)
    assert paper.kind == kind_of(offer()) == "offer"
