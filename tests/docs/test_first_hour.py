"""docs/first-hour.md is what happens: each command of the three people prints what it shows."""

from __future__ import annotations

from tests.docs.hour import PAGE, followed, without_ids
from tests.docs.page import steps


def test_every_command_prints_what_the_page_shows():
    page = PAGE.read_text(encoding="utf-8")
    shown = [step.printed for step in steps(page)]
    assert without_ids(followed(page)) == without_ids(shown), "see `make docs-update`"


def test_only_who_is_who_counts_of_an_id():
    one, other = "0x" + "12" * 20, "0x" + "34" * 20
    said = [f"{one} pays {other}", f"{one[:10]}…{one[-4:]}"]
    again = [f"{other} pays {one}", f"{other[:10]}…{other[-4:]}"]
    assert without_ids(said) == without_ids(again)
    assert without_ids(said) != without_ids([f"{one} pays {one}", said[1]])
