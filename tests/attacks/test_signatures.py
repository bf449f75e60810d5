"""Attacks on what was signed: in another form, elsewhere, again, too late, as another kind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.attacks.ground import DAY, DONE, FAR, FEE, START, no
from tests.machine.wire import signed as written
from tests.model import papers
from tests.model.deeds import Deed
from tests.model.digests import (
    KINDS,
    TERMS,
    Place,
    card_digest,
    hash_struct,
    license_id,
    signing_digest,
    twin_id,
)
from twinrights.artifacts import load
from twinrights.typed_data.schema import STRUCTS
from twinrights.typed_data.wire import types_of

ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
SIGNED_AS = {"giveNotice": "Notice", "endLapsed": "LapseEnd", "decline": "Decline"}
"""Where one struct is signed under several names."""


def high_s(raw):
    s = ORDER - int.from_bytes(raw[32:64], "big")
    return raw[:32] + s.to_bytes(32, "big") + bytes([55 - raw[64]])


def compact(raw):
    """EIP-2098."""
    s = int.from_bytes(raw[32:64], "big") | (raw[64] - 27) << 255
    return raw[:32] + s.to_bytes(32, "big")


FORMS = {
    "high s": (high_s, True),
    "64 bytes": (compact, True),
    "v of 0 or 1": (lambda raw: raw[:64] + bytes([raw[64] - 27]), False),
    "another v": (lambda raw: raw[:64] + bytes([55 - raw[64]]), False),
    "v of 29": (lambda raw: raw[:64] + bytes([29]), False),
    "s of the order and more": (
        lambda raw: raw[:32] + min(2**256 - 1, ORDER + 1).to_bytes(32, "big") + raw[64:], False
    ),
    "66 bytes": (lambda raw: raw + b"\0", False),
    "zeros": (lambda raw: bytes(65), False),
    "nothing": (lambda raw: b"", False),
}  # fmt: skip
"""Each form of a signature, and whether Solady takes it for the same key's word."""


def once(ground, name, form=None):
    """A deed of which the signature is in another form."""
    consent = papers.Consent(1, ground.who("model"), 5, 0, 6, FAR)
    policy = papers.Policy(3, ground.twin, 1, 1, 0, 1, FAR)
    offer, booking = ground.terms(ref=9), ground.book(ground.terms(ref=10, start=2 * DAY))
    parts = ground.lone.scope, ground.lone.pay, ground.hashed(ground.lone)[2]
    notice = papers.Notice(1, ground.id(ground.lone), 1, FAR)
    change = form or (lambda raw: raw)

    def by(digest):
        return change(written(ground.signature(digest, "model")))

    digests = {
        each: signing_digest(ground.twins_place, hash_struct(each)) for each in (consent, policy)
    }
    ends = signing_digest(ground.here, hash_struct(notice))
    return {
        "mint": Deed(True, "mint", (consent, by(digests[consent]))),
        "setPolicy": Deed(True, "setPolicy", (policy, by(digests[policy]))),
        "accept": Deed(False, "accept", (offer, by(ground.id(offer)), FEE, ())),
        "book": Deed(
            False, "book",
            (booking, ground.prices(booking), by(booking.scope.card), FEE, ()),
        ),
        "giveNotice": Deed(False, "giveNotice", (notice, *parts, by(ends))),
    }[name]  # fmt: skip


@pytest.mark.law1
@pytest.mark.law3
@pytest.mark.law5
@pytest.mark.refusal
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["mint", "setPolicy", "accept", "book", "giveNotice"])
def test_malleable_signatures_make_nothing_a_second_time(ground, name, form):
    """An id is of the words, not of the signature: its other forms are the same deed once more."""
    change, is_good = FORMS[form]
    before = ground.money()
    deed, plain = once(ground, name, change), once(ground, name)
    consent, offer = once(ground, "mint").arguments[0], once(ground, "accept").arguments[0]
    booking = once(ground, "book").arguments[0]
    spent = {
        "mint": no("TwinExists", twin_id(ground.twins_place, consent)),
        "setPolicy": no("NonceWrong", 1, 2),
        "accept": no("LicenseExists", ground.id(offer)),
        "book": no("LicenseExists", ground.id(booking)),
        "giveNotice": no("NoticeGivenBefore", ground.id(ground.lone)),
    }[name]

    if not is_good:
        assert ground.attempt(deed, "hm") == no("SignatureInvalid", ground.who("model"))
        assert ground.gains(before) == {}
    assert ground.attempt(deed if is_good else plain, "hm") == DONE
    gained = ground.gains(before)
    assert gained == ({"hm": -FEE, "contract": FEE} if name in ("accept", "book") else {})
    assert ground.attempt(plain, "hm") == spent
    assert ground.gains(before) == gained


@pytest.mark.law1
@pytest.mark.refusal
@pytest.mark.parametrize("form", ["zeros", "nothing", "v of 29"])
def test_nobody_is_not_a_signer(ground, form):
    """What cannot be recovered is recovered as the zero address."""
    consent = papers.Consent(1, 0, 2, 0, 3, FAR)
    raw = written(ground.sign(consent, "model"))
    deed = Deed(True, "mint", (consent, FORMS[form][0](raw)))

    assert ground.attempt(deed, "stranger") == no("SignatureInvalid", 0)
    owned = replace(consent, owner=ground.who("model"))
    control = Deed(True, "mint", (owned, ground.sign(owned, "model")))
    assert ground.attempt(control, "stranger") == DONE


@pytest.mark.law1
@pytest.mark.law3
@pytest.mark.law5
@pytest.mark.refusal
@pytest.mark.parametrize("where", ["another chain", "another contract", "the other contract"])
@pytest.mark.parametrize("name", ["mint", "setPolicy", "accept", "book", "giveNotice", "revoke"])
def test_lockup_l05_a_signature_is_for_one_chain_and_one_contract(ground, name, where):
    of_twins = name in ("mint", "setPolicy")
    here = ground.twins_place if of_twins else ground.here
    other = {
        "another chain": replace(here, chain_id=1),
        "another contract": replace(here, address=here.address ^ 1),
        "the other contract": ground.here if of_twins else ground.twins_place,
    }[where]
    offer, booking = ground.terms(ref=9), ground.book(ground.terms(ref=10, start=2 * DAY))
    parts = ground.lone.scope, ground.lone.pay, ground.hashed(ground.lone)[2]
    prices = ground.prices(booking)

    def made(place):
        def by(paper):
            return ground.sign(paper, "model", place)

        consent = papers.Consent(1, ground.who("model"), 5, 0, 6, FAR)
        policy = papers.Policy(3, ground.twin, 1, 1, 0, 1, FAR)
        notice = papers.Notice(1, ground.id(ground.lone), 1, FAR)
        revocation = papers.Revocation(1, ground.twin, 5, FAR)
        offered = ground.signature(license_id(place, *ground.hashed(offer)), "model")
        carded = ground.signature(card_digest(place, booking, prices), "model")
        return {
            "mint": Deed(True, "mint", (consent, by(consent))),
            "setPolicy": Deed(True, "setPolicy", (policy, by(policy))),
            "accept": Deed(False, "accept", (offer, offered, FEE, ())),
            "book": Deed(False, "book", (booking, prices, carded, FEE, ())),
            "giveNotice": Deed(False, "giveNotice", (notice, *parts, by(notice))),
            "revoke": Deed(False, "revoke", (revocation, by(revocation))),
        }[name]

    before = ground.money()
    assert ground.attempt(made(other), "hm") == no("SignatureInvalid", ground.who("model"))
    assert ground.gains(before) == {}
    assert ground.attempt(made(here), "hm") == DONE


@pytest.mark.law5
@pytest.mark.refusal
def test_lockup_l05_an_offer_is_not_taken_by_a_second_deployment(ground):
    """The same code, the same twins: another address."""
    shipped = load("TwinLicense")
    contract = {"bytecode": "0x" + shipped.bytecode.hex()}
    second = ground.stage.deploy(contract, ground.twins_place.address, ground.who("stranger"))
    hm = ground.who("hm")
    ground.stage.tell(ground.dollar, "approve", second, 2**256 - 1, sender=hm)
    deed = ground.accept(ground.terms(ref=9), FEE)
    data = ground.stage.write(deed)[1]
    before = ground.money()

    assert ground.send(second, data, by=hm) == no("SignatureInvalid", ground.who("model"))
    assert ground.gains(before) == {}
    place = Place("TwinRights License", ground.here.chain_id, second)
    terms = deed.arguments[0]
    there = ground.signature(license_id(place, *ground.hashed(terms)), "model")
    data = ground.stage.licenses.encode("accept", terms, there, FEE, ())
    assert ground.send(second, data, by=hm) == DONE
    assert ground.attempt(deed, "hm") == DONE


@pytest.mark.law5
@pytest.mark.law17
@pytest.mark.refusal
def test_lockup_l05_a_fork_with_its_own_number_takes_nothing_that_was_signed_before(fresh):
    """The chain splits: on the new one the offer is void, and what runs keeps its id and money."""
    deed = fresh.accept(fresh.terms(ref=9), FEE)
    assert fresh.ask("licenseIdOf", deed.arguments[0]) == [fresh.id(deed.arguments[0])]
    before = fresh.money()
    fresh.stage.node.ask("anvil_setChainId", 1)

    invalid = no("SignatureInvalid", fresh.who("model"))
    assert fresh.attempt(deed, "hm") == invalid
    again = Deed(False, "accept", (fresh.lone, *fresh.accept(fresh.lone, FEE).arguments[1:]))
    assert fresh.attempt(again, "hm") == no("LicenseExists", fresh.id(fresh.lone))
    assert fresh.gains(before) == {}
    assert fresh.attempt(fresh.surrender(fresh.lone), "hm", START + 45 * DAY) == DONE
    half = FEE // 2
    assert fresh.gains(before) == {
        "hm": half, "agency": half // 5, "model": half // 5 * 4, "contract": -FEE
    }  # fmt: skip
    fresh.stage.node.ask("anvil_setChainId", 31337)
    assert fresh.attempt(deed, "hm", START + 45 * DAY) == DONE


@pytest.mark.law3
@pytest.mark.law5
@pytest.mark.refusal
@pytest.mark.parametrize("field", ["epoch", "licensee", "twin_id", "ref", "fee", "uses", "start"])
def test_an_offer_is_not_taken_with_another_epoch_licensee_twin_or_price(ground, field):
    offer = ground.terms(ref=9)
    sisters = twin_id(ground.twins_place, ground.stage.consents[1])
    assert ground.attempt(ground.act("raiseEpoch", papers.EpochRaise), "model") == DONE
    present = ground.changed(offer, epoch=1)
    others = {
        "epoch": 1, "licensee": ground.who("rival"), "twin_id": sisters, "ref": 10,
        "fee": FEE - 1, "uses": 3, "start": START + 1,
    }  # fmt: skip
    signed_for = offer if field == "epoch" else present
    signature = ground.signature(ground.id(signed_for), "model")
    used = ground.changed(signed_for, **{field: others[field]})
    if field == "twin_id":
        used = ground.changed(used, epoch=0)
    before = ground.money()
    by = "rival" if field == "licensee" else "hm"

    owner = ground.who("sister" if field == "twin_id" else "model")
    deed = Deed(False, "accept", (used, signature, used.pay.fee, ()))
    assert ground.attempt(deed, by) == no("SignatureInvalid", owner)
    if field == "epoch":
        deed = Deed(False, "accept", (offer, signature, FEE, ()))
        assert ground.attempt(deed, by) == no("EpochWrong", 0, 1)
    assert ground.gains(before) == {}
    assert ground.attempt(ground.accept(present, FEE), "hm") == DONE


@pytest.mark.law3
@pytest.mark.law9
@pytest.mark.refusal
@pytest.mark.parametrize("name", ["giveNotice", "endLapsed", "decline", "move", "proposeMove"])
def test_what_was_signed_as_one_thing_is_not_taken_as_another(ground, name):
    """These messages have the same fields; only their names differ."""
    unpaid = ground.grant(ground.terms(ref=9), 1)
    booked = ground.book(ground.terms(ref=10, start=60 * DAY))
    assert ground.attempt(ground.book_of(booked), "hm") == DONE
    at = START + 30 * DAY
    endings = {"giveNotice": papers.Notice, "endLapsed": papers.LapseEnd, "decline": papers.Decline}
    invalid = no("SignatureInvalid", ground.who("model"))
    if name in endings:
        terms = {"giveNotice": ground.lone, "endLapsed": unpaid, "decline": booked}[name]
        for kind in set(endings.values()) - {endings[name]}:
            assert ground.attempt(ground.end(kind, terms, name), "stranger", at) == invalid
        assert ground.attempt(ground.end(endings[name], terms, name), "stranger", at) == DONE
        return
    made = {}
    for kind in (papers.Move, papers.MoveAtOnce):
        move = kind(1, ground.twin, ground.who("heir"), 1, FAR)
        owner, guardian, heir = (ground.sign(move, by) for by in ("model", "guardian", "heir"))
        made[kind] = {
            "move": Deed(True, "move", (move, ground.consent, owner, guardian, heir)),
            "proposeMove": Deed(True, "proposeMove", (move, owner, heir)),
        }[name]
    right = papers.MoveAtOnce if name == "move" else papers.Move
    wrong = papers.Move if name == "move" else papers.MoveAtOnce
    assert ground.attempt(made[wrong], "stranger", at) == invalid
    assert ground.attempt(made[right], "stranger", at) == DONE


@pytest.mark.law3
@pytest.mark.refusal
@pytest.mark.parametrize(
    ("name", "kind", "fields"),
    [
        ("setPolicy", papers.Policy, (1, 1, 0)),
        ("raiseEpoch", papers.EpochRaise, ()),
        ("raiseLeastSerial", papers.SerialRaise, (9,)),
        ("setGuardian", papers.GuardianChange, (7,)),
        ("flag", papers.Flag, (0, 5)),
    ],
)
def test_an_act_is_sent_once(ground, name, kind, fields):
    deed = ground.act(name, kind, *fields)
    assert ground.attempt(deed, "rival") == DONE
    after = ground.ask_twins("authority", ground.twin)

    assert ground.attempt(deed, "rival") == no("NonceWrong", 1, after[2])
    assert ground.attempt(deed, "model") == no("NonceWrong", 1, after[2])
    assert ground.ask_twins("authority", ground.twin) == after


@pytest.mark.law3
@pytest.mark.law6
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize(
    "name",
    ["mint", "setPolicy", "raiseEpoch", "raiseLeastSerial", "retire", "setGuardian", "flag",
     "proposeMove", "move", "revoke", "giveNotice", "accept", "book"],
)  # fmt: skip
def test_sablier_2026_every_signature_ends(ground, name):
    """In the second of its deadline it is too late; one before it is not."""
    deadline = START + DAY
    twin, heir = ground.twin, ground.who("heir")
    acts = {
        "mint": papers.Consent(1, ground.who("model"), 5, 0, 6, deadline),
        "setPolicy": papers.Policy(3, twin, 1, 1, 0, 1, deadline),
        "raiseEpoch": papers.EpochRaise(1, twin, 1, deadline),
        "raiseLeastSerial": papers.SerialRaise(1, twin, 9, 1, deadline),
        "retire": papers.Retirement(1, twin, 1, deadline),
        "setGuardian": papers.GuardianChange(1, twin, heir, 1, deadline),
        "flag": papers.Flag(1, twin, 0, 5, 1, deadline),
        "proposeMove": papers.Move(1, twin, heir, 1, deadline),
        "move": papers.MoveAtOnce(1, twin, heir, 1, deadline),
    }
    offer = ground.changed(ground.terms(ref=9), valid_until=deadline)
    soon = ground.terms(ref=10, start=DAY)
    prices = papers.Prices(**vars(ground.prices(soon)) | {"lead_time": 0})
    booking = ground.booked_under(ground.changed(soon, valid_until=deadline), prices)
    notice = papers.Notice(1, ground.id(ground.lone), 1, deadline)
    parts = ground.lone.scope, ground.lone.pay, ground.hashed(ground.lone)[2]
    if name in acts:
        act = acts[name]
        more = (ground.sign(act, "heir"),) if "ove" in name else ()
        if name == "move":
            more = (ground.sign(act, "guardian"), *more)
        proof = (ground.consent,) if name == "move" else ()
        deed = Deed(True, name, (act, *proof, ground.sign(act, "model"), *more))
    else:
        revocation = papers.Revocation(1, twin, 5, deadline)
        deed = {
            "revoke": ground.signed_deed("revoke", revocation, True),
            "giveNotice": Deed(
                False, name, (notice, *parts, ground.sign(notice, "model", ground.here))
            ),
            "accept": ground.accept(offer, FEE),
            "book": ground.book_of(booking, prices),
        }[name]
    error = "TermsExpired" if name in ("accept", "book") else "SignatureExpired"
    control = ground.mark()

    assert ground.attempt(deed, "hm", deadline) == no(error, deadline)
    ground.undo(control)
    assert ground.attempt(deed, "hm", deadline - 1) == DONE


@pytest.mark.law3
def test_sablier_2026_no_signed_struct_lacks_an_end():
    """In the ABI: whatever comes with a signature has a deadline, or is valid until some second."""
    seen = 0
    for contract in ("DigitalTwin", "TwinLicense"):
        for entry in load(contract).abi:
            inputs = entry.get("inputs", []) if entry["type"] == "function" else []
            if not any(each["type"] == "bytes" for each in inputs) or "Transfer" in entry["name"]:
                continue
            seen += 1
            struct = inputs[0]["components"]
            names = {each["name"] for each in struct}
            names |= {inner["name"] for each in struct for inner in each.get("components", [])}
            assert names & {"deadline", "validUntil"}, entry["name"]
    assert seen == 17


@pytest.mark.law1
@pytest.mark.law5
def test_story_v11_m2_each_type_string_is_that_of_its_struct():
    """Read off the ABI's structs; the memo is signed as text and handed in as its hash.

    That the contracts hash by these strings is shown by every deed above that they take.
    """
    compared = set()
    for contract in ("DigitalTwin", "TwinLicense"):
        for entry in load(contract).abi:
            if entry["type"] != "function":
                continue
            for struct in entry["inputs"]:
                for name, text in type_strings(entry["name"], struct):
                    if name in ("Prices", "Batch", "Leaf", "Entry"):
                        continue
                    kinds = {kind.__name__: kind for kind in KINDS}
                    model = TERMS if name == "Terms" else KINDS[kinds[name]]
                    assert text == model == shown(name), (entry["name"], name)
                    compared.add(name)
    assert compared == {kind.__name__ for kind in KINDS} | {"Terms"}


def shown(name):
    """Return the type of a struct as the client gives it to a wallet."""
    types = types_of(STRUCTS[name])
    types.pop("EIP712Domain", None)
    names = [name, *sorted(set(types) - {name})]
    lists = {
        each: ",".join(f"{field['type']} {field['name']}" for field in types[each])
        for each in names
    }
    return "".join(f"{each}({lists[each]})" for each in names)


def type_strings(function, struct):
    """Yield the name and the EIP-712 type of a struct of the ABI, and of those within."""
    if not struct["type"].startswith("tuple"):
        return
    name = struct["internalType"].split()[-1].split(".")[-1].removesuffix("[]")
    if function == "move" and name == "Move":
        name = "MoveAtOnce"
    if name == "Ending":
        name = SIGNED_AS[function]
    inner = [each for part in struct["components"] for each in type_strings(function, part)]
    fields = []
    for part in struct["components"]:
        kind = part["type"]
        if kind.startswith("tuple"):
            kind = part["internalType"].split()[-1]
        fields.append(f"{'string' if part['name'] == 'memo' else kind} {part['name']}")
    yield name, f"{name}({','.join(fields)})" + "".join(text for _, text in sorted(inner))
    yield from inner
