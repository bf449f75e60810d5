"""An agreement goes from a draft to a license, and is held to the chain at every step."""

from __future__ import annotations

import json

import pytest

from tests.cli.world import NAMES, World, say
from twinrights.agreement import Agreement, Annex
from twinrights.typed_data import Signed

OFFER = (
    "offer draft 1 --licensee dev:hm --uses own_shop --markets SE --category fashion --fee 1,000 "
    "--quota 10 --days 30 --valid-until 2031-01-01"
)
CARD = (
    "ratecard draft 1 --uses own_shop:1100 --markets NORDICS:10000 --category fashion "
    "--day-rate 420 --floor 100 --valid-until 2031-01-01"
)


def drafted(line: str, *options: str) -> dict:
    """Draft what `line` says, then its agreement; return what was written."""
    assert say(f"{line} --out plain.json").code == 0
    said = say("agreement draft plain.json --annex names.json --folder agreed", *options, "--json")
    assert (said.code, said.err) == (0, "")
    return said.value


@pytest.mark.parametrize("language", ["en", "sv"])
def test_an_offer_is_drafted_with_its_agreement_signed_accepted_and_verified(
    world: World, language: str
) -> None:
    files = drafted(OFFER, "--language", language)
    assert say(f"sign {files['offer']} --as dev:model --out signed.json").code == 0
    license = say("offer accept signed.json --as dev:hm --json").value["license"]

    held = say(f"agreement verify {files['file']} --license {license} --annex {files['annex']}")
    value = say(f"agreement verify {files['file']} --license {license} --json").value

    assert held.code == 0
    assert (value["agrees"], value["differences"], value["annex"]) == (True, [], "withheld")
    assert say(f"license terms {license} --json").value["agreement"] == files["agreement"]
    assert Signed.load(files["offer"]).message.scope.memo.count("The written agreement") == 1


def test_a_booking_is_verified_by_the_agreement_of_its_card(world: World) -> None:
    files = drafted(CARD)
    assert say(f"sign {files['ratecard']} --as dev:model --out signed.json").code == 0
    booked = say(
        "ratecard book signed.json --as dev:hm --start 2030-03-01 --days 30 --uses own_shop "
        "--markets SE --quota 5 --json"
    ).value["license"]

    assert say(f"agreement verify {files['file']} --license {booked}").code == 0
    assert say(f"agreement verify {files['file']} --license 1 --json").value["agrees"] is False


def test_each_field_that_differs_from_the_chain_is_named_with_exit_code_1(world: World) -> None:
    said = say("agreement verify dearer.agreement.json --license 1 --json")

    assert said.code == 1
    rows = {row["field"]: (row["agreed"], row["on_chain"]) for row in said.value["differences"]}
    assert set(rows) == {"agreement", "fee"}
    assert rows["fee"] == ("2,000.00 TUSD", "1,000.00 TUSD")


def test_the_agreement_of_a_draft_is_taken_where_it_says_the_same(world: World) -> None:
    files = drafted(OFFER)
    again = say(f"{OFFER} --agreement {files['file']} --json")
    other = say(f"{OFFER} --agreement {files['file']} --ref summer --json")

    assert again.value["digest"] == files["digest"]
    assert (other.code, other.out) == (1, "")
    assert "for ref it says none" in other.err


def test_any_other_file_can_be_the_agreement_too(world: World) -> None:
    (world.folder / "contract.pdf").write_bytes(b"%PDF-1.7 signed on paper")
    assert say(f"{OFFER} --agreement contract.pdf --json").value["agreement"]


def test_the_annex_is_salted_private_and_in_no_other_file(world: World) -> None:
    files = drafted(OFFER)
    annex = world.folder / files["annex"]

    assert annex.stat().st_mode & 0o777 == 0o600
    assert Annex.load(annex).hash == Agreement.load(files["file"]).annex
    for name in ("file", "offer"):
        assert NAMES["model"] not in (world.folder / files[name]).read_text()


def test_people_see_the_deal_memo_when_they_draft(world: World) -> None:
    say(f"{OFFER} --out plain.json")
    shown = say("agreement draft plain.json --annex names.json")
    assert "# Deal memo" in shown.err
    assert NAMES["brand_shown"] in shown.err


def test_an_agreement_is_read_without_a_node_in_either_language(world: World) -> None:
    nowhere = "--rpc http://127.0.0.1:9"
    plain = say(f"agreement show agreement.json {nowhere}")
    swedish = say(f"agreement show agreement.json --language sv --json {nowhere}").value
    short = say(f"agreement show agreement.json --deal-memo --annex annex.json {nowhere}")

    assert plain.out.startswith("# Agreement on a license of a digital twin")
    assert "The annex is withheld." in plain.out
    assert swedish["text"].startswith("# Avtal om licens till en digital tvilling")
    assert (swedish["is_agreed_text"], swedish["is_annex_withheld"]) == (False, True)
    assert NAMES["licensee"] in short.out
    assert "A translation to read" in say("agreement show agreement.json --language sv").err


def test_the_page_shows_how_names_are_written(world: World) -> None:
    from pathlib import Path

    page = (Path(__file__).parents[2] / "docs" / "agreement.md").read_text(encoding="utf-8")
    block = page.split("```json\n")[1].split("```")[0]
    assert json.loads(block) == NAMES
