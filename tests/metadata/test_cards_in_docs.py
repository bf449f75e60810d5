"""The pictures in docs/cards are what the contract draws, and the page shows each of them."""

import re
import shutil

import pytest

from scripts import draw_cards

PAGE = draw_cards.ROOT / "docs" / "metadata.md"


def test_the_pictures_are_what_the_contract_draws():
    assert draw_cards.main(["--check"]) == 0


@pytest.mark.parametrize("name", ["live", "twin", "one-too-many"])
def test_a_picture_that_differs_is_found(name, tmp_path, monkeypatch, capsys):
    kept = shutil.copytree(draw_cards.CARDS, tmp_path / "cards")
    (kept / f"{name}.svg").write_text("<svg/>")
    fresh = {file.stem: file.read_text() for file in draw_cards.CARDS.glob("*.svg")}
    monkeypatch.setattr(draw_cards, "CARDS", kept)
    monkeypatch.setattr(draw_cards, "drawn", lambda: fresh)
    assert draw_cards.main(["--check"]) == 1
    assert capsys.readouterr().err == f"not what the contract draws: {name}\n"


def test_the_page_shows_every_picture():
    shown = re.findall(r"cards/([\w-]+)\.svg", PAGE.read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(file.stem for file in draw_cards.CARDS.glob("*.svg"))
