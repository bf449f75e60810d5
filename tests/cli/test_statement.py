"""`twinrights royalty statement`: what people, machines and accounts get."""

from __future__ import annotations

import csv
from datetime import datetime, timezone
from pathlib import Path

from tests.cli.world import DAY, NEW_YEAR, World, deployer, hm, model, owe, say

MONEY = {"amount", "currency", "units"}


def of(who: str, *days: str):
    return say(f"royalty statement {who} --json", *days).value


def test_a_licensee_sees_that_deposit_less_earned_is_prepaid(world: World) -> None:
    (brand,) = of("dev:hm")["totals"]
    units = {name: int(brand[name]["units"]) for name in ("deposited", "earned", "prepaid")}
    assert (brand["role"], brand["currency"]) == ("licensee", "TUSD")
    assert units["deposited"] == 500_000_000 + booked(world)
    # Two of twenty images are a tenth of the fee; two hours of thirty days are less.
    assert units["earned"] == 100_000_000
    assert units["prepaid"] == units["deposited"] - units["earned"]
    assert brand["paid_out"] is None


def booked(world: World) -> int:
    return world.chain.licenses.get(int(world.ids["booking"], 16)).deposited


def test_an_owner_sees_what_waits_and_then_what_she_was_paid(world: World) -> None:
    owe(world)
    (before,) = of("dev:model")["totals"]
    assert (before["role"], before["paid"]["units"]) == ("owner", "0")
    assert (
        before["waiting"]
        == before["paid_out"]
        == {
            "amount": "95.00",
            "currency": "TUSD",
            "units": "95000000",
        }
    )
    dollar = world.chain.currency("TUSD").address
    held = world.chain.balance("TUSD", model.address)
    world.chain.royalties.withdraw(dollar, int(world.ids["twin"], 16), payer=deployer)
    (after,) = of("dev:model")["totals"]
    assert (after["paid"]["units"], after["waiting"]["units"]) == ("95000000", "0")
    assert world.chain.balance("TUSD", model.address) == held + 95_000_000


def test_the_value_names_its_times_and_ties(world: World) -> None:
    value = of("dev:hm", "--from", "2030-01-01", "--to", "2030-01-31")
    assert value["from"] == "2030-01-01T00:00:00Z"
    until = datetime.fromtimestamp(world.chain.now() + 1, timezone.utc)
    assert value["until"] == until.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert value["ok"] is True
    assert {tie["holds"] for tie in value["ties"]} == {True}
    assert [line["month"] for line in value["lines"]] == ["2030-01", "2030-01"]
    assert all(set(line["gross"]) == MONEY for line in value["lines"])


def test_months_are_lines(world: World) -> None:
    world.chain.clock.move_to(NEW_YEAR + 45 * DAY)
    lines = of("dev:model")["lines"]
    assert [(line["month"], line["license"][:6]) for line in lines] == [
        ("2030-01", world.ids["live"][:6]),
        ("2030-02", world.ids["live"][:6]),
        ("2030-02", world.ids["booking"][:6]),
    ]
    assert lines[0]["closing"] == lines[1]["opening"]
    assert lines[0]["until"] == lines[1]["from"] == "2030-02-01T00:00:00Z"


def test_people_see_the_sums_and_that_they_tie(world: World) -> None:
    said = say("royalty statement dev:hm")
    assert (said.code, said.err) == (0, "")
    assert "licensee, TUSD" in said.out
    assert "100.00 TUSD" in said.out
    assert said.out.endswith(
        "The accounts of everybody tie to the contract's books, to the last unit.\n"
    )
    assert "Nothing was earned, paid in or paid out." in say("royalty statement dev:rival").out


def test_accounts_get_a_sheet(world: World) -> None:
    said = say("royalty statement dev:hm --csv hm.csv --json")
    content = Path("hm.csv").read_bytes()
    assert content.startswith(b"month,from,through,wallet,role,")
    assert content.count(b"\r\n") == 1 + len(said.value["lines"])
    first = next(csv.DictReader(content.decode().splitlines()))
    assert first["wallet"] == hm.address
    assert (first["from"], first["through"]) == ("2030-01-01", "2030-01-01")
    assert (first["deposited"], first["prepaid"]) == ("500.000000", "400.000000")
