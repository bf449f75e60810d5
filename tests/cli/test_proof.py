"""`license proof`: may this be published, as of one block, on one page that needs nothing else."""

from __future__ import annotations

import re
import subprocess
from html import unescape
from pathlib import Path

import pytest
from eth_utils import to_hex

from tests.cli.world import DAY, NEW_YEAR, World, say

CHROMIUM = Path("/usr/bin/chromium")


def page(line: str) -> str:
    assert say(f"{line} --html proof.html").code in (0, 3)
    return Path("proof.html").read_text(encoding="utf-8")


def words_of(html: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.partition("</head>")[2])))


def test_it_says_yes_until_the_money_ends(world: World) -> None:
    said = say("license proof 1 --json")
    assert (said.code, said.value["may_publish"]) == (0, True)
    assert said.value["answer"] == "Yes, until 2030-01-16 01:00:00 UTC."
    assert said.value["never"][1] == "from 2030-01-16 01:00:00 UTC on, unless more is paid in"
    assert said.value["images_left"] == 8


def test_it_names_the_block_that_it_is_of(world: World) -> None:
    head = world.chain.web3.eth.get_block("latest")
    value = say("license proof 1 --json").value
    assert (value["block"], value["block_hash"]) == (head["number"], to_hex(head["hash"]))
    world.chain.clock.move_to(NEW_YEAR + 20 * DAY)
    assert say("license proof 1").code == 3
    assert say(f"license proof 1 --block {head['number']} --json").value == value


ANSWERS = {
    "2": "the license has not started. It starts at 2030-02-10 00:00:00 UTC.",
    "1 --uses email": "the license does not grant this use.",
    "1 --markets NO": "the license does not grant this market.",
    "1 --images 9": "fewer images are left than that.",
    "1 --who dev:rival": "the license is not yours, and its licensee has not named you a reporter.",
}


@pytest.mark.parametrize("asked", ANSWERS)
def test_it_says_no_with_the_reason_and_code_3(asked: str, world: World) -> None:
    said = say(f"license proof {asked} --json")
    assert (said.code, said.value["may_publish"]) == (3, False)
    assert said.value["answer"].startswith("No. May not be published under license 0x")
    assert said.value["answer"].endswith(ANSWERS[asked])


def test_the_memo_of_an_offer_is_written_again_and_compared(world: World) -> None:
    memo = "agrees: the sentence whose hash is on the chain is the one that these terms give"
    assert say("license proof 1 --json").value["memo"] == memo


def test_the_memo_of_a_booking_needs_its_card(world: World) -> None:
    def memo(options: str) -> str:
        return str(say(f"license proof 2 {options} --json").value["memo"]).partition(":")[0]

    assert [memo(""), memo("--card card.json"), memo("--card plain.card.json")] == [
        "not checked",
        "agrees",
        "not checked",
    ]


def test_the_history_gives_the_head_that_the_chain_keeps(world: World) -> None:
    value = say("license proof 1 --json").value
    assert value["usage_is_complete"] is True
    assert [batch["images"] for batch in value["usage"]] == [2]
    say("usage record 1 --images images/c.jpg --uses own_shop --markets SE --as dev:hm")
    later = say("license proof 1 --json").value
    assert (later["usage_is_complete"], len(later["usage"])) == (True, 2)
    assert later["usage_head"] != value["usage_head"]


def test_the_page_says_what_the_json_says_and_needs_nothing(world: World) -> None:
    value = say("license proof 1 --json").value
    html = page("license proof 1")
    words = words_of(html)
    for said in (value["answer"], value["license"], value["owner"], value["block_hash"]):
        assert said in words
    for sentence in value["not_proven"]:
        assert sentence in words
    assert not re.search(r"<(script|link|img|iframe)|https?://|url\(", html)


def test_people_read_the_answer_first_and_the_limits_last(world: World) -> None:
    lines = say("license proof 1").out.splitlines()
    assert lines[0] == "Yes, until 2030-01-16 01:00:00 UTC."
    assert lines[-1].startswith("* That this block stays")


@pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not here")
def test_it_prints_on_one_page_of_a4_however_much_was_recorded(
    world: World, tmp_path: Path
) -> None:
    for _ in range(8):
        say("usage record 1 --images images/c.jpg --uses own_shop --markets SE --as dev:hm")
    page("license proof 1")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    options += ["--disable-component-update", "--disable-sync", "--no-pdf-header-footer"]
    printed = tmp_path / "proof.pdf"
    subprocess.run(
        [
            str(CHROMIUM),
            *options,
            f"--user-data-dir={tmp_path / 'chromium'}",
            f"--print-to-pdf={printed}",
            (world.folder / "proof.html").as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed.read_bytes())) == 1
