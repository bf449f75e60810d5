"""Attacks on readers: names that promise more, numbers that move, text that is code."""

from __future__ import annotations

import base64
import json
import xml.etree.ElementTree as ElementTree

import pytest
from eth_abi import decode

from tests.attacks.ground import DAY, DONE, END, FEE, START, no
from tests.model.deeds import Deed
from twinrights.artifacts import load
from twinrights.terms import Kind, Reason

ALL_USES, ALL_MARKETS = 2**32 - 1, 2**256 - 1
REASONS = (
    "NONE", "UNKNOWN", "NOT_YOURS", "NOT_STARTED", "ENDED", "UNPAID", "USE", "MARKET", "IMAGES",
)  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}"
INTERFACES = {"0x01ffc9a7": "ERC-165", "0x80ac58cd": "ERC-721", "0x5b5e139f": "its metadata"}


def shown(ground, terms):
    """Return the JSON and the picture of a license as a wallet reads them."""
    data = ground.stage.licenses.encode("tokenURI", ground.id(terms))
    (answer,) = ground.stage.node.look([(ground.here.address, data)])
    (uri,) = decode(["string"], answer)
    described = base64.b64decode(uri.removeprefix("data:application/json;base64,")).decode()
    token = json.loads(described)
    picture = token["image"].removeprefix("data:image/svg+xml;base64,")
    return described, token, base64.b64decode(picture).decode()


@pytest.mark.law7
@pytest.mark.law11
@pytest.mark.boundary
def test_eas_maci_2842_what_exists_is_not_called_valid(ground):
    """Their `isAttestationValid` says that there is one. Ours answer for a second and a use."""
    terms = ground.changed(ground.terms(ref=9), start=START + DAY)
    asked = ground.id(terms), ground.who("hm"), 1, 1, 1
    assert ground.attempt(ground.accept(terms, FEE // 2), "hm") == DONE
    paid, end = START + 46 * DAY, START + 91 * DAY
    expected = {
        START + DAY - 1: "NOT_STARTED", START + DAY: "NONE", paid - 1: "NONE", paid: "UNPAID",
        end - 1: "UNPAID", end: "ENDED",
    }  # fmt: skip

    for second, reason in expected.items():
        assert ground.ask("ownerOf", ground.id(terms)) == [ground.who("hm")]
        assert ground.ask("mayPublish", *asked, second) == [REASONS.index(reason)]
        assert ground.ask("isLive", ground.id(terms), second) == [int(reason == "NONE")]
    names = {each.get("name", "") for each in load("TwinLicense").abi}
    assert not [name for name in names if "valid" in name.lower() and name.startswith("is")]


@pytest.mark.law7
@pytest.mark.law11
@pytest.mark.refusal
def test_sablier_flow_a_license_that_never_was_has_no_state(ground):
    never = ground.terms(ref=999)
    id = ground.id(never)
    unknown = no("LicenseUnknown", id)

    assert ground.state(never) == [0] * 14
    assert ground.ask("isLive", id, 0) == [0]
    assert ground.ask("mayPublish", id, ground.who("hm"), 1, 1, 1, 0) == [1]
    assert ground.ask("mayPublish", 0, 0, 1, 1, 1, 0) == [1]
    deeds = [
        Deed(False, "earned", (*ground.hashed(never), START)), ground.pay_out(never),
        ground.surrender(never), ground.top_up(never, 1), Deed(False, "tokenURI", (id,)),
    ]  # fmt: skip
    for deed in deeds:
        assert ground.attempt(deed, "hm") == unknown
    recording = ground.record(never, number=1, images=1)
    assert ground.attempt(recording, "hm") == no("MayNotPublish", id, 1)
    late = ground.record(never, number=1, images=1, kind=1)
    assert ground.attempt(late, "hm") == no("NotReporter", id, ground.who("hm"))


@pytest.mark.law11
def test_sablier_2026_rarime_the_numbers_of_kinds_and_reasons_never_change(ground):
    """Pinned here; the chain's own are shown by the seconds and uses that give each of them."""
    assert [each.name for each in Reason] == list(REASONS)
    assert [each.value for each in Reason] == list(range(9))
    assert {each.name: each.value for each in Kind} == {"DECLARED": 0, "LATE": 1, "REMOVED": 2}
    terms = ground.changed(ground.terms(ref=9), start=START + DAY)
    assert ground.attempt(ground.accept(terms, FEE // 2), "hm") == DONE
    id, hm, stranger = ground.id(terms), ground.who("hm"), ground.who("stranger")
    live = START + 2 * DAY
    asked = {
        "NONE": (id, hm, 1, 1, 50, live),
        "UNKNOWN": (5, hm, 1, 1, 1, live),
        "NOT_YOURS": (id, stranger, 1, 1, 1, live),
        "NOT_STARTED": (id, hm, 1, 1, 1, START),
        "ENDED": (id, hm, 1, 1, 1, START + 91 * DAY),
        "UNPAID": (id, hm, 1, 1, 1, START + 46 * DAY),
        "USE": (id, hm, 3, 1, 1, live),
        "MARKET": (id, hm, 1, 3, 1, live),
        "IMAGES": (id, hm, 1, 1, 51, live),
    }

    for number, (_name, question) in enumerate(asked.items()):
        assert ground.ask("mayPublish", *question) == [number]
    assert list(asked) == list(REASONS)


@pytest.mark.law6
@pytest.mark.law11
@pytest.mark.refusal
@pytest.mark.parametrize(
    ("changes", "at", "reason"),
    [
        ({"images": 101}, START, 8),
        ({"uses": 2}, START, 6),
        ({"markets": 2}, START, 7),
        ({"uses": 0}, START, 6),
        ({"markets": 0}, START, 7),
        ({"images": 0}, START, 8),
        ({}, END, 4),
    ],
)
def test_story_l3_what_is_stored_as_a_limit_is_held(ground, changes, at, reason):
    """Revenue ceilings stand in Story's terms and are asked by nobody."""
    terms = ground.grant(ground.terms(ref=9), FEE)
    state = ground.state(terms)
    control = ground.mark()

    deed = ground.record(terms, number=1, **{"images": 100} | changes)
    assert ground.attempt(deed, "hm", at) == no("MayNotPublish", ground.id(terms), reason)
    assert ground.state(terms) == state
    ground.undo(control)
    assert ground.attempt(ground.record(terms, number=1, images=100), "hm", END - 1) == DONE


@pytest.mark.law5
@pytest.mark.boundary
@pytest.mark.parametrize("uses", [1, ALL_USES])
@pytest.mark.parametrize("markets", [1, 1 << 255, ALL_MARKETS])
@pytest.mark.parametrize("refs", [0xDEADBEEF, 2**256 - 1])
def test_lockup_m01_no_text_of_anybody_gets_into_the_picture(ground, uses, markets, refs):
    """A currency whose symbol is a script, and every bit set, also those that mean nothing."""
    token = ground.tokens["Scripted"]
    script = ground.stage.tokens[token][1].encode("symbol")
    (answer,) = ground.stage.node.look([(token, script)])
    assert "<script>" in decode(["string"], answer)[0]
    terms = ground.terms(ref=refs, currency=token)
    terms = ground.changed(terms, uses=uses, markets=markets, memo=refs, agreement=refs)
    assert ground.attempt(ground.accept(terms, FEE), "hm") == DONE

    described, token_shown, picture = shown(ground, terms)
    drawn = ElementTree.fromstring(picture)
    kinds = {each.tag.removeprefix(SVG) for each in drawn.iter()}
    assert kinds <= {"svg", "title", "rect", "circle", "g", "text", "path", "tspan", "textPath"}
    for each in drawn.iter():
        assert not [key for key in each.attrib if key.startswith("on") or "href" in key]
    assert "script" not in picture.lower()
    assert "script>" not in described.lower()
    assert token_shown["name"]


@pytest.mark.law5
def test_erc7053_no_event_hides_a_value_behind_a_hash():
    """An indexed text or struct is only its hash: here only words are indexed."""
    seen = 0
    for contract in ("DigitalTwin", "TwinLicense"):
        for event in (each for each in load(contract).abi if each["type"] == "event"):
            for part in event["inputs"]:
                seen += part["indexed"]
                is_word = part["type"][:4] in ("uint", "addr", "bool") or part["type"] == "bytes32"
                assert is_word or not part["indexed"], (event["name"], part["name"])
    assert seen > 20


@pytest.mark.law2
@pytest.mark.law5
@pytest.mark.parametrize("of_twins", [True, False])
def test_sablier_l01_each_interface_that_is_spoken_is_told(ground, of_twins):
    def told(id):
        words = bytes.fromhex(id[2:]).ljust(32, b"\0")
        interface = ground.stage.twins if of_twins else ground.stage.licenses
        place = ground.twins_place if of_twins else ground.here
        data = "0x" + interface.functions["supportsInterface"][0].hex() + words.hex()
        (answer,) = ground.stage.node.look([(place.address, data)])
        return int.from_bytes(answer, "big")

    spoken = dict(INTERFACES)
    if of_twins:
        spoken["0xb45a3c0e"] = "ERC-5192"
    assert {id: told(id) for id in spoken} == dict.fromkeys(spoken, 1)
    for other in ("0xffffffff", "0xad092b5c", "0x2a55205a", "0x00000000"):
        assert told(other) == 0
    assert told("0xb45a3c0e") == int(of_twins)


@pytest.mark.law13
@pytest.mark.law14
def test_slopdotcash_333_what_can_still_be_taken_back_is_not_told_as_earned(ground):
    """Deposited, committed, earned and collected are four numbers; a surrender shows which held."""
    terms = ground.terms(ref=9, committed=FEE // 3)
    assert ground.attempt(ground.accept(terms, FEE), "hm") == DONE
    at = START + 9 * DAY
    before = ground.money()

    assert ground.state(terms)[4:6] == [FEE, 0]
    assert ground.ask("earned", *ground.hashed(terms), at) == [FEE // 10]
    assert ground.attempt(ground.surrender(terms), "hm", at) == DONE
    assert ground.gains(before)["hm"] == FEE - FEE // 3
    assert ground.state(terms)[4:6] == [FEE // 3] * 2
