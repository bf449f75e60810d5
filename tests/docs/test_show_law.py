"""`make law N=13`: each law is found where it is kept, by its number alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts.show_law import LAWS, ROOT, law_of, main, numbers

each_law = pytest.mark.parametrize("number", LAWS)


@each_law
def test_every_law_has_its_contracts_its_python_and_its_tests(number):
    law = law_of(number)

    assert law.sentence[0].isupper() or law.sentence.startswith("`")
    assert law.contracts
    assert law.python
    assert law.tests


@each_law
def test_a_piece_begins_and_ends_with_its_function(number):
    law = law_of(number)

    for piece in [*law.contracts, *law.python, *law.forge, *law.proofs]:
        lines = Path(ROOT, piece.file).read_text(encoding="utf-8").splitlines()
        assert piece.name in lines[piece.first - 1]
        if piece.file.endswith(".sol"):
            assert lines[piece.last - 1].lstrip().startswith(("}", "{}"))


def test_law_13_is_where_it_should_be():
    law = law_of(13)

    assert law.sentence.startswith("`earned(t) = min(deposited, max(")
    assert {"payOut", "earned", "_earned"} <= {piece.name for piece in law.contracts}
    assert ("tests/model/money.py", "earned") in {(piece.file, piece.name) for piece in law.python}
    assert "tests/contracts/money/test_earned.py" in law.tests


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Law 13: what", {13}),
        ("Laws 4-8, 10, 14. Payment", {4, 5, 6, 7, 8, 10, 14}),
        ("(laws 7, 11, 19 and 20)", {7, 11, 19, 20}),
        ("no law here, lawful 3", set()),
    ],
)
def test_numbers_are_read_as_they_are_written(words, named):
    assert numbers(words) == named


def test_a_program_gets_json(capsys):
    assert main(["13", "--json"]) == 0

    law = json.loads(capsys.readouterr().out)
    assert law["number"] == 13
    assert law["contracts"][0].keys() == {"file", "first", "last", "name"}


def test_people_get_the_lines(capsys):
    assert main(["13"]) == 0

    shown = capsys.readouterr().out
    assert "contracts/libraries/StreamMath.sol" in shown
    assert "byTime > byImages" in shown


@pytest.mark.parametrize("number", ["", "0", "21", "thirteen", "-1"])
def test_there_are_twenty_laws(number, capsys):
    assert main(["--", number]) == 2

    assert capsys.readouterr().err == (
        f"There is no law {number!r}: name one of 1 to 20, as N=13.\n"
    )
