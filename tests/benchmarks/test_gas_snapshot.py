"""Gas is what git says it is: higher and lower both fail, and `make gas-update` takes a change."""

from __future__ import annotations

import json

import pytest

from benchmarks import gas_snapshot
from benchmarks.gas import ROWS


def test_the_gas_is_the_one_that_is_kept(measured):
    assert gas_snapshot.as_kept(measured) == gas_snapshot.kept(), "see `make gas-update`"


def test_every_row_with_a_target_keeps_it(measured):
    assert not [row for row, gas in measured.items() if row.target and gas > row.target]


def test_the_same_is_measured_again(measured):
    assert gas_snapshot.measure() == measured


def test_every_row_says_what_was_before_it():
    assert all(row.before for row in ROWS)
    assert len({row.operation for row in ROWS}) == len(ROWS)


def test_the_readme_shows_what_is_kept():
    page = gas_snapshot.README.read_text(encoding="utf-8")
    assert gas_snapshot.with_table(page, gas_snapshot.kept()) == page


def test_a_readme_without_its_table_is_refused():
    with pytest.raises(ValueError, match="the README has 0 tables of gas"):
        gas_snapshot.with_table("no table here", gas_snapshot.kept())


def test_updating_keeps_and_shows_what_is_measured(measured, monkeypatch, tmp_path, capsys):
    changed = {row: gas + 1 for row, gas in measured.items()}
    readme = tmp_path / "README.md"
    head = "| | gas | floor | best peer | its gas | ours is |\n|---|---:|---:|---|---:|---:|\n"
    readme.write_text(f"above\n\n{head}| old | 1 | 1 | none | | |\n\nbelow\n")
    monkeypatch.setattr(gas_snapshot, "measure", lambda: changed)
    monkeypatch.setattr(gas_snapshot, "SNAPSHOT", tmp_path / "kept.json")
    monkeypatch.setattr(gas_snapshot, "README", readme)
    gas_snapshot.main(["--update"])
    assert json.loads((tmp_path / "kept.json").read_text()) == gas_snapshot.as_kept(changed)
    assert readme.read_text().startswith(f"above\n\n{head}| mint a twin")
    assert readme.read_text().endswith(" |\n\nbelow\n")
    assert "old" not in readme.read_text()
    assert "buy exclusive" in capsys.readouterr().out


def test_printing_keeps_nothing(measured, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(gas_snapshot, "measure", lambda: measured)
    monkeypatch.setattr(gas_snapshot, "SNAPSHOT", tmp_path / "kept.json")
    gas_snapshot.main([])
    assert not (tmp_path / "kept.json").exists()
    assert "buy exclusive" in capsys.readouterr().out


@pytest.fixture(scope="module")
def measured():
    return gas_snapshot.measure()
