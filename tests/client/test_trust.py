"""Who vouches for a wallet as of a block, and which images an owner doubts, on each chain."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.client.stage import DAY, Stage
from twinrights.errors import (
    BadDate,
    BadFile,
    BadValue,
    LicenseNotFound,
    MemoDiffers,
    NonceWrong,
    SignatureInvalid,
    VouchNotFound,
)
from twinrights.terms import Flag
from twinrights.trust import Statement, Vouch, opened, vouched_words
from twinrights.typed_data import Signed, to_abi, with_memo

IMAGE, WORD, OTHER_WORD = b"\x0f" * 32, b"\x0c" * 32, b"\x0d" * 32


def vouch(stage: Stage, *, by=None, of=None, word: bytes = WORD, days: int = 30) -> int:
    until = stage.chain.now() + days * DAY
    subject = (of or stage.model).address
    stage.chain.trust.vouch(subject, word, until=until, payer=by or stage.agency)
    return until


def standing(stage: Stage, **asked) -> list[tuple[str, bytes, int]]:
    found = stage.chain.trust.vouches(stage.model.address, **asked)
    return [(each.voucher, each.commitment, each.until) for each in found]


def flag(stage: Stage, **changes) -> Signed:
    return stage.sign(replace(Flag("", stage.twin_id, 0, IMAGE, stage.nonce, 2**40 - 1), **changes))


def test_a_word_stands_until_its_time_and_was_not_there_before(any_stage):
    trust, before = any_stage.chain.trust, any_stage.chain.web3.eth.block_number
    until = vouch(any_stage)
    assert standing(any_stage) == [(any_stage.agency.address, WORD, until)]
    assert standing(any_stage, block=before) == []
    assert trust.vouches(any_stage.hm.address) == ()

    any_stage.chain.clock.move_to(until - 1)
    assert len(standing(any_stage)) == 1
    any_stage.chain.clock.move_to(until)
    assert standing(any_stage) == []


def test_said_again_it_holds_until_the_new_time_sooner_or_later(any_stage):
    vouch(any_stage, days=30)
    longer = vouch(any_stage, days=60)
    assert standing(any_stage) == [(any_stage.agency.address, WORD, longer)]
    shorter = vouch(any_stage, days=10)
    assert standing(any_stage) == [(any_stage.agency.address, WORD, shorter)]


def test_what_is_withdrawn_is_said_no_longer_until_it_is_said_again(any_stage):
    trust, model = any_stage.chain.trust, any_stage.model.address
    vouch(any_stage)
    kept = vouch(any_stage, word=OTHER_WORD)
    strangers = vouch(any_stage, by=any_stage.stranger)

    trust.withdraw(model, WORD, payer=any_stage.agency)
    assert standing(any_stage) == [
        (any_stage.agency.address, OTHER_WORD, kept),
        (any_stage.stranger.address, WORD, strangers),
    ]
    with pytest.raises(VouchNotFound):
        trust.withdraw(model, WORD, payer=any_stage.agency)
    again = vouch(any_stage)
    assert (any_stage.agency.address, WORD, again) in standing(any_stage)


def test_many_wallets_are_read_at_once_and_nobody_vouches_for_itself(stage, monkeypatch):
    vouch(stage)
    vouch(stage, by=stage.model)
    vouch(stage, of=stage.hm)
    asked = []
    real = stage.chain.trust._contracts.events
    monkeypatch.setattr(
        stage.chain.trust._contracts, "events", lambda *a, **k: asked.append(a) or real(*a, **k)
    )
    wallets = [each.address for each in (stage.model, stage.hm, stage.rival, stage.model)]
    found = stage.chain.trust.vouched_by(wallets)

    assert {wallet: [v.voucher for v in said] for wallet, said in found.items()} == {
        stage.model.address: [stage.agency.address],
        stage.hm.address: [stage.agency.address],
        stage.rival.address: [],
    }
    assert len(asked) == 2
    assert stage.chain.trust.vouched_by([]) == {}


@pytest.mark.parametrize("days", [0, -1])
def test_a_time_that_has_passed_is_refused_before_anything_is_sent(stage, days):
    before = stage.chain.web3.eth.block_number
    with pytest.raises(BadDate, match="it has passed, so nothing would be said"):
        vouch(stage, days=days)
    assert stage.chain.web3.eth.block_number == before


def test_what_is_no_hash_and_no_time_of_this_world_is_refused(stage):
    trust, model = stage.chain.trust, stage.model.address
    with pytest.raises(BadValue, match="commitment"):
        trust.vouch(model, b"short", until=stage.chain.now() + DAY, payer=stage.agency)
    with pytest.raises(BadValue, match="no chain lasts that long"):
        trust.vouch(model, WORD, until=2**40, payer=stage.agency)


def test_an_owner_flags_an_image_and_anyone_sends_it(any_stage):
    trust, license = any_stage.chain.trust, any_stage.license()
    trust.flag(flag(any_stage, license_id=license.id), payer=any_stage.stranger)
    trust.flag(flag(any_stage, image_hash=WORD), payer=any_stage.stranger)

    under, beside = trust.flags(twin_id=any_stage.twin_id)
    assert (under.twin_id, under.license_id, under.image_hash) == (
        any_stage.twin_id,
        license.id,
        IMAGE,
    )
    assert (beside.license_id, beside.image_hash) == (0, WORD)
    assert trust.flags(license) == trust.flags(image=IMAGE) == (under,)
    assert trust.flags() == (under, beside)
    assert trust.flags(block=any_stage.chain.web3.eth.block_number - 2) == ()


def test_a_flag_is_the_owners_once_and_says_what_it_says(stage):
    trust = stage.chain.trust
    forged = stage.sign(flag(stage).message, signer=stage.hm)
    with pytest.raises(SignatureInvalid):
        trust.flag(forged, payer=stage.stranger)
    draft = stage.chain.draft(flag(stage).message)
    liar = replace(draft, message=with_memo(draft.message, "I like this image."))
    liar = liar.with_signature(stage.model.sign_typed_data(liar.typed_data))
    with pytest.raises(MemoDiffers):
        trust.flag(liar, payer=stage.stranger)
    signed = flag(stage)
    trust.flag(signed, payer=stage.stranger)
    with pytest.raises(NonceWrong):
        trust.flag(signed, payer=stage.stranger)
    unknown = flag(stage, license_id=7)
    with pytest.raises(LicenseNotFound):
        trust.flag(unknown, payer=stage.stranger)


def test_another_owners_doubt_about_a_license_is_not_counted(stage):
    license, own = stage.license(), stage.twin_id
    consent = stage.sign(stage.consent(owner=stage.rival.address), signer=stage.rival)
    stage.twin_id = stage.chain.twins.mint(consent, payer=stage.stranger).id
    act = flag(stage, license_id=license.id)
    act = stage.sign(act.message, signer=stage.rival)
    with pytest.raises(BadValue, match="not a license of this twin"):
        stage.chain.trust.flag(act, payer=stage.stranger)

    stage.raw("flag", to_abi(act.message), act.signature, twins=True)
    stage.twin_id = own
    assert stage.chain.trust.flags(license) == ()
    assert len(stage.chain.trust.flags(image=IMAGE)) == 1


def test_a_statement_is_held_against_its_commitment(stage, tmp_path):
    said = Statement.of(stage.model.address, says="is our model", name="Alva Lind")
    file = tmp_path / "statement.json"
    file.write_text(json.dumps(said.to_json(), indent=2))
    assert opened(file) == said
    assert opened(file).commitment == said.commitment
    assert Statement.of(said.subject, says=said.says, name=said.name).commitment != said.commitment
    for name, value in {"says": "is not", "name": "Alma Lind", "salt": "0x" + "00" * 32}.items():
        file.write_text(json.dumps(said.to_json() | {name: value}))
        assert opened(file).commitment != said.commitment


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"salt": "0x12"}, "salt: it must be 0x and 64 digits, in small letters"),
        ({"name": ""}, "name: it must be a text of 1 to 200 characters"),
        ({"name": "Al\u202eva"}, "name: it holds a sign that cannot be seen"),
        ({"subject": "0x12"}, "subject: '0x12' is not an address, or was mistyped"),
        ({"trust_statement": 2}, "trust_statement: this package reads format 1"),
        ({"trust_statement": True}, "trust_statement: this package reads format 1"),
        ({"more": 1}, "more: no such field"),
    ],
)
def test_a_file_that_is_no_statement_is_refused(stage, tmp_path, changes, problem):
    said = Statement.of(stage.model.address, says="is our model", name="Alva").to_json()
    file = tmp_path / "statement.json"
    file.write_text(json.dumps(said | changes))
    with pytest.raises(BadFile) as caught:
        opened(file)
    assert caught.value.problem == problem


def test_the_words_name_the_first_and_count_the_others():
    def by(number: int, until: int = 1_803_772_800) -> Vouch:
        return Vouch(f"0x{number:040x}", "0x" + "ff" * 20, WORD, until, 0, "")

    assert vouched_words([]) == "nobody vouches"
    assert vouched_words([by(1)]) == f"vouched for by 0x{1:040x}: until 2027-02-28"
    assert vouched_words([by(1), by(1, 1_803_859_200)]) == (
        f"vouched for by 0x{1:040x}: until 2027-03-01"
    )
    assert vouched_words([by(n) for n in range(1, 7)]).endswith("; and 3 more")
