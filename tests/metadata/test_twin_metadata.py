"""What wallets show of a twin: owner, epoch, what its policy allows, and nothing harmful."""

from __future__ import annotations

import pytest

from tests.metadata.drawn import SVG
from twinrights import words

HEIR = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
NUMBERS = ("epoch", "nonce", "leastSerial", "uses", "categories")
EXTREMES = {
    "all zero": {
        "owner": "0x" + "0" * 40,
        **dict.fromkeys(
            ("epoch", "nonce", "leastSerial", "uses", "categories", "leastOwnerBps"), 0
        ),
    },
    "all ones": {
        "owner": "0xFFfFfFffFFfffFFfFFfFFFFFffFFFffffFfFFFfF",
        **dict.fromkeys(NUMBERS, 2**32 - 1),
        "leastOwnerBps": 2**16 - 1,
    },
    "only unknown words": {"uses": 0xFFF << 20, "categories": 1 << 28},
}


@pytest.mark.law4
@pytest.mark.parametrize(
    ("uses", "categories", "state"),
    [
        (1, 1, "open to licenses"),
        (0, 0, "grants nothing"),
        (2**32 - 1, 0, "grants nothing"),
        (0, 2**32 - 1, "grants nothing"),
    ],
)
def test_tells_whether_its_policy_allows_any_license(drawing, uses, categories, state):
    told = drawing.twin(uses=uses, categories=categories)
    assert told.trait("State") == state
    assert state in told.words


@pytest.mark.law2
@pytest.mark.parametrize("uses", [0, 1])
def test_tells_that_it_is_retired(drawing, uses):
    told = drawing.twin(uses=uses, isRetired=True)
    assert told.trait("State") == "retired"
    assert "retired" in told.words


@pytest.mark.law2
@pytest.mark.parametrize("retired", [False, True])
def test_tells_first_that_a_move_is_pending_and_where_to(drawing, retired):
    told = drawing.twin(isRetired=retired, movingTo=HEIR)
    assert told.trait("State") == "move pending"
    assert told.trait("Moving to") == HEIR
    assert "move pending" in told.words
    assert drawing.twin(isRetired=retired).traits("Moving to") == []


@pytest.mark.law4
@pytest.mark.parametrize("use", range(32))
def test_names_each_use_as_the_client_does(drawing, use):
    told = drawing.twin(uses=1 << use)
    assert told.traits("Allowed use") == words.use_labels(1 << use)
    assert words.use_labels(1 << use)[0] in told.words


@pytest.mark.law4
@pytest.mark.parametrize("number", range(32))
def test_names_each_category_as_the_client_does(drawing, number):
    told = drawing.twin(categories=1 << number)
    assert told.traits("Allowed category") == [words.category_label(number)]
    assert words.category_label(number) in told.words


@pytest.mark.law4
def test_names_all_at_once_and_counts_them(drawing):
    told = drawing.twin(uses=2**32 - 1, categories=2**32 - 1)
    assert told.traits("Allowed use") == words.use_labels(2**32 - 1)
    assert told.traits("Allowed category") == [words.category_label(n) for n in range(32)]
    assert {"Allowed uses (32)", "Allowed categories (32)"} <= set(told.words)
    heights = {int(text.get("y")) for text in told.picture.iter(f"{SVG}text")}
    assert {*range(220, 253, 16), *range(295, 328, 16)} <= heights, "three lines for each"


@pytest.mark.law4
@pytest.mark.parametrize(
    ("bps", "told"),
    [(0, "0 %"), (1, "0.01 %"), (50, "0.50 %"), (6_000, "60 %"), (10_000, "100 %")],
)
def test_tells_the_least_that_its_owner_keeps(drawing, bps, told):
    shown = drawing.twin(leastOwnerBps=bps)
    assert shown.trait("Owner keeps at least") == told
    assert told in shown.words


@pytest.mark.law3
def test_tells_what_its_signatures_must_carry(drawing):
    told = drawing.twin(epoch=3, nonce=7, leastSerial=2**32 - 1)
    assert (told.trait("Epoch"), told.trait("Nonce")) == (3, 7)
    assert told.trait("Least serial") == 2**32 - 1
    assert "3" in told.words


def test_names_itself_and_its_owner(drawing):
    told = drawing.twin(2**255 + 0xABC)
    assert told.metadata["name"] == "Digital twin 0x80000000…00000abc"
    assert told.trait("Twin") == f"0x{2**255 + 0xABC:064x}"
    assert told.trait("Owner") == "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
    assert {"0x80000000…00000abc", "0xf39Fd6…b92266"} <= set(told.words)


@pytest.mark.parametrize("changes", EXTREMES.values(), ids=EXTREMES)
@pytest.mark.parametrize("twin_id", [0, 1, 2**256 - 1])
def test_is_well_formed_and_inert_for_any_state(drawing, changes, twin_id):
    told = drawing.twin(twin_id, **changes)
    assert {element.tag.removeprefix(SVG) for element in told.picture.iter()} == {
        *("svg", "title", "rect", "circle", "path", "g", "text")
    }
    names = {name for element in told.picture.iter() for name in element.attrib}
    assert not [name for name in names if "href" in name or name.startswith("on")]
    assert "url(" not in told.svg
    assert told.svg.count("http") == 1  # the name of the SVG language


@pytest.mark.parametrize("changes", EXTREMES.values(), ids=EXTREMES)
def test_has_what_erc_721_asks_for_and_lines_that_fit(drawing, changes):
    told = drawing.twin(**changes)
    assert list(told.metadata) == ["name", "description", "image", "attributes"]
    assert all(len(line) <= 42 for line in told.words)
    for trait in told.metadata["attributes"]:
        kind = ["display_type"] if isinstance(trait["value"], int) else []
        assert list(trait) == [*kind, "trait_type", "value"]


def test_says_what_it_is(drawing):
    assert drawing.twin().metadata["description"] == (
        "The ownership of the digital replica of a person, by that person's own signed consent. "
        "Not for sale: it grants licenses, which its owner signs one by one or by a rate card. "
        "What is allowed is the owner's standing policy, read at each grant."
    )
