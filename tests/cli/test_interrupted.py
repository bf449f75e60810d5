"""Buying and recording, killed and started again: what was done is found, and done once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.world import World, hm, say
from twinrights.media.images import sha256_of
from twinrights.media.manifest import Manifest

BUY = "license plan campaign.csv --as dev:hm --papers card.json --buy --json"
RECORD = "usage record 1 --images images/c.jpg --uses own_shop --markets SE --as dev:hm --json"
LINES = 13
SECONDS = 60


def sent(world: World, block: str = "latest") -> int:
    return world.chain.web3.eth.get_transaction_count(hm.address, block)


def granted(world: World) -> list[tuple[int, int, bytes]]:
    """Return the licenses as their terms are: fee, quota and salted reference."""
    grants = world.chain.licenses.all(licensee=hm.address)
    return [(grant.license_id, grant.pay.fee, grant.scope.ref) for grant in grants]


def killed(world: World, line: str, when: Callable[[], bool]) -> None:
    """Start a command and kill it as soon as that is so."""
    command = [sys.executable, "-m", "twinrights", *line.split()]
    deadline = time.monotonic() + SECONDS
    env = {**os.environ, **world.env}
    with subprocess.Popen(command, cwd=world.folder, env=env, stdout=subprocess.DEVNULL) as run:
        while not when():
            assert run.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.002)
        run.kill()


@pytest.fixture
def campaign(world: World) -> World:
    """A sheet that takes several transactions, for a block here holds three licenses."""
    row = "1,own_shop,SE+NO,2030-03-01,30,5,campaign"
    lines = ["twin,uses,markets,start,days,quota,reference", *[row] * LINES]
    (world.folder / "campaign.csv").write_text("\n".join(lines) + "\n")
    limit = world.chain.web3.eth.get_block("latest")["gasLimit"]
    world.ask("evm_setBlockGasLimit", hex(1_000_000))
    world.ask("evm_mine")
    yield world
    world.ask("evm_setBlockGasLimit", hex(limit))


def test_a_campaign_that_is_killed_again_and_again_is_bought_once(campaign: World) -> None:
    world, began, before = campaign, sent(campaign), granted(campaign)
    balance = world.chain.balance("TUSD", hm.address)
    journal = world.folder / "campaign.csv.bought.json"

    killed(world, BUY, journal.exists)
    for count in (1, 3):
        killed(world, BUY, lambda n=count: sent(world) >= began + n)
    planned = [one["license_id"] for one in json.loads(journal.read_text())["decisions"]]
    last = say(BUY)

    assert last.code == 0, last.err
    assert 0 < last.value["bought_now"] < LINES
    bought = granted(world)[len(before) :]
    assert [f"0x{license_id:064x}" for license_id, _, _ in bought] == planned
    assert len({ref for _, _, ref in bought}) == LINES
    spent = balance - world.chain.balance("TUSD", hm.address)
    assert spent == sum(fee for _, fee, _ in bought) == LINES * bought[0][1]
    assert say(BUY).value["bought_now"] == 0
    assert sent(world) == began + -(-LINES // 3)


def test_images_whose_recording_was_killed_are_recorded_once(world: World) -> None:
    began = sent(world)
    history = say("usage history --license 1 --json").value

    # It is sent, and whoever sent it does not live to see it mined.
    world.ask("evm_setAutomine", False)
    killed(world, RECORD, lambda: sent(world, "pending") > began)
    world.ask("evm_setAutomine", True)
    world.ask("evm_mine")
    again = say(RECORD)

    assert again.code == 0, again.err
    after = say("usage history --license 1 --json").value
    assert after[:-1] == history
    assert [after[-1]] == again.value["batches"]
    assert sent(world) == began + 1
    kept = Path(again.value["manifest"])
    assert [path.name for path in Path().glob("*.manifest.json*")] == [kept.name]
    assert say(f"usage prove 1 images/c.jpg --manifest {kept} --json").value["is_recorded"]


def test_what_was_listed_and_never_sent_is_sent_with_the_same_list(world: World) -> None:
    listed = Manifest.of([sha256_of("images/c.jpg")])
    listed.save(f"{world.ids['live'][:10]}-2.manifest.json.unsent")
    done = say(RECORD)
    assert done.value["batches"][0]["manifest"] == f"0x{listed.hash.hex()}"
    assert Path(done.value["manifest"]).read_bytes() == listed.to_bytes()
    assert not list(Path().glob("*.unsent"))


def test_the_same_images_can_be_recorded_anew_once_that_has_ended(world: World) -> None:
    first, second = say(RECORD).value, say(RECORD).value
    assert [one["batches"][0]["number"] for one in (first, second)] == [2, 3]
    assert first["manifest"] != second["manifest"]


def test_a_list_that_was_recorded_makes_room_for_other_images(world: World) -> None:
    first = Path(say(RECORD).value["manifest"])
    unsent = first.rename(f"{first}.unsent")
    other = RECORD.replace("c.jpg", "a.jpg")
    second = say(other).value
    assert second["batches"][0]["number"] == 3
    assert (first.exists(), unsent.exists()) == (True, False)
    assert Path(second["manifest"]).exists()


def test_an_unsent_list_of_other_images_is_not_thrown_away(world: World) -> None:
    path = Path(f"{world.ids['live'][:10]}-2.manifest.json.unsent")
    Manifest.of([sha256_of("images/a.jpg")]).save(path)
    before = world.state()
    said = say(RECORD)
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        f"twinrights: --images: {path} lists others, whose recording was begun: record those, or "
        "remove that file.\n"
    )
    assert world.state() == before
