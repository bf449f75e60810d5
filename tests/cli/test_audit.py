"""`twinrights audit run`: exit code 2 and a name where one stored number was changed."""

from __future__ import annotations

from pathlib import Path

from tests.cli.world import World, say
from twinrights.audit.storage import Live, live_slot
from twinrights.audit.tamper import tamper


def test_a_clean_chain_agrees_to_the_last_unit(world: World) -> None:
    said = say("audit run")
    assert said.code == 0
    assert said.out.endswith("Nothing differs; the money agrees to the last unit.\n")


def test_a_changed_number_is_named_with_its_license_and_amount(world: World) -> None:
    web3, licenses = world.chain.web3, world.chain.deployment.licenses
    slot = live_slot(int(world.ids["live"], 16))
    word = int.from_bytes(web3.eth.get_storage_at(licenses, slot), "big")
    live = Live.of(word)
    assert live.deposited == 500_000_000
    tamper(web3, licenses, slot, word + (7_000_000 << 160))

    said = say("audit run --json")

    assert said.code == 2
    named = [
        finding
        for finding in said.value["findings"]
        if finding["subject"] == {"kind": "license", "id": world.ids["live"]}
    ]
    assert any(finding["amount"] == "7000000" for finding in named)
    assert not said.value["reconciled"]
    told = say("audit run")
    assert told.code == 2
    assert "7.000000 TUSD" in told.out


def test_the_history_of_a_license_a_twin_and_a_brand_is_printed(world: World) -> None:
    ways = ("--license 1", "--twin 1", "--brand dev:hm")
    histories = [say(f"audit run {way} --json").value["history"] for way in ways]
    assert [[batch["images"] for batch in history] for history in histories] == [[2], [2], [2]]
    assert histories[0] == histories[1] == histories[2]
    assert say("audit run --license 2 --json").value["history"] == []
    assert "own_shop" in say("audit run --brand dev:hm").out


def test_the_past_is_audited_as_it_was(world: World) -> None:
    first = world.chain.deployment.block
    assert say(f"audit run --block {first + 30} --json").value["usage_batches"] == 0


def test_times_of_the_history_are_iso_for_machines_and_dates_for_people(world: World) -> None:
    (batch,) = say("audit run --license 1 --json").value["history"]
    assert batch["time"] == "2030-01-01T02:00:00Z"
    assert "2030-01-01 02:00" in say("audit run --license 1").out


def test_the_report_is_written_as_a_page_also_where_something_differs(world: World) -> None:
    assert say("audit run --report audit.html").code == 0
    assert "Nothing differs" in Path("audit.html").read_text(encoding="utf-8")
    web3, licenses = world.chain.web3, world.chain.deployment.licenses
    slot = live_slot(int(world.ids["live"], 16))
    word = int.from_bytes(web3.eth.get_storage_at(licenses, slot), "big")
    tamper(web3, licenses, slot, word + (7_000_000 << 160))

    assert say("audit run --report audit.html").code == 2

    page = Path("audit.html").read_text(encoding="utf-8")
    assert "and the money does not agree." in page
    assert "<code>DepositedDiffers</code>" in page
    assert "at stake <strong>7.000000 TUSD</strong>" in page
    assert world.ids["live"] in page
